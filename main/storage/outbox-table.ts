import type Database from 'better-sqlite3';
import { assert, assertNever } from '../domain/assert.ts';
import { type SaleId, saleId } from '../domain/ids.ts';
import type { OutboxRow, OutboxWork, ReceiptEmailState } from '../ports/ledger.ts';

interface Row {
  readonly id: number;
  readonly sale_id: string;
  readonly kind: string;
  readonly ordinal: number;
  readonly idempotency_key: string | null;
  readonly email: string | null;
  readonly first_sent_at_ms: number | null;
  readonly tries: number;
}

/** Nothing is put off longer, in milliseconds: what seems to be was stored before the clock was set back. */
const delayMax = 120_000;

/** Smaller is sooner. Money that can be lost goes before what can only be late. */
const urgency: Readonly<Record<OutboxWork['kind'], number>> = {
  'payment_intent.capture': 0,
  'payment_intent.cancel': 1,
  'payment_intent.read': 2,
  'payment_intent.create': 2,
  'payment_intent.look_up': 3,
  'charge.receipt_email': 4,
};

/** What each kind of work is called in its idempotency key; reads have none. */
const keyWord: Readonly<Record<OutboxWork['kind'], string | null>> = {
  'payment_intent.create': 'create',
  'payment_intent.capture': 'capture',
  'payment_intent.cancel': 'cancel',
  'charge.receipt_email': 'receipt',
  'payment_intent.read': null,
  'payment_intent.look_up': null,
};

/** Sale, step and the step's number: never time, never chance, so that a replay carries the same (P2). */
function idempotencyKey(sale: SaleId, work: OutboxWork): string | null {
  const word = keyWord[work.kind];
  if (word === null) return null;
  return `foyer_${sale}_${word}_${ordinalOf(work)}`;
}

function ordinalOf(work: OutboxWork): number {
  return 'ordinal' in work ? work.ordinal : 0;
}

