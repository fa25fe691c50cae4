import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { type Sale, totalOf } from '../domain/sale.ts';
import { parseSale } from './sale-record.ts';

interface RecordRow {
  readonly record: string;
}

interface UnfinishedRow extends RecordRow {
  readonly id: string;
}

interface TimesRow {
  readonly added_at_ms: number;
  readonly paid_at_ms: number | null;
}

/** The table of sales with the rows that hang on each: its attempts and its journal. */
export class SalesTable {
  readonly #insert: Database.Statement;
  readonly #update: Database.Statement;
  readonly #find: Database.Statement<[string], RecordRow>;
  readonly #times: Database.Statement<[string], TimesRow>;
  readonly #unfinished: Database.Statement<[], UnfinishedRow>;
  readonly #journal: Database.Statement;
  readonly #upsertAttempt: Database.Statement;
  readonly #endAttempt: Database.Statement;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into sales (id, kiosk_id, state, amount, currency, completed, record, revision, added_at_ms, changed_at_ms)
      values (:id, :kioskId, :state, :amount, :currency, :completed, :record, :revision, :nowMs, :nowMs)`);
    this.#update = db.prepare(`
      update sales set state = :state, completed = :completed, payment_intent_id = :paymentIntentId,
        payment_intent_status = :paymentIntentStatus, capture_before_ms = :captureBeforeMs,
        record = :record, revision = :revision, changed_at_ms = :nowMs,
        paid_at_ms = case when :state = 'paid' then coalesce(paid_at_ms, :nowMs) end
      where id = :id and revision = :revisionBefore`);
    this.#find = db.prepare('select record from sales where id = ?');
    this.#times = db.prepare('select added_at_ms, paid_at_ms from sales where id = ?');
    this.#unfinished = db.prepare(`
      select id, record from sales
      where state not in ('paid', 'canceled', 'expired', 'needs_staff') order by added_at_ms`);
    this.#journal = db.prepare(
      'insert into sale_events (sale_id, revision, at_ms, event, state) values (?, ?, ?, ?, ?)',
    );
    this.#upsertAttempt = db.prepare(`
      insert into payment_attempts (id, sale_id, ordinal, stage, process_count, began_at_ms)
      values (:id, :saleId, :ordinal, :stage, :processCount, :nowMs)
      on conflict (id) do update set stage = :stage, process_count = :processCount`);
    this.#endAttempt = db.prepare(
      'update payment_attempts set ended_at_ms = ?, outcome = ? where id = ? and ended_at_ms is null',
    );
  }

  add(sale: Sale, nowMs: number): void {
    const { amount, currency } = totalOf(sale);
    this.#insert.run({
      id: sale.id,
      kioskId: sale.kioskId,
      state: sale.state,
      amount,
      currency,
      completed: Number(sale.completed),
      record: JSON.stringify(sale),
      revision: sale.revision,
      nowMs,
    });
  }

  find(id: SaleId): Sale | null {
    const row = this.#find.get(id);
    return row === undefined ? null : parseSale(row.record);
  }

  times(id: SaleId): { readonly addedAtMs: number; readonly paidAtMs: number | null } {
    const row = this.#times.get(id);
    assert(row !== undefined, 'a sale asked for its times is stored');
    return { addedAtMs: row.added_at_ms, paidAtMs: row.paid_at_ms };
  }

  /** A row that can't be read is left out here and named by `damaged`. */
  unfinished(): readonly Sale[] {
    return this.#unfinished.all().flatMap((row) => saleOrNothing(row.record));
  }

  /** Ids of unfinished sales whose record can't be read. */
  damaged(): readonly string[] {
    return this.#unfinished
      .all()
      .filter((row) => saleOrNothing(row.record).length === 0)
      .map((row) => row.id);
  }

  /** Refuses, by throwing, when the stored sale is not `before` any more. */
  save(before: Sale, after: Sale, event: SaleEvent, nowMs: number): void {
    const { changes } = this.#update.run({
      id: after.id,
      state: after.state,
      completed: Number(after.completed),
      paymentIntentId: after.paymentIntent?.id ?? null,
      paymentIntentStatus: after.paymentIntent?.status ?? null,
      captureBeforeMs: after.paymentIntent?.captureBeforeMs ?? null,
      record: JSON.stringify(after),
      revision: after.revision,
      revisionBefore: before.revision,
      nowMs,
    });
    assert(changes === 1, 'a step is stored on the sale it was decided on');
    this.#saveAttempts(before, after, nowMs);
    this.#journal.run(after.id, after.revision, nowMs, JSON.stringify(event), after.state);
  }

  #saveAttempts(before: Sale, after: Sale, nowMs: number): void {
    if (before.attempt !== null && before.attempt.id !== after.attempt?.id) {
      this.#endAttempt.run(nowMs, after.decline ?? after.state, before.attempt.id);
    }
    if (after.attempt === null) return;
    this.#upsertAttempt.run({
      id: after.attempt.id,
      saleId: after.id,
      ordinal: after.attempt.ordinal,
      stage: after.attempt.stage,
      processCount: after.attempt.processCount,
      nowMs,
    });
  }
}

function saleOrNothing(record: string): readonly Sale[] {
  try {
    return [parseSale(record)];
  } catch {
    return [];
  }
}
