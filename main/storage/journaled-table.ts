import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { chainStart, type Entry, entryHash, sha256 } from './chain.ts';
import { DamagedRecord } from './damaged-record.ts';
import { brokenAt, type EntryRow, type JournalName, JournalTable } from './journal-table.ts';
import { isSealedRow, type SealedTable, type Values } from './sealed-tables.ts';

/** What is stored as a row with a journal of its own: a setup, a refund. */
export interface Journaled {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
}

/** A row of such a table; each has more columns, for SQL to look at. */
export interface JournaledRow extends Values {
  readonly id: string;
  readonly record: string;
  readonly added_at_ms: number;
  readonly changed_at_ms: number;
  readonly hash: string;
  readonly seal: string;
}

export interface RowParts {
  readonly record: string;
  readonly hash: string;
  readonly addedAtMs: number;
  readonly changedAtMs: number;
}

/** How one kind of them is stored. */
export interface Kind<Thing extends Journaled> {
  readonly table: SealedTable;
  readonly journal: JournalName;
  /** The thing in its stored form, fields in order. Throws when the value is none. */
  readonly formOf: (value: unknown) => Thing;
  /** The thing after an event that its journal holds; null when the machine takes no such step. */
  readonly after: (before: Thing, event: unknown) => Thing | null;
  readonly rowOf: (thing: Thing, parts: RowParts) => JournaledRow;
}

export interface Stored<Thing> {
  readonly thing: Thing;
  readonly addedAtMs: number;
  readonly changedAtMs: number;
  /** Of the journal's last entry. */
  readonly hash: string;
}

/**
 * Rows that each have a journal, chained like a sale's. A row that is not what was written is made again from its
 * journal, and written anew with the next step.
 */
export class JournaledTable<Thing extends Journaled> {
  readonly #kind: Kind<Thing>;
  readonly #db: Database.Database;
  readonly #journal: JournalTable;
  readonly #find: Database.Statement<[string], JournaledRow>;
  #put: Database.Statement<[JournaledRow]> | null = null;

  constructor(db: Database.Database, kind: Kind<Thing>) {
    this.#kind = kind;
    this.#db = db;
    this.#journal = new JournalTable(db, kind.journal);
    this.#find = db.prepare(`select * from ${kind.table} where id = ?`);
  }

  /** Null when it was never stored. Throws DamagedRecord when neither row nor journal can be believed. */
  find(id: string): Stored<Thing> | null {
    const row = this.#find.get(id);
    const entries = row === undefined || this.#sealed(row) === null ? this.#journal.rowsOf(id) : [];
    if (row === undefined && entries.length === 0) return null;
    const stored = (row === undefined ? null : this.#sealed(row)) ?? this.#proved(entries);
    if (stored === null) throw new DamagedRecord(id);
    return stored;
  }

  /** What the statement selects whole rows of; what can't be believed is left out. */
  list(rows: readonly JournaledRow[]): readonly Stored<Thing>[] {
    return rows.flatMap((row): readonly Stored<Thing>[] => {
      const stored = this.#sealed(row) ?? this.#proved(this.#journal.rowsOf(row.id));
      return stored === null ? [] : [stored];
    });
  }

  /** Its journal, oldest first; empty when its chain is broken, for then no entry of it can be believed. */
  entriesOf(id: string): readonly EntryRow[] {
    const entries = this.#journal.rowsOf(id);
    const last = entries.at(-1);
    return last !== undefined && brokenAt(entries, last.hash) === null ? entries : [];
  }

  /** The first entry of its journal holds it as it began, so that its life can be replayed from there. */
  add(begun: Thing, nowMs: number): void {
    const { thing, record } = this.#recordOf(begun);
    const entry = entryOf(thing, record, `{"kind":"begun","record":${record}}`, nowMs);
    const hash = entryHash(chainStart, entry);
    this.#write(this.#kind.rowOf(thing, { record, hash, addedAtMs: nowMs, changedAtMs: nowMs }));
    this.#journal.add(chainStart, entry);
  }

  /** Refuses, by throwing, when what is stored is not `before` any more. */
  save(before: Thing, after: Thing, event: object, nowMs: number): void {
    const stored = this.find(before.id);
    assert(stored !== null, 'what takes a step is stored');
    assert(stored.thing.revision === before.revision, 'a step is stored on what it was decided on');
    assert(after.revision === before.revision + 1, 'each step is one revision');
    assert(after.id === before.id, 'what takes a step keeps its id');
    const { thing, record } = this.#recordOf(after);
    const entry = entryOf(thing, record, JSON.stringify(event), nowMs);
    const hash = this.#journal.add(stored.hash, entry);
    const { addedAtMs } = stored;
    this.#write(this.#kind.rowOf(thing, { record, hash, addedAtMs, changedAtMs: nowMs }));
  }

  /** Over the former row and not in its place, for its entries refer to it. */
  #write(row: JournaledRow): void {
    if (this.#put === null) {
      const columns = Object.keys(row);
      const values = columns.map((column) => `:${column}`).join(', ');
      const sets = columns.map((column) => `${column} = :${column}`).join(', ');
      this.#put = this.#db.prepare(`
        insert into ${this.#kind.table} (${columns.join(', ')}) values (${values})
        on conflict (id) do update set ${sets}`);
    }
    this.#put.run(row);
  }

  #recordOf(value: Thing): { readonly thing: Thing; readonly record: string } {
    const thing = this.#kind.formOf(value);
    return { thing, record: JSON.stringify(thing) };
  }

  #sealed(row: JournaledRow): Stored<Thing> | null {
    if (!isSealedRow(this.#kind.table, row)) return null;
    const thing = this.#kind.formOf(JSON.parse(row.record));
    const { added_at_ms: addedAtMs, changed_at_ms: changedAtMs, hash } = row;
    return { thing, addedAtMs, changedAtMs, hash };
  }

  /** What an unbroken journal leads to, by the machine that wrote it; null unless it is what the last entry names. */
  #proved(entries: readonly EntryRow[]): Stored<Thing> | null {
    const first = entries[0];
    const last = entries.at(-1);
    if (first === undefined || last === undefined || brokenAt(entries, last.hash) !== null) {
      return null;
    }
    let thing: Thing | null = this.#begun(first);
    for (const entry of entries.slice(1)) {
      thing = thing === null ? null : this.#kind.after(thing, JSON.parse(entry.event));
    }
    if (thing === null) return null;
    const { thing: proved, record } = this.#recordOf(thing);
    if (sha256(record) !== last.record_hash) return null;
    return { thing: proved, addedAtMs: first.at_ms, changedAtMs: last.at_ms, hash: last.hash };
  }

  #begun({ event }: EntryRow): Thing | null {
    const value: unknown = JSON.parse(event);
    if (typeof value !== 'object' || value === null || !('record' in value)) return null;
    return this.#kind.formOf(value.record);
  }
}

function entryOf(thing: Journaled, record: string, event: string, atMs: number): Entry {
  const { id: owner, revision, state } = thing;
  return { owner, revision, atMs, event, state, recordHash: sha256(record) };
}
