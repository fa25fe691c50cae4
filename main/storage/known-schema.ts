import path from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseDamaged } from './database-refused.ts';
import { migrate } from './migrate.ts';

/** What a file of the present schema is made of, as SQLite keeps it: text, once made by this very program. */
let known: string | null = null;

/**
 * Refuses, by DatabaseDamaged, a file whose tables are not what its version says: a bit flipped there, or a hand
 * that added a trigger, would change what every statement means.
 */
export function refuseChangedSchema(db: Database.Database, file: string): void {
  known ??= schemaOfNew();
  if (schemaOf(db) === known) return;
  throw new DatabaseDamaged(
    file,
    `${path.basename(file)} is damaged (its tables were changed). It was left as it is; keep it for support and call them before moving it.`,
  );
}

function schemaOfNew(): string {
  const db = new Database(':memory:');
  try {
    migrate(db, 'memory');
    return schemaOf(db);
  } finally {
    db.close();
  }
}

function schemaOf(db: Database.Database): string {
  const rows = db
    .prepare('select type, name, tbl_name, sql from sqlite_schema order by type, name')
    .all();
  return JSON.stringify(rows);
}
