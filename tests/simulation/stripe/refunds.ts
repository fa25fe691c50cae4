import { type StripeRefundId, stripeRefundId } from '../../../main/domain/ids.ts';
import type { RefundFacts } from '../../../main/domain/refund.ts';
import type { Agenda } from '../time/agenda.ts';
import type { Actor, ModelIntent, PaymentIntents } from './payment-intents.ts';
import type { Reply } from './reply.ts';

/** How a refund goes at the bank. */
export const refundCourses = [
  'succeeds',
  'pends_then_succeeds',
  'pends_then_fails',
  /** A success that turns out not to have arrived, days later. */
  'succeeds_then_fails',
  'is_refused',
] as const;

export type RefundCourse = (typeof refundCourses)[number];

export interface ModelRefund {
  readonly id: StripeRefundId;
  readonly intent: ModelIntent;
  readonly amount: number;
  readonly createdAtMs: number;
  /** `metadata.refund` and `metadata.kiosk`: null on a reader's and on others'. */
  readonly refundId: string | null;
  readonly kioskId: string | null;
  readonly by: Actor;
  status: RefundFacts['status'];
  failureReason: string | null;
}

export type RefundChange = 'created' | 'updated' | 'failed';

export interface NewModelRefund {
  readonly intent: ModelIntent;
  readonly amount: number;
  readonly refundId: string | null;
  readonly kioskId: string | null;
}

/** What banks take. Milliseconds. */
const banksTakeMs = 20 * 60_000;

/** The payment system's Refunds. */
export class Refunds {
  readonly all = new Map<StripeRefundId, ModelRefund>();
  readonly #agenda: Agenda;
  readonly #intents: PaymentIntents;
  readonly #onChange: (refund: ModelRefund, what: RefundChange) => void;

  constructor(
    agenda: Agenda,
    intents: PaymentIntents,
    onChange: (refund: ModelRefund, what: RefundChange) => void,
  ) {
    this.#agenda = agenda;
    this.#intents = intents;
    this.#onChange = onChange;
  }

  create(wanted: NewModelRefund, course: RefundCourse, by: Actor): Reply<RefundFacts> {
    const { intent, amount } = wanted;
    if (intent.status !== 'succeeded' || course === 'is_refused') {
      return { status: 400, code: 'charge_not_refundable' };
    }
    if (intent.tap === 'interac' && by !== 'reader') {
      return { status: 400, code: 'refund_disputed_payment' };
    }
    if (amount > intent.amountReceived - intent.amountRefunded) {
      return { status: 400, code: 'charge_already_refunded' };
    }
    const refund: ModelRefund = {
      ...wanted,
      id: stripeRefundId(`re_${String(this.all.size + 1).padStart(6, '0')}`),
      createdAtMs: Math.floor(this.#agenda.nowMs / 1_000) * 1_000,
      by,
      status: course.startsWith('pends') ? 'pending' : 'succeeded',
      failureReason: null,
    };
    this.all.set(refund.id, refund);
    this.#intents.refunded(intent, amount, by);
    this.#onChange(refund, 'created');
    if (course === 'succeeds') return { status: 200, value: factsOfRefund(refund) };
    this.#agenda.after(banksTakeMs, () => {
      if (course === 'pends_then_succeeds') {
        refund.status = 'succeeded';
        this.#onChange(refund, 'updated');
        return;
      }
      refund.status = 'failed';
      refund.failureReason = 'expired_or_canceled_card';
      this.#intents.refundCameBack(intent, amount);
      this.#onChange(refund, 'failed');
    });
    return { status: 200, value: factsOfRefund(refund) };
  }

  read(id: StripeRefundId): Reply<RefundFacts> {
    const refund = this.all.get(id);
    if (refund === undefined) return { status: 404, code: 'resource_missing' };
    return { status: 200, value: factsOfRefund(refund) };
  }

  of(intent: ModelIntent): readonly ModelRefund[] {
    return [...this.all.values()].filter((refund) => refund.intent === intent);
  }

  /** Newest first. */
  list(intent: ModelIntent): Reply<readonly RefundFacts[]> {
    return { status: 200, value: this.of(intent).map(factsOfRefund).reverse() };
  }
}

/** True while the money is, or is being, given back. */
export function givesBack({ status }: Pick<ModelRefund, 'status'>): boolean {
  return status === 'pending' || status === 'succeeded' || status === 'requires_action';
}

function factsOfRefund(refund: ModelRefund): RefundFacts {
  const { id, status, amount, intent, failureReason, createdAtMs, refundId, kioskId } = refund;
  return {
    id,
    status,
    amount,
    currency: intent.currency,
    paymentIntentId: intent.id,
    failureReason,
    createdAtMs,
    refundId,
    kioskId,
  };
}
