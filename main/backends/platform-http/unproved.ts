import type { Answer } from '../../ports/payments-api.ts';

/**
 * What is known when the platform has done its part and Stripe has not told what that was: it may be there, and a look
 * for it says whether. The status is that of the answer, 0 where there was none.
 */
export function unproved(
  answer: Exclude<Answer<unknown>, { kind: 'done' }>,
): Extract<Answer<never>, { kind: 'uncertain' }> {
  const status = 'status' in answer ? answer.status : 0;
  return { kind: 'uncertain', status, requestId: undefined };
}
