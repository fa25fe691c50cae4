import type Stripe from 'stripe';
import type { SaleId } from '../../domain/ids.ts';
import type { PaymentIntentFacts } from '../../domain/payment-intent.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { AnswerOf } from './stripe-answers.ts';
import { readPaymentIntentPage } from './stripe-lists.ts';
import { readPaymentIntent } from './stripe-replies.ts';

/** Our clock may be wrong by hours: a look-up begins this much earlier. Milliseconds. */
const marginMs = 24 * 3_600_000;
/** A bound on a look-up: 50 pages of 100. */
const pagesMax = 50;

/** Lists have no filter for metadata and search lags behind, so every page since then is looked through. */
export async function lookUp(
  stripe: Stripe,
  answerOf: AnswerOf,
  saleId: SaleId,
  createdSinceMs: number,
  signal: AbortSignal,
): Promise<Answer<PaymentIntentFacts | null>> {
  const created = { gte: Math.max(0, Math.floor((createdSinceMs - marginMs) / 1_000)) };
  let after: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
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
