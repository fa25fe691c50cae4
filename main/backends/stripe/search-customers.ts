import type Stripe from 'stripe';
import type { CustomerFacts } from '../../ports/cards-api.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { readCustomerSearch } from './customer-replies.ts';
import { pageSize } from './page-after.ts';
import type { AnswerOf } from './stripe-answers.ts';

/** A bound: one member has one Customer, or a few of somebody else's making. */
const pagesMax = 20;

/**
 * Every Customer with the member's number that the search shows. A search does not tell upper from lower case, and
 * what it finds is matched again, to the letter. https://docs.stripe.com/search#search-query-language
 */
export async function searchCustomers(
  stripe: Stripe,
  answerOf: AnswerOf,
  memberId: string,
  signal: AbortSignal,
): Promise<Answer<readonly CustomerFacts[]>> {
  const query = `metadata['member']:'${memberId.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
  const found: CustomerFacts[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const where: { page?: string } = after === null ? {} : { page: after };
    const answer = await answerOf(
      () => stripe.customers.search({ query, limit: pageSize, ...where }),
      readCustomerSearch,
      signal,
    );
    if (answer.kind !== 'done') return answer;
    found.push(...answer.value.entries.filter((entry) => entry.memberId === memberId));
    after = answer.value.next;
    if (after === null) return { ...answer, value: found };
  }
  return { kind: 'unanswered', code: 'search_too_long' };
}
