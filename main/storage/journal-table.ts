import type Database from 'better-sqlite3';
import type { JournalEntry } from '../ports/ledger.ts';
import { chainStart, type Entry, entryHash } from './chain.ts';

/** A row of a journal. */
export interface EntryRow {
  readonly owner: string;
  readonly revision: number;
  readonly at_ms: number;
  readonly event: string;
  readonly state: string;
  readonly record_hash: string | null;
  readonly hash: string;
}

/** The tables of journals, and the column of each that names whose an entry is. */
const journals = { sale_events: 'sale_id', setup_events: 'owner', refund_events: 'owner' } as const;

export type JournalName = keyof typeof journals;

/** What happened to each sale (or setup, or refund): each entry chained to the one before. */
export class JournalTable {
  readonly #insert: Database.Statement;
  readonly #entries: Database.Statement<[string], EntryRow>;

  constructor(db: Database.Database, name: JournalName = 'sale_events') {
    const owner = journals[name];
    this.#insert = db.prepare(`
      insert into ${name} (${owner}, revision, at_ms, event, state, record_hash, hash)
      values (?, ?, ?, ?, ?, ?, ?)`);
    this.#entries = db.prepare(`
      select ${owner} as owner, revision, at_ms, event, state, record_hash, hash
      from ${name} where ${owner} = ? order by revision`);
  }

  /** Adds the entry after the one whose hash is `before`; returns its own hash. */
  add(before: string, entry: Entry): string {
    const hash = entryHash(before, entry);
    const { owner, revision, atMs, event, state, recordHash } = entry;
    this.#insert.run(owner, revision, atMs, event, state, recordHash, hash);
    return hash;
  }

  /** The entries as stored, oldest first, unverified. */
  rowsOf(owner: string): readonly EntryRow[] {
    return this.#entries.all(owner);
  }
}

/** Says where a journal does not hold together, or null when it does. `hash` is what its owner's row says of the last entry. */
export function brokenAt(rows: readonly EntryRow[], hash: string): string | null {
  const first = rows[0];
  if (first === undefined) return 'its journal is missing';
  let before = chainStart;
  for (const [index, row] of rows.entries()) {
    const revision = first.revision + index;
    if (row.revision !== revision) return `entry ${revision} of its journal is missing`;
    if (!fits(before, row)) return `entry ${revision} of its journal was changed`;
    before = row.hash;
  }
  return before === hash ? null : 'its journal ends elsewhere';
}

/**
 * Entries that are what was written, whatever became of their neighbours: each fits the hash that the row before
 * it bears. An entry that is missing takes the one after it along.
 */
export function soundEntries(rows: readonly EntryRow[]): readonly EntryRow[] {
  return rows.filter((row, index) => fits(rows[index - 1]?.hash ?? chainStart, row));
}

function fits(before: string, row: EntryRow): boolean {
  const entry: Entry = {
    owner: row.owner,
    revision: row.revision,
    atMs: row.at_ms,
    event: row.event,
    state: row.state,
    recordHash: row.record_hash,
  };
  return entryHash(before, entry) === row.hash;
}

/** The event of an entry whose hash has been verified: it is what this program wrote. */
export function eventOf(text: string): JournalEntry['event'] {
  const value: unknown = JSON.parse(text);
  return value as JournalEntry['event'];
}
