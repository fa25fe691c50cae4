import type Stripe from 'stripe';
import type { CardsApi } from '../../ports/cards-api.ts';
import { answersThatTell } from './stripe-answers.ts';
import { stripeCustomers } from './stripe-customers.ts';
import { stripeKeptCards } from './stripe-kept-cards.ts';
import { stripeSetupIntents } from './stripe-setup-intents.ts';

export interface StripeCardsOptions {
  readonly stripe: Stripe;
  /** Told the time, epoch milliseconds, that Stripe put on a reply, whatever the reply says. */
  readonly onDate?: (atMs: number) => void;
}

/** Direct Stripe: Customers, the cards they keep here, and the SetupIntents that keep one without a sale. */
export function stripeCardsApi({ stripe, onDate = () => undefined }: StripeCardsOptions): CardsApi {
  const answerOf = answersThatTell(onDate);
  return {
    ...stripeCustomers(stripe, answerOf),
    ...stripeKeptCards(stripe, answerOf),
    ...stripeSetupIntents(stripe, answerOf),
  };
}
