import type Stripe from 'stripe';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import { followedEvents } from './followed-events.ts';
import { lookUp } from './look-up.ts';
import { answersThatTell } from './stripe-answers.ts';
import { readEventPage, readPaymentIntentPage } from './stripe-lists.ts';
import {
  readCharge,
  readConnectionToken,
  readNewPaymentIntent,
  readPaymentIntent,
} from './stripe-replies.ts';

/** As many entries as Stripe puts on one page. */
const pageSize = 100;

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
    create: ({ total, saleId, kioskId, orderHash }, key, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.create(
            {
              amount: total.amount,
              currency: total.currency,
              ...howItIsPaid(total.currency, captureMethod),
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

    listPaymentIntents: ({ createdFromMs, createdToMs, startingAfter }, signal) =>
      answerOf(
        () =>
          stripe.paymentIntents.list({
            created: { gte: secondsOf(createdFromMs), lte: Math.ceil(createdToMs / 1_000) },
            limit: pageSize,
            expand: ['data.latest_charge'],
            ...(startingAfter === null ? {} : { starting_after: startingAfter }),
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
            limit: pageSize,
            ...(startingAfter === null ? {} : { starting_after: startingAfter }),
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

/**
 * Which cards, and whether the bank's yes holds the money or takes it. Interac, where Canada pays with it, knows no
 * hold: it is taken at once, while other cards are held as always; the status that is read says which it was.
 * https://docs.stripe.com/terminal/payments/regional?integration-country=CA
 */
function howItIsPaid(
  currency: string,
  captureMethod: 'manual' | 'automatic',
): Pick<
  Stripe.PaymentIntentCreateParams,
  'allowed_payment_method_types' | 'capture_method' | 'payment_method_options'
> {
  const isInterac = currency === 'cad';
  const allowed: Pick<Stripe.PaymentIntentCreateParams, 'allowed_payment_method_types'> = {
    allowed_payment_method_types: isInterac
      ? ['card_present', 'interac_present']
      : ['card_present'],
  };
  if (captureMethod === 'automatic') return { ...allowed, capture_method: 'automatic' };
  if (!isInterac) return { ...allowed, capture_method: 'manual' };
  return {
    ...allowed,
    capture_method: 'automatic',
    payment_method_options: { card_present: { capture_method: 'manual_preferred' } },
  };
}

/** What a capture or a cancellation says of itself decides nothing: the read that follows does (P4). */
function believeNothing(reply: unknown): null {
  readPaymentIntent(reply);
  return null;
}

/** Stripe counts whole seconds; a part of one is rounded so that nothing of it is left out. */
function secondsOf(atMs: number): number {
  return Math.max(0, Math.floor(atMs / 1_000));
}