/** The outbox: rows of work for the outside, each kept until its outcome is known. */
export class OutboxTable {
  readonly #insert: Database.Statement;
  readonly #moveRead: Database.Statement;
  readonly #due: Database.Statement<[{ boot: string; nowMs: number; delayMax: number }], Row>;
  readonly #lease: Database.Statement;
  readonly #held: Database.Statement<[number, string], { id: number }>;
  readonly #postpone: Database.Statement;
  readonly #end: Database.Statement;
  readonly #open: Database.Statement<[string], { id: number }>;
  readonly #nextDue: Database.Statement<[], { next: number | null }>;
  readonly #backlog: Database.Statement<[], { count: number; oldest: number | null }>;
  readonly #emails: Database.Statement<[string], { state: string; last_error: string | null }>;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into outbox (sale_id, kind, ordinal, idempotency_key, email, state, urgency, next_at_ms, created_at_ms)
      values (:saleId, :kind, :ordinal, :key, :email, 'waiting', :urgency, :nextAtMs, :nowMs)`);
    this.#moveRead = db.prepare(`
      update outbox set next_at_ms = min(next_at_ms, :nextAtMs)
      where sale_id = :saleId and kind = 'payment_intent.read' and state = 'waiting'`);
    this.#due = db.prepare(`
      select id, sale_id, kind, ordinal, idempotency_key, email, first_sent_at_ms, tries from outbox as row
      where (state = 'waiting' and (next_at_ms <= :nowMs or next_at_ms > :nowMs + :delayMax) or state = 'sending' and boot <> :boot)
        and not exists (
          select 1 from outbox as other
          where other.sale_id = row.sale_id and other.state = 'sending' and other.boot = :boot
        )
      order by urgency, next_at_ms, id limit 1`);
    this.#lease = db.prepare(`
      update outbox set state = 'sending', boot = :boot, tries = tries + 1,
        first_sent_at_ms = coalesce(first_sent_at_ms, :nowMs)
      where id = :id`);
    this.#held = db.prepare(
      `select id from outbox where id = ? and state = 'sending' and boot = ?`,
    );
    this.#postpone = db.prepare(`
      update outbox set state = 'waiting', boot = null, next_at_ms = :nextAtMs, last_error = :error
      where id = :id and state = 'sending' and boot = :boot`);
    this.#end = db.prepare(`
      update outbox set state = :state, boot = null, ended_at_ms = :nowMs, last_error = :error, email = null
      where id = :id and state = 'sending' and boot = :boot`);
    this.#open = db.prepare(
      `select id from outbox where sale_id = ? and state in ('waiting', 'sending') limit 1`,
    );
    this.#nextDue = db.prepare(
      `select min(next_at_ms) as next from outbox where state = 'waiting'`,
    );
    this.#backlog = db.prepare(`
      select count(*) as count, min(created_at_ms) as oldest from outbox
      where state in ('waiting', 'sending') and kind <> 'payment_intent.read'`);
    this.#emails = db.prepare(`
      select state, last_error from outbox where sale_id = ? and kind = 'charge.receipt_email' order by id desc`);
  }

  add(sale: SaleId, work: OutboxWork, nowMs: number): void {
    const nextAtMs = nowMs + ('afterMs' in work ? work.afterMs : 0);
    if (work.kind === 'payment_intent.read') {
      const { changes } = this.#moveRead.run({ saleId: sale, nextAtMs });
      if (changes > 0) return;
    }
    this.#insert.run({
      saleId: sale,
      kind: work.kind,
      ordinal: ordinalOf(work),
      key: idempotencyKey(sale, work),
      email: work.kind === 'charge.receipt_email' ? work.email : null,
      urgency: urgency[work.kind],
      nextAtMs,
      nowMs,
    });
  }

  claim(boot: string, nowMs: number): OutboxRow | null {
    const row = this.#due.get({ boot, nowMs, delayMax });
    if (row === undefined) return null;
    this.#lease.run({ id: row.id, boot, nowMs });
    return {
      id: row.id,
      saleId: saleId(row.sale_id),
      work: workOf(row),
      key: row.idempotency_key,
      firstSentAtMs: row.first_sent_at_ms,
      tries: row.tries,
    };
  }

  holds(row: OutboxRow, boot: string): boolean {
    return this.#held.get(row.id, boot) !== undefined;
  }

  postpone(row: OutboxRow, boot: string, nextAtMs: number, error: string): void {
    const moved = this.#waitingReadTakesOver(row, nextAtMs);
    const { changes } = moved
      ? this.#end.run({ id: row.id, boot, state: 'done', nowMs: nextAtMs, error })
      : this.#postpone.run({ id: row.id, boot, nextAtMs, error });
    assert(changes === 1, 'only the boot that holds a row gives it back');
  }

  end(
    row: OutboxRow,
    boot: string,
    state: 'done' | 'refused' | 'set_aside',
    nowMs: number,
    error: string | null,
  ): void {
    const { changes } = this.#end.run({ id: row.id, boot, state, nowMs, error });
    assert(changes === 1, 'only the boot that holds a row ends it');
  }

  nextDueAtMs(nowMs: number): number | null {
    const next = this.#nextDue.get()?.next ?? null;
    return next === null ? null : Math.min(next, nowMs + delayMax);
  }

  hasOpenWork(sale: SaleId): boolean {
    return this.#open.get(sale) !== undefined;
  }

  backlog(): { count: number; oldestAtMs: number | null } {
    const row = this.#backlog.get();
    return { count: row?.count ?? 0, oldestAtMs: row?.oldest ?? null };
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
        return latest.last_error !== null ? 'queued' : 'sending';
    }
  }

  receiptEmailsAsked(sale: SaleId): number {
    return this.#emails.all(sale).length;
  }

  /** While one read was out another was asked for: that one is enough, and only one may wait. */
  #waitingReadTakesOver(row: OutboxRow, nextAtMs: number): boolean {
    if (row.work.kind !== 'payment_intent.read') return false;
    return this.#moveRead.run({ saleId: row.saleId, nextAtMs }).changes > 0;
  }
}

function workOf(row: Row): OutboxWork {
  const kind = row.kind as OutboxWork['kind'];
  switch (kind) {
    case 'payment_intent.create':
      return { kind, ordinal: row.ordinal };
    case 'payment_intent.capture':
    case 'payment_intent.cancel':
      return { kind, ordinal: row.ordinal, afterMs: 0 };
    case 'payment_intent.read':
      return { kind, afterMs: 0 };
    case 'payment_intent.look_up':
      return { kind };
    case 'charge.receipt_email':
      assert(row.email !== null, 'an unsent receipt still has its address');
      return { kind, ordinal: row.ordinal, email: row.email, afterMs: 0 };
    default:
      return assertNever(kind);
  }
}
