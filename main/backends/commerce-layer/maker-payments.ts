import type { SaleId } from '../../domain/ids.ts';
import type { PaymentIntentFacts } from '../../domain/payment-intent.ts';
import type {
  Answer,
  CreateRequest,
  LivePaymentIntent,
  PaymentAbout,
  PaymentsApi,
} from '../../ports/payments-api.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { unproved } from '../platform-http/unproved.ts';
import type { CommerceLayerPaymentsOptions } from './commerce-layer-payments-options.ts';
import { companionPayments } from './companion-payments.ts';
import { onAccount } from './connected-account.ts';
import { probeBoth } from './probe-stripe-payments.ts';
import { isOfMode, type StripePayment } from './stripe-payment-replies.ts';
import { makeBody } from './stripe-payment-requests.ts';

/**
 * Commerce Layer makes the PaymentIntent of an order, by one call without a key; a record whose reply was lost is found
 * by its reference. All else is Stripe's own, to the companion key.
 */
export function makerPayments(options: CommerceLayerPaymentsOptions): PaymentsApi {
  const { calls, companion, account, mode } = options;
  const stripe = companionPayments(companion, account);
  return {
    ...stripe,

    create: async (request, key, signal) => {
      const { order, saleId, kioskId } = request;
      if (order === undefined) return refusedHere('no_order');
      const made = await calls.create(makeBody({ orderId: order.id, saleId, kioskId }), signal);
      return made.kind === 'done' ? accepted(options, request, made.value, key, signal) : made;
    },

    lookUp: async (saleId, _createdSinceMs, signal, about) => {
      const found = await calls.ofSale(saleId, signal);
      if (found.kind !== 'done') return found;
      const record = found.value.find((each) => isOfMode(each, mode));
      if (record === undefined) return { ...found, value: null };
      return foundAgain(options, saleId, record, signal, about);
    },

    probe: (signal) => probeBoth(stripe, calls, signal),
  };
}

/** What was made counts only where it fits, and once it bears our marks. */
async function accepted(
  { companion, account, mode }: CommerceLayerPaymentsOptions,
  request: CreateRequest,
  made: StripePayment,
  key: string,
  signal: AbortSignal,
): Promise<Answer<LivePaymentIntent>> {
  // The companion key is of our mode, so there is nothing it could do about one of the other.
  if (!isOfMode(made, mode)) return refusedHere('wrong_mode');
  account.learn(made.account);
  const stripe = companion(made.account);
  const marked = await stripe.mark(made.stripeId, request, signal);
  if (marked.kind !== 'done') return unproved(marked);
  if (!made.mismatchedAmounts) return onAccount(marked, made.account);
  // Another payment of the order may follow: this one is ended first, so that it can never be paid beside it (P1). Marked
  // it is by then, for a cancelled one takes no marks, and a look for it must know it.
  const ended = await stripe.payments.cancel(made.stripeId, `${key}_mismatched`, signal);
  return ended.kind === 'done' ? refusedHere('mismatched_amounts') : unproved(ended);
}

/** The PaymentIntent of a record, marked as ours if the reply to its create was lost before it could be. */
async function foundAgain(
  { companion, account }: CommerceLayerPaymentsOptions,
  saleId: SaleId,
  { account: on, stripeId }: StripePayment,
  signal: AbortSignal,
  about: PaymentAbout | undefined,
): Promise<Answer<PaymentIntentFacts>> {
  account.learn(on);
  const stripe = companion(on);
  const read = await stripe.payments.read(stripeId, signal);
  const isMarked = read.kind === 'done' && read.value.paymentIntent.saleId === saleId;
  const live =
    read.kind !== 'done' || isMarked || about === undefined
      ? read
      : await stripe.mark(stripeId, about, signal);
  const answer = onAccount(live, on);
  return answer.kind === 'done' ? { ...answer, value: answer.value.paymentIntent } : answer;
}
