import type Database from 'better-sqlite3';
import { DamagedSale } from '../domain/damaged-sale.ts';
import type { SaleId } from '../domain/ids.ts';
import { type SaleState, saleStates } from '../domain/sale.ts';
import type { JournalEntry } from '../ports/ledger.ts';
import { chainStart, type Entry, entryHash } from './chain.ts';

/** A row of `sale_events`. */
export interface EntryRow {
  readonly sale_id: string;
  readonly revision: number;
  readonly at_ms: number;
  readonly event: string;
  readonly state: string;
  readonly record_hash: string | null;
  readonly hash: string;
}

/** The columns of `sale_events`, for a select. */
export const entryColumns = 'sale_id, revision, at_ms, event, state, record_hash, hash';

/** The journal of every sale: what happened to it, each entry chained to the one before. */
export class JournalTable {
  readonly #insert: Database.Statement;
  readonly #entries: Database.Statement<[string], EntryRow>;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into sale_events (${entryColumns}) values (?, ?, ?, ?, ?, ?, ?)`);
    this.#entries = db.prepare(
      `select ${entryColumns} from sale_events where sale_id = ? order by revision`,
    );
  }

  /** Adds the entry after the one whose hash is `before`; returns its own hash. */
  add(before: string, entry: Entry): string {
    const hash = entryHash(before, entry);
    const { saleId, revision, atMs, event, state, recordHash } = entry;
    this.#insert.run(saleId, revision, atMs, event, state, recordHash, hash);
    return hash;
  }

  /** The entries as stored, oldest first, unverified. */
  rowsOf(sale: string): readonly EntryRow[] {
    return this.#entries.all(sale);
  }

  /** Throws DamagedSale when the chain is broken or does not end at `hash`. */
  of(sale: SaleId, hash: string): readonly JournalEntry[] {
    const rows = this.rowsOf(sale);
    const why = brokenAt(rows, hash);
    if (why !== null) throw new DamagedSale(sale, why);
    return rows.map((row) => ({
      revision: row.revision,
      atMs: row.at_ms,
      event: eventOf(row.event),
      state: stateOf(row.state),
    }));
  }
}

/** Says where a journal does not hold together, or null when it does. `hash` is what its sale's row says of the last entry. */
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
    saleId: row.sale_id,
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

function stateOf(text: string): SaleState {
  const state = saleStates.find((one) => one === text);
  if (state === undefined) throw new TypeError(`Not a state: ${text.slice(0, 60)}`);
  return state;
}
