import type Database from 'better-sqlite3';
import type { Row, Value } from './repeated-row.ts';

/** One statement for as many rows as are given as a likeness, all with the columns of the first. */
export function inserter(
  db: Database.Database,
  table: string,
  likeness: readonly Row[],
): (rows: readonly Row[]) => void {
  const names = Object.keys(likeness[0] ?? {});
  const places = `(${names.map(() => '?').join(', ')})`;
  const statement = db.prepare<Value[]>(
    `insert into ${table} (${names.join(', ')}) values ${likeness.map(() => places).join(', ')}`,
  );
  return (rows) => {
    const values: Value[] = [];
    for (const row of rows) for (const name of names) values.push(row[name] ?? null);
    statement.run(...values);
  };
}

/**
 * Writes without regard for power cuts and checks, straight into the file: what is written is a repetition of what
 * the storage wrote. The connection is of no other use after it; whoever opens the file next finds it whole.
 */
export function inBulk(db: Database.Database, write: () => void): void {
  db.pragma('foreign_keys = off');
  db.pragma('ignore_check_constraints = on');
  db.pragma('synchronous = off');
  db.pragma('cache_size = -200000');
  db.pragma('journal_mode = delete');
  db.pragma('journal_mode = off');
  db.transaction(write)();
}
