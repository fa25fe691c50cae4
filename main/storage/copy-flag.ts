import type Database from 'better-sqlite3';

const name = 'is_a_copy';

/**
 * Says of this file that it is a backup: whoever puts it in the place of the kiosk's own, by program or by hand, must
 * not take what it holds for the present.
 */
export function bearCopyFlag(copy: Database.Database): void {
  copy.prepare('insert or ignore into flags (name) values (?)').run(name);
}

export function isCopy(db: Database.Database): boolean {
  return db.prepare('select 1 from flags where name = ?').get(name) !== undefined;
}

/** The copy has become the kiosk's own file. */
export function dropCopyFlag(db: Database.Database): void {
  db.prepare('delete from flags where name = ?').run(name);
}
