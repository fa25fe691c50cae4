import Database from 'better-sqlite3';
import { inForceOf } from './in-force.ts';
import type { InForce } from './queue.ts';

export interface RawRows {
  readonly inForce: InForce;
  /** One insert, one commit. */
  insert(): unknown;
  close(): void;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

/**
 * The yardstick of a durable enqueue: the latest row of `like.table`, value for value, put into a table of the same columns and
 * indexes by one statement, with WAL and FULL in force. No check, no foreign key and no code of ours.
 */
export function rawRows(
  file: string,
  like: {
    readonly db: Database.Database;
    readonly table: string;
    /** Text columns whose value is another in each row. */
    readonly vary: readonly string[];
  },
): RawRows {
  const { table, vary } = like;
  const columns = like.db.pragma(`table_info(${table})`) as readonly Column[];
  const indexes = like.db
    .prepare<[string], { readonly sql: string }>(
      `select sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null`,
    )
    .all(table);
  const row = like.db
    .prepare<[], Record<string, unknown>>(`select * from ${table} order by rowid desc limit 1`)
    .get();
  if (row === undefined) throw new Error(`${table} is empty`);

  const db = new Database(file);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  const definitions = columns.map(({ name, type, pk }) =>
    pk > 0 ? `${name} integer primary key` : `${name} ${type}`,
  );
  db.exec(`create table ${table} (${definitions.join(', ')}) strict`);
  for (const { sql } of indexes) db.exec(sql);
  const names = columns.filter(({ pk }) => pk === 0).map(({ name }) => name);
  const insert = db.prepare(
    `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `:${name}`).join(', ')})`,
  );
  let count = 0;
  return {
    inForce: inForceOf((pragma) => db.pragma(pragma, { simple: true })),
    insert: () => {
      count += 1;
      return insert.run({ ...row, ...numbered(row, vary, count) });
    },
    close: () => db.close(),
  };
}

/** The same length, and different each time. */
function numbered(
  row: Readonly<Record<string, unknown>>,
  vary: readonly string[],
  count: number,
): Record<string, string> {
  const tail = String(count).padStart(8, '0');
  return Object.fromEntries(
    vary.map((column) => {
      const value = row[column];
      if (typeof value !== 'string') throw new Error(`${column} holds no text`);
      return [column, `${value.slice(0, -tail.length)}${tail}`];
    }),
  );
}
