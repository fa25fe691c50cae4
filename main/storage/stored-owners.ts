import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { WorkOwner } from '../ports/ledger.ts';

/**
 * The tables in which owners of work are rows, each by the beginning of its ids and its key. A card is no such owner:
 * one that was attached and could not be kept is detached without ever having been a row.
 */
const ownerTables = [
  ['sale_', 'sales', 'id'],
  ['setup_', 'card_setups', 'id'],
  ['refund_', 'refunds', 'id'],
  ['member_', 'members', 'key'],
  ['consent_', 'consents', 'id'],
] as const;

/** Whether what work is meant for is stored: its tables have no foreign key, for an owner is of one of several. */
export class StoredOwners {
  readonly #finds: readonly (readonly [string, Database.Statement<[string]>])[];

  constructor(db: Database.Database) {
    this.#finds = ownerTables.map(([prefix, table, key]) => [
      prefix,
      db.prepare<[string]>(`select 1 from ${table} where ${key} = ?`),
    ]);
  }

  /** Refuses, by throwing, an owner that is not stored. */
  refuseStranger(owner: WorkOwner): void {
    const find = this.#finds.find(([prefix]) => owner.startsWith(prefix));
    if (find !== undefined) assert(find[1].get(owner) !== undefined, 'what work is for is stored');
  }
}

/** How many rows belong to an owner that is not stored; zero in a file of a schema that has foreign keys for it. */
export function strayRows(db: Database.Database): number {
  const isOwned = db.prepare(`select 1 from sqlite_schema where name = 'card_setups'`).get();
  if (isOwned === undefined) return 0;
  const stored = ownerTables
    .map(([prefix, table, key]) => {
      const isThere = `exists (select 1 from ${table} where ${table}.${key} = owner)`;
      return `when owner glob '${prefix}*' then ${isThere}`;
    })
    .join(' ');
  return ['outbox', 'calls', 'reader_prompts']
    .map((table) => {
      const sql = `
        select count(*) from (select distinct owner from ${table})
        where not (case ${stored} else true end)`;
      return Number(db.prepare(sql).pluck().get());
    })
    .reduce((sum, count) => sum + count, 0);
}
