import type Stripe from 'stripe';
import type { CardsApi } from '../../ports/cards-api.ts';
import {
  readCard,
  readCardOf,
  readCardPage,
  readDetachedCard,
  readLeftBehind,
} from './card-replies.ts';
import { everyPage } from './every-page.ts';
import { pageAfter } from './page-after.ts';
import type { AnswerOf } from './stripe-answers.ts';

type KeptCards = Pick<
  CardsApi,
  'leftBehind' | 'readCard' | 'listCards' | 'attachCard' | 'detachCard'
>;

/** The reusable cards that taps leave behind: PaymentMethods of type `card`. */
export function stripeKeptCards(stripe: Stripe, answerOf: AnswerOf): KeptCards {
  const { customers, paymentIntents, paymentMethods } = stripe;
  return {
    leftBehind: (id, signal) =>
      answerOf(
        () => paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
        (reply) => readLeftBehind(reply, id),
        signal,
      ),

    readCard: (id, signal) =>
      answerOf(
        () => paymentMethods.retrieve(id),
        (reply) => readCard(reply, id),
        signal,
      ),

    listCards: (id, signal) =>
      everyPage((after) =>
        answerOf(
          () => customers.listPaymentMethods(id, { type: 'card', ...pageAfter(after) }),
          readCardPage,
          signal,
        ),
      ),

    attachCard: (id, customer, key, signal) =>
      answerOf(
        () => paymentMethods.attach(id, { customer }, { idempotencyKey: key }),
        (reply) => readCardOf(reply, id, customer),
        signal,
      ),

    detachCard: (id, key, signal) =>
      answerOf(
        () => paymentMethods.detach(id, {}, { idempotencyKey: key }),
        (reply) => readDetachedCard(reply, id),
        signal,
      ),
  };
}
