import type Stripe from 'stripe';
import type { CardsApi } from '../../ports/cards-api.ts';
import { readCustomer, readCustomerPage } from './customer-replies.ts';
import { pageAfter, secondsOf } from './page-after.ts';
import { searchCustomers } from './search-customers.ts';
import type { AnswerOf } from './stripe-answers.ts';

type Customers = Pick<
  CardsApi,
  'searchCustomers' | 'listCustomers' | 'createCustomer' | 'updateCustomer'
>;

/** Members as Stripe's Customers: `metadata.member` is the studio's own number. */
export function stripeCustomers(stripe: Stripe, answerOf: AnswerOf): Customers {
  const { customers } = stripe;
  return {
    searchCustomers: (memberId, signal) => searchCustomers(stripe, answerOf, memberId, signal),

    listCustomers: ({ createdFromMs, startingAfter }, signal) =>
      answerOf(
        () =>
          customers.list({
            created: { gte: secondsOf(createdFromMs) },
            ...pageAfter(startingAfter),
          }),
        readCustomerPage,
        signal,
      ),

    createCustomer: (memberId, key, signal) =>
      answerOf(
        () => customers.create({ metadata: { member: memberId } }, { idempotencyKey: key }),
        (reply) => readCustomer(reply, { memberId }),
        signal,
      ),

    // What the kiosk does not know is left as it is: the studio may have written it in elsewhere.
    updateCustomer: (id, { name, email, phone }, key, signal) =>
      answerOf(
        () =>
          customers.update(
            id,
            {
              name,
              ...(email === null ? {} : { email }),
              ...(phone === null ? {} : { phone }),
            },
            { idempotencyKey: key },
          ),
        (reply) => {
          readCustomer(reply, { id });
          return null;
        },
        signal,
      ),
  };
}
