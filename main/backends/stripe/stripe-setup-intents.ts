import type Stripe from 'stripe';
import type { CardsApi } from '../../ports/cards-api.ts';
import { readNewSetupIntent, readSetupIntent } from './setup-intent-replies.ts';
import type { AnswerOf } from './stripe-answers.ts';

type SetupIntents = Pick<CardsApi, 'createSetupIntent' | 'readSetupIntent' | 'cancelSetupIntent'>;

/** The latest attempt with the PaymentMethod of its tap. */
const expand = ['latest_attempt.payment_method'];

/** Keeping a card without a sale, for use when the member is not there. */
export function stripeSetupIntents(stripe: Stripe, answerOf: AnswerOf): SetupIntents {
  const { setupIntents } = stripe;
  return {
    createSetupIntent: ({ customerId, setupId, kioskId }, key, signal) =>
      answerOf(
        () =>
          setupIntents.create(
            {
              customer: customerId,
              allowed_payment_method_types: ['card_present'],
              usage: 'off_session',
              metadata: { setup: setupId, kiosk: kioskId },
              expand,
            },
            { idempotencyKey: key },
          ),
        (reply) => readNewSetupIntent(reply, setupId),
        signal,
      ),

    readSetupIntent: (id, signal) =>
      answerOf(
        () => setupIntents.retrieve(id, { expand }),
        (reply) => readSetupIntent(reply, id),
        signal,
      ),

    cancelSetupIntent: (id, key, signal) =>
      answerOf(
        () =>
          setupIntents.cancel(
            id,
            { cancellation_reason: 'abandoned', expand },
            { idempotencyKey: key },
          ),
        // What it says of itself decides nothing: the read that follows does (P4).
        (reply) => {
          readSetupIntent(reply, id);
          return null;
        },
        signal,
      ),
  };
}
