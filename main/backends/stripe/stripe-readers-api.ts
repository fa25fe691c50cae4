import type Stripe from 'stripe';
import type { PromptConfig, ReadersApi } from '../../ports/readers-api.ts';
import { answersThatTell } from './stripe-answers.ts';
import { stripeReaderAccount } from './stripe-reader-account.ts';
import { readReader } from './stripe-readers-replies.ts';

export interface StripeReadersOptions {
  readonly stripe: Stripe;
  /** Told the time, epoch milliseconds, that Stripe put on a reply, whatever the reply says. */
  readonly onDate?: (atMs: number) => void;
}

/**
 * Direct Stripe: readers led by its own endpoints. Codes are Stripe's: of its refusals, `terminal_reader_timeout` may
 * hide that the reader heard all the same. https://docs.stripe.com/terminal/payments/collect-card-payment
 */
export function stripeReadersApi({
  stripe,
  onDate = () => undefined,
}: StripeReadersOptions): ReadersApi {
  const answerOf = answersThatTell(onDate);
  const { readers } = stripe.terminal;
  return {
    ...stripeReaderAccount(stripe, answerOf),

    processPaymentIntent: (id, paymentIntent, config, key, signal) =>
      answerOf(
        () =>
          readers.processPaymentIntent(
            id,
            { payment_intent: paymentIntent, process_config: promptOf(config) },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply, id),
        signal,
      ),

    collectPaymentMethod: (id, paymentIntent, config, key, signal) =>
      answerOf(
        () =>
          readers.collectPaymentMethod(
            id,
            { payment_intent: paymentIntent, collect_config: promptOf(config) },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply, id),
        signal,
      ),

    confirmPaymentIntent: (id, paymentIntent, key, signal) =>
      answerOf(
        () =>
          readers.confirmPaymentIntent(
            id,
            { payment_intent: paymentIntent },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply, id),
        signal,
      ),

    processSetupIntent: (id, setupIntent, config, key, signal) =>
      answerOf(
        () =>
          readers.processSetupIntent(
            id,
            {
              setup_intent: setupIntent,
              allow_redisplay: forWhatWasAgreed,
              process_config: { enable_customer_cancellation: config.customerMayCancel },
            },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply, id),
        signal,
      ),

    refundPayment: (id, { charge, amount }, config, key, signal) =>
      answerOf(
        () =>
          readers.refundPayment(
            id,
            {
              charge,
              amount: amount.amount,
              refund_payment_config: { enable_customer_cancellation: config.customerMayCancel },
            },
            { idempotencyKey: key },
          ),
        (reply) => readReader(reply, id),
        signal,
      ),

    cancelAction: (id, signal) =>
      answerOf(
        () => readers.cancelAction(id),
        (reply) => readReader(reply, id),
        signal,
      ),

    setReaderDisplay: ({ id }, { currency, total, tax, lines }, signal) =>
      answerOf(
        () =>
          readers.setReaderDisplay(id, {
            type: 'cart',
            cart: { currency, total, tax, line_items: lines.map((line) => ({ ...line })) },
          }),
        (reply) => readReader(reply, id),
        signal,
      ),
  };
}

/**
 * A card is kept for the purpose the customer agreed to, and is never shown in another checkout.
 * https://docs.stripe.com/terminal/features/saving-payment-details/save-after-payment
 */
const forWhatWasAgreed = 'limited';

function promptOf({ customerMayCancel, skipTipping, keepsCard }: PromptConfig): {
  enable_customer_cancellation: boolean;
  skip_tipping: boolean;
  allow_redisplay?: typeof forWhatWasAgreed;
} {
  return {
    enable_customer_cancellation: customerMayCancel,
    skip_tipping: skipTipping,
    ...(keepsCard ? { allow_redisplay: forWhatWasAgreed } : {}),
  };
}
