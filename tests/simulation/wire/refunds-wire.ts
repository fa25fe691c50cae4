import type { RefundsApi } from '../../../main/ports/refunds-api.ts';
import type { Actor } from '../stripe/payment-intents.ts';
import type { RefundCourse } from '../stripe/refunds.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import { Transit, type TransitParts } from './transit.ts';

export interface RefundsWireParts extends TransitParts {
  readonly stripe: StripeModel;
  readonly by: Actor;
  /** How the bank takes this refund. */
  readonly courseOf: (refundId: string) => RefundCourse;
}

const missing = { status: 404, code: 'resource_missing' } as const;
const bare = { key: null, words: '', total: null } as const;

/** The port that gives money back, of one run of the kiosk's process. */
export class RefundsWire implements RefundsApi {
  readonly #parts: RefundsWireParts;
  readonly #transit: Transit;

  constructor(parts: RefundsWireParts) {
    this.#parts = parts;
    this.#transit = new Transit(parts);
  }

  create: RefundsApi['create'] = (asked, key, signal) => {
    const { stripe, by, courseOf } = this.#parts;
    const { refundId, saleId, kioskId, paymentIntentId, amount, reason } = asked;
    const words = `${refundId} ${paymentIntentId} ${String(amount)} ${reason}`;
    const intent = stripe.intents.find(paymentIntentId);
    const total = { amount, currency: intent?.currency ?? '' };
    return this.#transit.sendKeyed(
      {
        call: 'refund_create',
        saleId,
        intentId: paymentIntentId,
        about: refundId,
        key,
        words,
        total,
      },
      stripe.refundKeys,
      () =>
        intent === null
          ? missing
          : stripe.refunds.create({ intent, amount, refundId, kioskId }, courseOf(refundId), by),
      signal,
    );
  };

  read: RefundsApi['read'] = (id, signal) => {
    const { stripe } = this.#parts;
    const intent = stripe.refunds.all.get(id)?.intent ?? null;
    const of = { saleId: intent?.saleId ?? null, intentId: intent?.id ?? null, about: id };
    return this.#transit.send(
      { ...bare, ...of, call: 'refund_read' },
      () => stripe.refunds.read(id),
      signal,
    );
  };

  list: RefundsApi['list'] = (id, signal) => {
    const { stripe } = this.#parts;
    const intent = stripe.intents.find(id);
    const of = { saleId: intent?.saleId ?? null, intentId: id, about: id };
    return this.#transit.send(
      { ...bare, ...of, call: 'refund_list' },
      () => (intent === null ? missing : stripe.refunds.list(intent)),
      signal,
    );
  };
}
