import type Stripe from 'stripe';
import type { SaleId } from '../../domain/ids.ts';
import type { PaymentIntentFacts } from '../../domain/payment-intent.ts';
import type { Answer, PaymentsApi } from '../../ports/payments-api.ts';
import { answerOf } from './stripe-answers.ts';
import {
  readCharge,
  readConnectionToken,
  readNewPaymentIntent,
  readPaymentIntent,
  readPaymentIntentPage,
} from './stripe-replies.ts';

/** Our clock may be wrong by hours: a look-up begins this much earlier. */
const lookUpMarginMs = 24 * 3_600_000;
/** A bound on a look-up: 50 pages of 100. */
const lookUpPagesMax = 50;

export interface StripePaymentsOptions {
  readonly stripe: Stripe;
  /** `tml_…`, or null to leave the connection token unbound. */
  readonly location: string | null;
}

/** Direct Stripe: the kiosk's own restricted key. */
export function stripePaymentsApi({ stripe, location }: StripePaymentsOptions): PaymentsApi {
  return {
    create: ({ total, saleId, kioskId, orderHash }, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.create(
            {
              amount: total.amount,
              currency: total.currency,
              allowed_payment_method_types: ['card_present'],
              capture_method: 'manual',
              metadata: { sale: saleId, kiosk: kioskId, order: orderHash },
            },
            { idempotencyKey: key },
          ),
        readNewPaymentIntent,
        signal,
      ),

    read: (id, signal) =>
      answerOf(
        () => stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
        readPaymentIntent,
        signal,
      ),

    lookUp: (saleId, createdSinceMs, signal) => lookUp(stripe, saleId, createdSinceMs, signal),

    capture: (id, total, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.capture(
            id,
            { amount_to_capture: total.amount },
            { idempotencyKey: key },
          ),
        believeNothing,
        signal,
      ),

    cancel: (id, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.cancel(
            id,
            { cancellation_reason: 'abandoned' },
            { idempotencyKey: key },
          ),
        believeNothing,
        signal,
      ),

    setReceiptEmail: (charge, email, key, signal) =>
      answerOf(
        () => stripe.charges.update(charge, { receipt_email: email }, { idempotencyKey: key }),
        (reply) => {
          readCharge(reply);
          return null;
        },
        signal,
      ),

    // The one POST without a stored key: a token replayed would be one already redeemed.
    createConnectionToken: (signal) =>
      answerOf(
        () => stripe.terminal.connectionTokens.create(location === null ? {} : { location }),
        readConnectionToken,
        signal,
      ),

    probe: (signal) =>
      answerOf(
        () => stripe.paymentIntents.list({ limit: 1 }),
        (reply) => {
          readPaymentIntentPage(reply);
          return null;
        },
        signal,
      ),
  };
}

/** What a capture or a cancellation says of itself decides nothing: the read that follows does (P4). */
function believeNothing(reply: unknown): null {
  readPaymentIntent(reply);
  return null;
}

/** Lists have no filter for metadata and search lags behind, so every page since then is looked through. */
async function lookUp(
  stripe: Stripe,
  saleId: SaleId,
  createdSinceMs: number,
  signal: AbortSignal,
): Promise<Answer<PaymentIntentFacts | null>> {
  const created = { gte: Math.floor((createdSinceMs - lookUpMarginMs) / 1_000) };
  let after: string | undefined;
  for (let page = 0; page < lookUpPagesMax; page += 1) {
    const cursor = after === undefined ? {} : { starting_after: after };
    const answer = await answerOf(
      () => stripe.paymentIntents.list({ created, limit: 100, ...cursor }),
      readPaymentIntentPage,
      signal,
    );
    if (answer.kind !== 'done') return answer;
    const { entries, hasMore } = answer.value;
    const found = entries.find((entry) => entry.saleId === saleId);
    if (found !== undefined) {
      return answerOf(
        () => stripe.paymentIntents.retrieve(found.id, { expand: ['latest_charge'] }),
        (reply) => readPaymentIntent(reply).paymentIntent,
        signal,
      );
    }
    after = entries.at(-1)?.id;
    if (!hasMore || after === undefined) return { ...answer, value: null };
  }
  return { kind: 'unanswered', code: 'look_up_too_long' };
}
