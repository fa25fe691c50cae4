import { z } from 'zod';
import { chargeId, type PaymentIntentId } from '../../domain/ids.ts';
import { type PaymentIntentFacts, paymentIntentStatuses } from '../../domain/payment-intent.ts';

/*
 * What Stripe shows of a PaymentIntent to somebody who has only a publishable key and the client secret: neither its
 * Charge nor its metadata. https://docs.stripe.com/api/payment_intents/retrieve
 */

const text = z.string().max(500).nullish().catch(null);
const chargeText = z
  .string()
  .regex(/^(ch|py)_[0-9A-Za-z_]{3,200}$/)
  .transform(chargeId)
  .nullish()
  .catch(null);

const paymentIntent = z.looseObject({
  object: z.literal('payment_intent'),
  id: z.string(),
  status: z.enum(paymentIntentStatuses),
  amount: z.int().nonnegative(),
  currency: z.string().regex(/^[a-z]{3}$/),
  livemode: z.boolean(),
  payment_method_types: z.array(z.string()),
  cancellation_reason: text,
  last_payment_error: z
    .looseObject({ code: text, decline_code: text, charge: chargeText })
    .nullish(),
});

/** Facts but for whose it is, which the secret alone can't tell. */
export type SeenBySecret = Omit<PaymentIntentFacts, 'saleId' | 'kioskId'>;

/** A reply that is this PaymentIntent, and no other. */
export function paymentIntentSeen(asked: PaymentIntentId): z.ZodType<SeenBySecret> {
  return paymentIntent
    .refine(({ id }) => id === asked)
    .transform((object): SeenBySecret => {
      const error = object.last_payment_error ?? null;
      return {
        id: asked,
        status: object.status,
        amount: object.amount,
        currency: object.currency,
        // Not shown: by its status all of it is held, or taken, or none.
        amountCapturable: object.status === 'requires_capture' ? object.amount : 0,
        amountReceived: object.status === 'succeeded' ? object.amount : 0,
        amountRefunded: 0,
        disputed: false,
        acceptsCardPresent: object.payment_method_types.includes('card_present'),
        // The Charge of a card that paid is not shown; that of one that was declined is, and tells one try from another.
        latestChargeId: error?.charge ?? null,
        lastPaymentError:
          error === null
            ? null
            : { code: error.code ?? 'unknown', declineCode: error.decline_code ?? null },
        cancellationReason: object.cancellation_reason ?? null,
        captureBeforeMs: null,
        card: null,
        livemode: object.livemode,
      };
    });
}
