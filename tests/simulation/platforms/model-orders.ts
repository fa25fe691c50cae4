import type { PaymentIntentId } from '../../../main/domain/ids.ts';
import type { PlatformFacts, PlatformStatus } from '../../../main/domain/platform-order.ts';
import { costOf } from '../kiosk/price-list.ts';
import type { OrderPlan } from '../plan/order-plan.ts';
import type { SalePlan } from '../plan/sale-plan.ts';
import type { LedgerEntry, ModelIntent, PaymentIntents } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import type { Agenda } from '../time/agenda.ts';

/** A payment as the platform has recorded it. */
export interface ModelRecord {
  /** Our sale's id: by this it is found again. */
  readonly reference: string;
  readonly intentId: PaymentIntentId;
  readonly agrees: boolean;
}

/** A cart or an order, made at the platform. */
export interface ModelOrder {
  readonly id: string;
  readonly plan: OrderPlan;
  /** Minor units, as its code says. */
  readonly total: number;
  readonly intents: ModelIntent[];
  status: PlatformStatus;
  error: string | null;
}

export interface ModelOrdersParts {
  readonly agenda: Agenda;
  readonly intents: PaymentIntents;
  /** Nothing notices a charge by itself: the kiosk settles. */
  readonly isSettledByKiosk: boolean;
  /** Part of an order may be paid from the member's account. */
  readonly hasBalance: boolean;
  readonly note: (what: string) => void;
  /** Counted by name. */
  readonly onHappened: (what: string) => void;
}

/** What the platform of a seed holds: its orders, and what it has recorded of their payments. */
export class ModelOrders {
  readonly all = new Map<string, ModelOrder>();
  readonly records: ModelRecord[] = [];
  readonly #parts: ModelOrdersParts;

  constructor(parts: ModelOrdersParts) {
    this.#parts = parts;
  }

  /** The order that this customer brings; it was made before they came. */
  of({ order: plan, lines }: SalePlan): ModelOrder | null {
    if (plan === null) return null;
    const id = `order-${String(plan.index)}`;
    const known = this.all.get(id);
    if (known !== undefined) return known;
    const { amount } = costOf(lines);
    const made: ModelOrder = { id, plan, total: amount, intents: [], status: 'open', error: null };
    this.all.set(id, made);
    return made;
  }

  /** What its code says; a member's account is named only where there is one. */
  codeOf({ id, total, plan }: ModelOrder): string {
    const balance = plan.balance === 0 ? '' : `&balance=${String(plan.balance)}&user=user-1`;
    return `foyer:order?id=${id}&total=${String(total)}${balance}&title=Order`;
  }

  /** What a kiosk takes from the member's account, where they let it: all but the least a card can pay. */
  mostFromBalance({ total, plan: { balance } }: ModelOrder): number {
    return this.#parts.hasBalance ? Math.min(balance, total - 1) : 0;
  }

  /** The order that this PaymentIntent pays; null where it pays none. */
  orderOf(intent: ModelIntent): ModelOrder | null {
    for (const order of this.all.values()) if (order.intents.includes(intent)) return order;
    return null;
  }

  factsOf({ id, status, error }: ModelOrder): PlatformFacts {
    return { status, orderId: status === 'submitted' ? `made-of-${id}` : null, error };
  }

  /** Recorded as it is told; what was recorded before is recorded again. */
  record(order: ModelOrder, reference: string, intentId: PaymentIntentId): Reply<ModelRecord> {
    const { onHappened } = this.#parts;
    if (order.plan.refusesRecord) {
      onHappened('record_refused');
      return { status: 400, code: 'order_is_not_payable' };
    }
    const record = { reference, intentId, agrees: !order.plan.disagrees };
    this.records.push(record);
    onHappened(record.agrees ? 'order_recorded' : 'order_disagrees');
    return { status: 200, value: record };
  }

  recordOf(reference: string): ModelRecord | null {
    return this.records.find((one) => one.reference === reference) ?? null;
  }

  /** The payment system's ledger has a new entry: sooner or later the platform sees it. */
  entered(intent: ModelIntent, { what }: LedgerEntry): void {
    const { agenda, isSettledByKiosk } = this.#parts;
    if (isSettledByKiosk || (what !== 'authorized' && what !== 'declined')) return;
    const order = this.orderOf(intent);
    if (order === null) return;
    const { course, noticeMs } = order.plan;
    if (what === 'declined') {
      if (course === 'fails_on_decline') this.#fails(order, 'the card was declined', 'on_decline');
      return;
    }
    if (course === 'never') {
      this.#parts.onHappened('order_never_noticed');
      return;
    }
    agenda.after(noticeMs, () => this.#notices(order, intent));
  }

  #notices(order: ModelOrder, intent: ModelIntent): void {
    const { intents, onHappened, note } = this.#parts;
    if (order.status === 'submitted') return;
    if (order.plan.course === 'fails_after_charge') {
      this.#fails(order, 'it is out of stock', 'after_charge');
      return;
    }
    if (intent.status === 'requires_capture') intents.capture(intent, intent.amount, 'platform');
    if (intent.status !== 'succeeded') {
      this.#fails(order, 'the payment is gone', 'after_charge');
      return;
    }
    order.status = 'submitted';
    order.error = null;
    note(`platform: ${order.id} is submitted`);
    onHappened(order.plan.noticeMs > 180_000 ? 'order_submitted_late' : 'order_submitted');
  }

  #fails(order: ModelOrder, why: string, when: 'after_charge' | 'on_decline'): void {
    order.status = 'failed';
    order.error = why;
    this.#parts.note(`platform: ${order.id} has failed: ${why}`);
    this.#parts.onHappened(`order_failed_${when}`);
  }
}
