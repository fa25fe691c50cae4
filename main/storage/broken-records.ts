import type Database from 'better-sqlite3';
import { sha256 } from './chain.ts';
import { brokenAt, type JournalName, JournalTable } from './journal-table.ts';

const journaled = [
  ['card_setups', 'setup_events'],
  ['refunds', 'refund_events'],
] as const satisfies readonly (readonly [string, JournalName])[];

/** A line for each table that holds rows whose journal is broken or ends elsewhere. A file of an earlier schema has none. */
export function brokenRecords(db: Database.Database): readonly string[] {
  return journaled.flatMap(([table, name]) => {
    const isThere = db.prepare('select 1 from sqlite_schema where name = ?').get(name);
    if (isThere === undefined) return [];
    const journal = new JournalTable(db, name);
    const rows = db.prepare<
      [],
      { readonly id: string; readonly hash: string; readonly record: string }
    >(`select id, hash, record from ${table}`);
    const broken = rows.all().filter(({ id, hash, record }) => {
      const entries = journal.rowsOf(id);
      return brokenAt(entries, hash) !== null || entries.at(-1)?.record_hash !== sha256(record);
    });
    return broken.length === 0 ? [] : [`${broken.length} journals of ${table} were changed`];
  });
}
