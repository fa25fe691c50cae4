import type Database from 'better-sqlite3';
import { cardSchema, ownedIndexes, ownedSchema } from './0004-schema.ts';

/**
 * Brings a file of the third schema to the fourth, in a transaction of its caller's: work, calls and prompts belong to
 * an owner instead of a sale, and cards, consents, setups and refunds have tables. Every row is taken over with its id,
 * its key and its seal, which covers values and not the names of columns.
 */
export function giveWorkOwners(db: Database.Database): void {
  for (const index of [
    'outbox_step',
    'outbox_due',
    'outbox_deadline',
    'outbox_set_aside',
    'reader_prompts_open',
  ]) {
    db.exec(`drop index ${index}`);
  }
  const tables = ['outbox', 'calls', 'reader_prompts'];
  for (const table of tables) db.exec(`alter table ${table} rename to former_${table}`);
  db.exec(ownedSchema);

  for (const [table, { to, from, key }] of Object.entries(moves)) {
    // What the new table refuses was damaged before; it is kept, and nobody works on it.
    db.exec(
      `insert or ignore into ${table} (${to}) select ${from} from former_${table} order by ${key}`,
    );
    keepRefused(db, table, key);
  }

  for (const table of tables) db.exec(`drop table former_${table}`);
  db.exec(ownedIndexes);
  db.exec(cardSchema);
}

/** Of what there was, only receipts changed their place in the order of urgency. */
const moves = {
  outbox: {
    key: 'id',
    to: `id, owner, kind, ordinal, idempotency_key, email, state, urgency, stored_by_boot, stored_at_ms, deadline_ms,
      next_at_ms, ended_at_ms, tries, last_answer, seal`,
    from: `id, sale_id, kind, ordinal, idempotency_key, email, state, iif(kind = 'charge.receipt_email', 11, urgency),
      stored_by_boot, stored_at_ms, deadline_ms, next_at_ms, ended_at_ms, tries, last_answer, seal`,
  },
  calls: {
    key: 'sale_id, number',
    to: `owner, number, kind, ordinal, outcome, status, code, request_id, duration_ms, first_at_ms, last_at_ms, times,
      seal`,
    from: `sale_id, number, kind, ordinal, outcome, status, code, request_id, duration_ms, first_at_ms, last_at_ms,
      times, seal`,
  },
  reader_prompts: {
    key: 'id',
    to: `id, reader_id, owner, attempt_id, object, kind, ordinal, idempotency_key, placed_at_ms, ended_at_ms, outcome,
      seal`,
    from: `id, reader_id, sale_id, attempt_id, payment_intent_id, kind, ordinal, idempotency_key, placed_at_ms,
      ended_at_ms, outcome, seal`,
  },
} as const;

/** Rows that were not taken over, as JSON. An address is not kept for ever. */
export function keepRefused(db: Database.Database, table: string, key: string): void {
  const newKey = key.replace('sale_id', 'owner');
  const rows = db
    .prepare<[], FormerRow>(
      `select * from former_${table} where (${key}) not in (select ${newKey} from ${table})`,
    )
    .all();
  const keep = db.prepare(`
    insert into quarantine (sale_id, at_ms, why, outcome, rows) values (?, ?, ?, 'not_proved', ?)`);
  for (const row of rows) {
    const why = `a row of ${table} is not what was written`;
    keep.run(
      String(row['sale_id'] ?? row['owner']),
      atOf(row),
      why,
      JSON.stringify({ [table]: [{ ...row, email: null }] }),
    );
  }
}

type FormerRow = Readonly<Record<string, string | number | null>>;

function atOf(row: FormerRow): number {
  const atMs = row['stored_at_ms'] ?? row['first_at_ms'] ?? row['placed_at_ms'];
  return typeof atMs === 'number' ? atMs : 0;
}
