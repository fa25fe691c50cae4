import type Database from 'better-sqlite3';
import type { RefundId, SaleId, StripeRefundId } from '../domain/ids.ts';
import { assert } from '../domain/assert.ts';
import { type Refund, type RefundState, refundStates } from '../domain/refund.ts';
import { type RefundEvent, refundTransition } from '../domain/refund-transition.ts';
import type { RefundEntry, StoredRefund } from '../ports/refund-book.ts';
import {
  JournaledTable,
  type JournaledRow,
  type RowParts,
  type Stored,
} from './journaled-table.ts';
import { refundOf } from './refund-record.ts';
import { withSeal } from './sealed-tables.ts';

const isUnfinished = `state not in ('succeeded', 'failed', 'refused', 'canceled')`;

/** Money given back, each refund with its journal. */
export class RefundsTable {
  readonly #rows: JournaledTable<Refund>;
  readonly #byStripeId: Database.Statement<[string], JournaledRow>;
  readonly #ofSale: Database.Statement<[string], JournaledRow>;
  readonly #unfinished: Database.Statement<[], JournaledRow>;
  readonly #toShow: Database.Statement<[number], JournaledRow>;

  constructor(db: Database.Database) {
    this.#rows = new JournaledTable(db, {
      table: 'refunds',
      journal: 'refund_events',
      formOf: refundOf,
      after: (before, event) => {
        // Its entry's hash was verified: it is what this program wrote.
        const next = refundTransition(before, event as RefundEvent);
        return next.kind === 'moved' ? next.refund : null;
      },
      rowOf,
    });
    this.#byStripeId = db.prepare('select * from refunds where stripe_refund_id = ?');
    this.#ofSale = db.prepare('select * from refunds where sale_id = ? order by added_at_ms, id');
    this.#unfinished = db.prepare(
      `select * from refunds where ${isUnfinished} order by added_at_ms, id`,
    );
    this.#toShow = db.prepare(`
      select * from refunds where id in (
        select id from refunds where ${isUnfinished}
        union
        select id from refunds where state = 'failed' and acknowledged = 0
        union
        select id from refunds where added_at_ms >= ?
      ) order by added_at_ms, id`);
  }

  add(refund: Refund, nowMs: number): void {
    if (this.#rows.find(refund.id) === null) this.#rows.add(refund, nowMs);
  }

  find(id: RefundId): Refund | null {
    return this.#rows.find(id)?.thing ?? null;
  }

  findByStripeId(id: StripeRefundId): Refund | null {
    const row = this.#byStripeId.get(id);
    return row === undefined ? null : (this.#rows.find(row.id)?.thing ?? null);
  }

  save(before: Refund, after: Refund, event: RefundEvent, nowMs: number): void {
    this.#rows.save(before, after, event, nowMs);
  }

  journalOf(id: RefundId): readonly RefundEntry[] {
    return this.#rows.entriesOf(id).map(({ revision, at_ms: atMs, event, state }) => ({
      revision,
      atMs,
      // Hashes were verified: it is what this program wrote.
      event: revision === 0 ? { kind: 'added' } : (JSON.parse(event) as RefundEvent),
      state: stateOf(state),
    }));
  }

  of(saleId: SaleId): readonly StoredRefund[] {
    return this.#rows.list(this.#ofSale.all(saleId)).map(storedRefund);
  }

  unfinished(): readonly Refund[] {
    return this.#rows.list(this.#unfinished.all()).map(({ thing }) => thing);
  }

  toShow(fromMs: number): readonly StoredRefund[] {
    return this.#rows.list(this.#toShow.all(fromMs)).map(storedRefund);
  }
}

function stateOf(text: string): RefundState {
  const state = refundStates.find((known) => known === text);
  assert(state !== undefined, 'a refund is in a state that has a name');
  return state;
}

function storedRefund({ thing, addedAtMs, changedAtMs }: Stored<Refund>): StoredRefund {
  return { refund: thing, askedAtMs: addedAtMs, changedAtMs };
}

function rowOf(refund: Refund, { record, hash, addedAtMs, changedAtMs }: RowParts): JournaledRow {
  return withSeal('refunds', {
    id: refund.id,
    sale_id: refund.saleId,
    payment_intent_id: refund.paymentIntentId,
    amount: refund.amount.amount,
    currency: refund.amount.currency,
    state: refund.state,
    acknowledged: Number(refund.acknowledged),
    stripe_refund_id: refund.stripeRefund?.id ?? null,
    record,
    revision: refund.revision,
    added_at_ms: addedAtMs,
    changed_at_ms: changedAtMs,
    hash,
  });
}
