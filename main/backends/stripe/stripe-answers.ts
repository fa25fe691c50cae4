import Stripe from 'stripe';
import { z } from 'zod';
import type { Answer } from '../../ports/payments-api.ts';
import { UnbelievableReply } from './stripe-replies.ts';

/** The client's own limit counts from the last byte; this one holds for a reply that drips, too. Milliseconds. */
const answerLimitMs = 20_000;

/** Runs one request and says what is known after it. */
export type AnswerOf = <Value>(
  request: () => Promise<{ lastResponse?: object }>,
  believe: (reply: unknown) => Value,
  signal: AbortSignal,
) => Promise<Answer<Value>>;

/**
 * Switches on status, code and Stripe's advice, not on the error's class: a 409 and a 5xx share one. Whatever is
 * neither an answer of Stripe's nor understood is `unanswered`. `onDate` hears the time on each of Stripe's replies.
 */
export function answersThatTell(onDate: (atMs: number) => void): AnswerOf {
  return async (request, believe, signal) => {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]);
      const reply = await unlessAborted(request(), limit);
      const headers = headersOf(reply.lastResponse);
      tellDate(headers, onDate);
      return { kind: 'done', value: believe(reply), requestId: headers['request-id'] };
    } catch (error) {
      if (error instanceof Stripe.errors.StripeError) tellDate(headersOf(error), onDate);
      return answerOfError(error, signal);
    }
  };
}

const headers = z.looseObject({
  date: z.string().optional(),
  'request-id': z.string().optional(),
  'stripe-should-retry': z.string().optional(),
});

/** The headers we look at, of a reply or of an error; none when there are none. */
function headersOf(carrier: unknown): z.infer<typeof headers> {
  const found = z.looseObject({ headers }).safeParse(carrier);
  return found.success ? found.data.headers : {};
}

/** Stripe names each of its replies; the clock of a sign-in page or a proxy is nobody's we know. */
function tellDate(
  { date, 'request-id': requestId }: z.infer<typeof headers>,
  onDate: (atMs: number) => void,
): void {
  if (date === undefined || requestId === undefined) return;
  const atMs = Date.parse(date);
  if (!Number.isNaN(atMs)) onDate(atMs);
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
  const code = error.code ?? codeOfMessage(error.message) ?? error.rawType ?? error.type;
  if (status === undefined) {
    // What is no connection error either was an answer, but none of Stripe's: a sign-in page, a wrong address.
    const isSilence = error instanceof Stripe.errors.StripeConnectionError;
    return { kind: 'unanswered', code: isSilence ? 'no_answer' : 'not_stripe' };
  }
  const isLimit = status === 429 || (status === 400 && code === 'rate_limit');
  if (isLimit) return { kind: 'busy', status, code };
  if (status === 401 || status === 403) return { kind: 'denied', status, code };
  // Stripe's advice tells an answer it has stored under the key, which a repeat would only fetch again, from one it
  // has not. https://docs.stripe.com/error-low-level
  const advice = headersOf(error)['stripe-should-retry'];
  if (advice === 'true') return { kind: 'busy', status, code };
  if (status === 409 && advice === undefined) return { kind: 'busy', status, code };
  if (status === 409 || status >= 500) return { kind: 'uncertain', status, requestId };
  // An error page of a proxy or of a wrong address is not Stripe's word.
  if (error.rawType === undefined) return { kind: 'unanswered', code: 'not_stripe' };
  return { kind: 'refused', status, code, requestId };
}

/**
 * The one refusal that is known by its words alone: a reader that a page still leads takes no other commands.
 * https://github.com/stripe/stripe-js/issues/708
 */
function codeOfMessage(message: string): string | undefined {
  return message.includes('different integration mode') ? 'different_integration_mode' : undefined;
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
