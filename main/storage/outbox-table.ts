import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { SaleId } from '../domain/ids.ts';
import type { OutboxRow, OutboxWork, ReceiptEmailState } from '../ports/ledger.ts';
import type { HandedOut } from './handed-out.ts';
import { idempotencyKey, urgencyOf, workSeal } from './outbox-work.ts';

/** Terminal authorisations last two days: the deadline of a capture whose hold has not told its own, in milliseconds. */
const holdMs = 2 * 24 * 60 * 60_000;

/** The outbox: rows of work for the outside, each kept until its outcome is known. */
export class OutboxTable {
  readonly #boot: string;
  readonly #handedOut: HandedOut;
  readonly #insert: Database.Statement;
  readonly #captureBefore: Database.Statement<
    [string],
    { readonly capture_before_ms: number | null }
  >;
  readonly #lastOrdinal: Database.Statement<[string, string], { readonly ordinal: number | null }>;
  /** Only the newest are looked at: a read that waits is moved, not doubled, so it is among them. */
  readonly #waitingReads: Database.Statement<[string], { readonly id: number }>;
  readonly #moveForward: Database.Statement;
  readonly #isOpen: Database.Statement<[number, string | null], { readonly id: number }>;
  readonly #postpone: Database.Statement;
  readonly #end: Database.Statement;
  readonly #open: Database.Statement<[string], { readonly id: number }>;
  readonly #emails: Database.Statement<
    [string],
    { readonly state: string; readonly tries: number }
  >;

  /** `boot` names this run of the kiosk in the rows it stores. */
  constructor(db: Database.Database, boot: string, handedOut: HandedOut) {
    this.#boot = boot;
    this.#handedOut = handedOut;
    this.#insert = db.prepare(`
      insert into outbox (sale_id, kind, ordinal, idempotency_key, email, state, urgency,
        stored_by_boot, stored_at_ms, deadline_ms, next_at_ms, seal)
      values (:sale_id, :kind, :ordinal, :idempotency_key, :email, 'waiting', :urgency,
        :stored_by_boot, :stored_at_ms, :deadline_ms, :next_at_ms, :seal)`);
    this.#captureBefore = db.prepare('select capture_before_ms from sales where id = ?');
    this.#waitingReads = db.prepare(`
      select id from (
        select id, state from outbox where sale_id = ? and kind = 'payment_intent.read' order by ordinal desc limit 8
      ) where state = 'waiting'`);
    this.#lastOrdinal = db.prepare(
      'select max(ordinal) as ordinal from outbox where sale_id = ? and kind = ?',
    );
    this.#moveForward = db.prepare(
      'update outbox set next_at_ms = min(next_at_ms, :nextAtMs) where id = :id',
    );
    this.#isOpen = db.prepare(
      `select id from outbox where id = ? and sale_id = coalesce(?, sale_id) and state = 'waiting'`,
    );
    this.#postpone = db.prepare(`
      update outbox set next_at_ms = :nextAtMs, tries = tries + 1, last_answer = :answer
      where id = :id and sale_id = :saleId and state = 'waiting'`);
    this.#end = db.prepare(`
      update outbox set state = :state, ended_at_ms = :nowMs, last_answer = :answer, email = null
      where id = :id and sale_id = coalesce(:saleId, sale_id) and state = 'waiting'`);
    this.#open = db.prepare(
      `select id from outbox where sale_id = ? and state = 'waiting' limit 1`,
    );
    this.#emails = db.prepare(`
      select state, tries from outbox
      where sale_id = ? and kind = 'charge.receipt_email' order by ordinal desc`);
  }

  add(sale: SaleId, work: OutboxWork, nowMs: number): void {
    const nextAtMs = nowMs + ('afterMs' in work ? work.afterMs : 0);
    if (work.kind === 'payment_intent.read' && this.#moveReadForward(sale, nextAtMs, null)) return;
    const ordinal = 'ordinal' in work ? work.ordinal : this.#nextOrdinal(sale, work.kind);
    const row = {
      sale_id: sale,
      kind: work.kind,
      ordinal,
      idempotency_key: idempotencyKey(sale, work.kind, ordinal),
      email: work.kind === 'charge.receipt_email' ? work.email : null,
      stored_by_boot: this.#boot,
      stored_at_ms: nowMs,
      deadline_ms: work.kind === 'payment_intent.capture' ? this.#deadline(sale, nowMs) : null,
    };
    this.#insert.run({
      ...row,
      urgency: urgencyOf[work.kind],
      next_at_ms: nextAtMs,
      seal: workSeal(row),
    });
  }

  /** By its sale too: the number of a row that was taken away with a damaged sale is given again. */
  isOpen(row: { readonly id: number; readonly saleId?: SaleId }): boolean {
    return this.#isOpen.get(row.id, row.saleId ?? null) !== undefined;
  }

  /** While a read was out another was asked for: that one is enough, and this one ends. */
  postpone(row: OutboxRow, nextAtMs: number, answer: string, nowMs: number): void {
    const isRead = row.work.kind === 'payment_intent.read';
    if (isRead && this.#moveReadForward(row.saleId, nextAtMs, row.id)) {
      this.end(row, 'done', nowMs, answer);
      return;
    }
    const { changes } = this.#postpone.run({ id: row.id, saleId: row.saleId, nextAtMs, answer });
    assert(changes === 1, 'only a row that waits is put off');
    this.#handedOut.cameBack(row.id);
  }

  end(
    row: { readonly id: number; readonly saleId?: SaleId },
    state: 'done' | 'refused' | 'set_aside',
    nowMs: number,
    answer: string,
  ): void {
    const { changes } = this.#end.run({
      id: row.id,
      saleId: row.saleId ?? null,
      state,
      nowMs,
      answer,
    });
    assert(changes === 1, 'only a row that waits is ended');
  }

  hasOpenWork(sale: SaleId): boolean {
    return this.#open.get(sale) !== undefined;
  }

  receiptEmailState(sale: SaleId): ReceiptEmailState {
    const latest = this.#emails.get(sale);
    if (latest === undefined) return 'none';
    switch (latest.state) {
      case 'done':
        return 'sent';
      case 'refused':
      case 'set_aside':
        return 'refused';
      default:
        return latest.tries > 0 ? 'queued' : 'sending';
    }
  }

  receiptEmailsAsked(sale: SaleId): number {
    return this.#emails.all(sale).length;
  }

  #nextOrdinal(sale: SaleId, kind: OutboxWork['kind']): number {
    return (this.#lastOrdinal.get(sale, kind)?.ordinal ?? 0) + 1;
  }

  #deadline(sale: SaleId, nowMs: number): number {
    return this.#captureBefore.get(sale)?.capture_before_ms ?? nowMs + holdMs;
  }

  /**
   * Lets one waiting read stand for another wish. Not one that is out: it may have left before what the wish is
   * about. `except` is the row that asks.
   */
  #moveReadForward(sale: SaleId, nextAtMs: number, except: number | null): boolean {
    const other = this.#waitingReads
      .all(sale)
      .find(({ id }) => id !== except && !this.#handedOut.isOut(id));
    if (other === undefined) return false;
    this.#moveForward.run({ id: other.id, nextAtMs });
    return true;
  }
}
