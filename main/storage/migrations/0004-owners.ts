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

  // Of what there was, only receipts changed their place in the order of urgency.
  db.exec(`
    insert into outbox (id, owner, kind, ordinal, idempotency_key, email, state, urgency, stored_by_boot,
      stored_at_ms, deadline_ms, next_at_ms, ended_at_ms, tries, last_answer, seal)
    select id, sale_id, kind, ordinal, idempotency_key, email, state,
      iif(kind = 'charge.receipt_email', 11, urgency), stored_by_boot,
      stored_at_ms, deadline_ms, next_at_ms, ended_at_ms, tries, last_answer, seal
    from former_outbox order by id`);
  db.exec(`
    insert into calls (owner, number, kind, ordinal, outcome, status, code, request_id, duration_ms,
      first_at_ms, last_at_ms, times, seal)
    select sale_id, number, kind, ordinal, outcome, status, code, request_id, duration_ms,
      first_at_ms, last_at_ms, times, seal
    from former_calls order by sale_id, number`);
  db.exec(`
    insert into reader_prompts (id, reader_id, owner, attempt_id, object, kind, ordinal, idempotency_key,
      placed_at_ms, ended_at_ms, outcome, seal)
    select id, reader_id, sale_id, attempt_id, payment_intent_id, kind, ordinal, idempotency_key,
      placed_at_ms, ended_at_ms, outcome, seal
    from former_reader_prompts order by id`);

  for (const table of tables) db.exec(`drop table former_${table}`);
  db.exec(ownedIndexes);
  db.exec(cardSchema);
}
