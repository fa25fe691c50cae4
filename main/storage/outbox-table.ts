import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { SaleId } from '../domain/ids.ts';
import type { OutboxRow, OutboxWork, ReceiptEmailState, WorkOwner } from '../ports/ledger.ts';
import type { HandedOut } from './handed-out.ts';
import type { OutboxFronts } from './outbox-fronts.ts';
import { emailOf, idempotencyKey, isSingle, urgencyOf, workSeal } from './outbox-work.ts';

/** Terminal authorisations last two days: the deadline of a capture whose hold has not told its own, in milliseconds. */
const holdMs = 2 * 24 * 60 * 60_000;

interface StoredRead {
  readonly id: number;
  readonly ordinal: number;
  readonly state: string;
}

/** The outbox: rows of work for the outside, each kept until its outcome is known. */
export class OutboxTable {
  readonly #boot: string;
  readonly #handedOut: HandedOut;
  readonly #fronts: OutboxFronts;
  readonly #insert: Database.Statement;
  readonly #captureBefore: Database.Statement<
    [string],
    { readonly capture_before_ms: number | null }
  >;
  /** Only the newest are looked at: a read that waits is moved, not doubled, so it is among them. */
  readonly #newest: Database.Statement<[string, string], StoredRead>;
  readonly #lastOrdinal: Database.Statement<[string, string], { readonly ordinal: number | null }>;
  readonly #sooner: Database.Statement;
  readonly #isOpen: Database.Statement<[number, string | null], { readonly id: number }>;
  readonly #postpone: Database.Statement;
  readonly #end: Database.Statement;
  readonly #open: Database.Statement<[string], { readonly id: number }>;
  readonly #emails: Database.Statement<
    [string],
    { readonly state: string; readonly tries: number }
  >;

