import type Stripe from 'stripe';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import { followedEvents } from './followed-events.ts';
import { howItIsPaid } from './how-it-is-paid.ts';
import { lookUp } from './look-up.ts';
import { pageAfter, secondsOf } from './page-after.ts';
import { answersThatTell } from './stripe-answers.ts';
import { readEventPage } from './stripe-events.ts';
import { readPaymentIntentPage } from './stripe-lists.ts';
import {
  readCharge,
  readConnectionToken,
  readNewPaymentIntent,
  readPaymentIntent,
} from './stripe-replies.ts';

export interface StripePaymentsOptions {
  readonly stripe: Stripe;
  /** `tml_…`, or null to leave the connection token unbound. */
  readonly location: string | null;
  /** `automatic` takes the money with the card's tap, without a hold that may lapse. */
  readonly captureMethod?: 'manual' | 'automatic';
  /** Told the time, epoch milliseconds, that Stripe put on a reply, whatever the reply says. */
  readonly onDate?: (atMs: number) => void;
}

/** Direct Stripe: the kiosk's own restricted key. */
export function stripePaymentsApi({
  stripe,
  location,
  captureMethod = 'manual',
  onDate = () => undefined,
}: StripePaymentsOptions): PaymentsApi {
  const answerOf = answersThatTell(onDate);
  return {
    create: (request, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.create(
            {
              amount: request.total.amount,
              currency: request.total.currency,
              ...howItIsPaid(request, captureMethod),
              metadata: {
                sale: request.saleId,
                kiosk: request.kioskId,
                order: request.orderHash,
              },
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

    lookUp: (saleId, createdSinceMs, signal) =>
      lookUp(stripe, answerOf, saleId, createdSinceMs, signal),

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

    // Only a confirmation may be off session: a create takes that word together with its own confirmation alone.
    confirm: (id, paymentMethodId, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.confirm(
            id,
            { payment_method: paymentMethodId, off_session: true },
            { idempotencyKey: key },
          ),
        believeNothing,
        signal,
      ),

    listPaymentIntents: ({ createdFromMs, createdToMs, startingAfter }, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.list({
            created: { gte: secondsOf(createdFromMs), lte: Math.ceil(createdToMs / 1_000) },
            expand: ['data.latest_charge'],
            ...pageAfter(startingAfter),
          }),
        readPaymentIntentPage,
        signal,
      ),

    listEvents: ({ createdFromMs, startingAfter }, signal) =>
      answerOf(
        () =>
          stripe.events.list({
            types: [...followedEvents],
            created: { gte: secondsOf(createdFromMs) },
            ...pageAfter(startingAfter),
          }),
        readEventPage,
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

/** What a capture, a cancellation or a confirmation says of itself decides nothing: the read that follows does (P4). */
function believeNothing(reply: unknown): null {
  readPaymentIntent(reply);
  return null;
}
