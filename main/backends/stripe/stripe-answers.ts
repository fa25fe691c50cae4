import Stripe from 'stripe';
import type { Answer } from '../../ports/payments-api.ts';
import { UnbelievableReply } from './stripe-replies.ts';

/** The client's own limit counts from the last byte; this one holds for a reply that drips, too. Milliseconds. */
const answerLimitMs = 20_000;

/**
 * Runs one request and says what is known after it. Switches on status and code, not on the error's class:
 * a 409 and a 5xx share one. Whatever is neither an answer of Stripe's nor understood is `unanswered`.
 */
export async function answerOf<Value>(
  request: () => Promise<{ lastResponse?: { requestId?: string } }>,
  believe: (reply: unknown) => Value,
  signal: AbortSignal,
): Promise<Answer<Value>> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]);
    const reply = await unlessAborted(request(), limit);
    return { kind: 'done', value: believe(reply), requestId: reply.lastResponse?.requestId };
  } catch (error) {
    return answerOfError(error, signal);
  }
}

function answerOfError(
  error: unknown,
  signal: AbortSignal,
): Exclude<Answer<never>, { kind: 'done' }> {
  if (error instanceof UnbelievableReply) return { kind: 'unanswered', code: 'unbelievable_reply' };
  if (!(error instanceof Stripe.errors.StripeError)) {
    if (!(error instanceof Aborted)) throw error;
    return { kind: 'unanswered', code: signal.aborted ? 'aborted' : 'no_answer' };
  }
  const { statusCode: status, requestId } = error;
  const code = error.code ?? error.rawType ?? error.type;
  if (status === undefined) {
    // What is no connection error either was an answer, but none of Stripe's: a sign-in page, a wrong address.
    const isSilence = error instanceof Stripe.errors.StripeConnectionError;
    return { kind: 'unanswered', code: isSilence ? 'no_answer' : 'not_stripe' };
  }
  const isLimit = status === 400 && code === 'rate_limit';
  if (status === 409 || status === 429 || isLimit) return { kind: 'busy', status, code };
  if (status === 401 || status === 403) return { kind: 'denied', status, code };
  if (status >= 500) return { kind: 'uncertain', status, requestId };
  // An error page of a proxy or of a wrong address is not Stripe's word.
  if (error.rawType === undefined) return { kind: 'unanswered', code: 'not_stripe' };
  return { kind: 'refused', status, code, requestId };
}

class Aborted extends Error {}

/** Stripe's client takes no signal; its own timeout ends the request that is left behind. */
function unlessAborted<Value>(request: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const abort = (): void => reject(new Aborted());
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  request.then(resolve, reject).finally(() => {
    signal.removeEventListener('abort', abort);
  });
  return promise;
}