  /** `boot` names this run of the kiosk in the rows it stores. */
  constructor(db: Database.Database, boot: string, handedOut: HandedOut, fronts: OutboxFronts) {
    this.#boot = boot;
    this.#handedOut = handedOut;
    this.#fronts = fronts;
    this.#insert = db.prepare(`
      insert into outbox (owner, kind, ordinal, idempotency_key, email, state, urgency,
        stored_by_boot, stored_at_ms, deadline_ms, next_at_ms, seal)
      values (:owner, :kind, :ordinal, :idempotency_key, :email, 'waiting', :urgency,
        :stored_by_boot, :stored_at_ms, :deadline_ms, :next_at_ms, :seal)`);
    this.#captureBefore = db.prepare('select capture_before_ms from sales where id = ?');
    this.#newest = db.prepare(`
      select id, ordinal, state from outbox
      where owner = ? and kind = ? order by ordinal desc limit 8`);
    this.#lastOrdinal = db.prepare(
      'select max(ordinal) as ordinal from outbox where owner = ? and kind = ?',
    );
    this.#sooner = db.prepare(
      'update outbox set next_at_ms = min(next_at_ms, :nextAtMs) where id = :id',
    );
    this.#isOpen = db.prepare(
      `select id from outbox where id = ? and owner = coalesce(?, owner) and state = 'waiting'`,
    );
    this.#postpone = db.prepare(`
      update outbox set next_at_ms = :nextAtMs, tries = tries + 1, last_answer = :answer
      where id = :id and owner = :owner and state = 'waiting'`);
    this.#end = db.prepare(`
      update outbox set state = :state, ended_at_ms = :nowMs, last_answer = :answer, email = null
      where id = :id and owner = coalesce(:owner, owner) and state = 'waiting'`);
    this.#open = db.prepare(`select id from outbox where owner = ? and state = 'waiting' limit 1`);
    this.#emails = db.prepare(`
      select state, tries from outbox
      where owner = ? and kind = 'charge.receipt_email' order by ordinal desc`);
  }

  add(owner: WorkOwner, work: OutboxWork, nowMs: number): void {
    const nextAtMs = nowMs + ('afterMs' in work ? work.afterMs : 0);
    const ordinal = this.#ordinalOf(owner, work, nextAtMs);
    if (ordinal === null) return;
    const row = {
      owner,
      kind: work.kind,
      ordinal,
      idempotency_key: idempotencyKey(owner, work.kind, ordinal),
      email: emailOf(work),
      stored_by_boot: this.#boot,
      stored_at_ms: nowMs,
      deadline_ms: work.kind === 'payment_intent.capture' ? this.#deadline(owner, nowMs) : null,
    };
    this.#insert.run({
      ...row,
      urgency: urgencyOf[work.kind],
      next_at_ms: nextAtMs,
      seal: workSeal(row),
    });
    this.#fronts.forget();
  }

  /** By its owner too: the number of a row that was taken away with a damaged sale is given again. */
  isOpen(row: { readonly id: number; readonly owner?: WorkOwner }): boolean {
    return this.#isOpen.get(row.id, row.owner ?? null) !== undefined;
  }

  /** While a read was out another was asked for: that one is enough, and this one ends. */
  postpone(row: OutboxRow, nextAtMs: number, answer: string, nowMs: number): void {
    const { kind } = row.work;
    if (isSingle(kind) && this.#moveForward(this.#newest.all(row.owner, kind), nextAtMs, row.id)) {
      this.end(row, 'done', nowMs, answer);
      return;
    }
    const { changes } = this.#postpone.run({ id: row.id, owner: row.owner, nextAtMs, answer });
    this.#fronts.forget();
    assert(changes === 1, 'only a row that waits is put off');
    this.#handedOut.cameBack(row.id);
  }

  end(
    row: { readonly id: number; readonly owner?: WorkOwner },
    state: 'done' | 'refused' | 'set_aside',
    nowMs: number,
    answer: string,
  ): void {
    const { changes } = this.#end.run({
      id: row.id,
      owner: row.owner ?? null,
      state,
      nowMs,
      answer,
    });
    this.#fronts.forget();
    assert(changes === 1, 'only a row that waits is ended');
  }

  hasOpenWork(owner: WorkOwner): boolean {
    return this.#open.get(owner) !== undefined;
  }

  /** The highest number that this kind of work has had with this owner; 0 for none. */
  lastOrdinal(owner: WorkOwner, kind: OutboxWork['kind']): number {
    return this.#lastOrdinal.get(owner, kind)?.ordinal ?? 0;
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

  /**
   * The number of this work; null for a read that needs no row of its own. Whoever keeps a card does not count the tries:
   * where the row of that number was set aside, or is over, the next one is taken.
   */
  #ordinalOf(owner: WorkOwner, work: OutboxWork, nextAtMs: number): number | null {
    if (work.kind === 'card.save') {
      return Math.max(work.ordinal, this.lastOrdinal(owner, work.kind) + 1);
    }
    if ('ordinal' in work) return work.ordinal;
    if (!isSingle(work.kind)) return this.lastOrdinal(owner, work.kind) + 1;
    const reads = this.#newest.all(owner, work.kind);
    return this.#moveForward(reads, nextAtMs, null) ? null : (reads[0]?.ordinal ?? 0) + 1;
  }

  /** Only a sale is captured. */
  #deadline(owner: WorkOwner, nowMs: number): number {
    return this.#captureBefore.get(owner)?.capture_before_ms ?? nowMs + holdMs;
  }

  /**
   * Lets one waiting read stand for another wish. Not one that is out: it may have left before what the wish is
   * about. `except` is the row that asks.
   */
  #moveForward(reads: readonly StoredRead[], nextAtMs: number, except: number | null): boolean {
    const other = reads.find(
      ({ id, state }) => state === 'waiting' && id !== except && !this.#handedOut.isOut(id),
    );
    if (other === undefined) return false;
    this.#sooner.run({ id: other.id, nextAtMs });
    this.#fronts.forget();
    return true;
  }
}
