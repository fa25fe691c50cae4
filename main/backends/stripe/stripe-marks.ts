import type Stripe from 'stripe';
import type { KioskId, PaymentIntentId, SaleId } from '../../domain/ids.ts';
import type { Answer, LivePaymentIntent } from '../../ports/payments-api.ts';
import { answersThatTell } from './stripe-answers.ts';
import { readPaymentIntent, UnbelievableReply } from './stripe-replies.ts';

/** Whose a PaymentIntent is (P10): the same three that direct Stripe gets with the create. */
export interface Marks {
  readonly saleId: SaleId;
  readonly kioskId: KioskId;
  /** SHA-256 of the order; left out by who looks for a lost one and no longer has it. */
  readonly orderHash?: string;
}

/** Marks a PaymentIntent that somebody else made for this kiosk, and tells what it now is. */
export type MarkPaymentIntent = (
  id: PaymentIntentId,
  marks: Marks,
  signal: AbortSignal,
) => Promise<Answer<LivePaymentIntent>>;

/**
 * Metadata written by an update. Carries no key: marked twice is marked once, and a reply that is stored under a key
 * would tell of the PaymentIntent as it was. https://docs.stripe.com/api/payment_intents/update
 */
export function stripeMarks(
  stripe: Stripe,
  onDate: (atMs: number) => void = () => undefined,
): MarkPaymentIntent {
  const answerOf = answersThatTell(onDate);
  return (id, { saleId, kioskId, orderHash }, signal) =>
    answerOf(
      () =>
        stripe.paymentIntents.update(id, {
          metadata: {
            sale: saleId,
            kiosk: kioskId,
            ...(orderHash === undefined ? {} : { order: orderHash }),
          },
          expand: ['latest_charge'],
        }),
      (reply) => {
        const live = readPaymentIntent(reply);
        const { paymentIntent: read } = live;
        const isMarked = read.id === id && read.saleId === saleId && read.kioskId === kioskId;
        if (!isMarked) throw new UnbelievableReply('the PaymentIntent that was marked', reply);
        return live;
      },
      signal,
    );
}
