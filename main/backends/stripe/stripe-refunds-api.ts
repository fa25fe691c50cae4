import type Stripe from 'stripe';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import { everyPage } from './every-page.ts';
import { pageAfter } from './page-after.ts';
import { readNewRefund, readRefund, readRefundPage } from './refund-replies.ts';
import { answersThatTell } from './stripe-answers.ts';

export interface StripeRefundsOptions {
  readonly stripe: Stripe;
  /** Told the time, epoch milliseconds, that Stripe put on a reply, whatever the reply says. */
  readonly onDate?: (atMs: number) => void;
}

/** Direct Stripe: giving money back without the card. */
export function stripeRefundsApi({
  stripe,
  onDate = () => undefined,
}: StripeRefundsOptions): RefundsApi {
  const answerOf = answersThatTell(onDate);
  const { refunds } = stripe;
  return {
    create: (request, key, signal) =>
      answerOf(
        () =>
          refunds.create(
            {
              payment_intent: request.paymentIntentId,
              amount: request.amount,
              reason: request.reason,
              metadata: {
                refund: request.refundId,
                sale: request.saleId,
                kiosk: request.kioskId,
              },
            },
            { idempotencyKey: key },
          ),
        (reply) => readNewRefund(reply, request),
        signal,
      ),

    read: (id, signal) =>
      answerOf(
        () => refunds.retrieve(id),
        (reply) => readRefund(reply, id),
        signal,
      ),

    list: (id, signal) =>
      everyPage((after) =>
        answerOf(
          () => refunds.list({ payment_intent: id, ...pageAfter(after) }),
          (reply) => readRefundPage(reply, id),
          signal,
        ),
      ),
  };
}
