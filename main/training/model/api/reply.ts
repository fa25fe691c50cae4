import type { ApiError } from '../api-error.ts';

/** What is known of a request while it is answered; filled in as its headers are read. */
export interface ReplyContext {
  readonly requestId: string;
  readonly nowMs: number;
  version: string;
  idempotencyKey: string | null;
}

/** The headers of every answer, and of a refusal when one is given. */
export function replyHeaders(context: ReplyContext, error?: ApiError): Record<string, string> {
  return {
    'content-type': 'application/json',
    date: new Date(context.nowMs).toUTCString(),
    'request-id': context.requestId,
    'stripe-version': context.version,
    ...(context.idempotencyKey === null ? {} : { 'idempotency-key': context.idempotencyKey }),
    ...(error === undefined ? {} : shouldRetry(error)),
  };
}

/** The body of a refusal. */
export function errorBody(error: ApiError, context: ReplyContext): object {
  return {
    error: {
      ...error.body,
      request_log_url: `https://dashboard.stripe.com/test/logs/${context.requestId}`,
    },
  };
}

/**
 * Tells the client whether to send the same again: yes while the key is at work, no when the key
 * would only replay a stored failure. https://docs.stripe.com/error-low-level
 */
function shouldRetry(error: ApiError): Record<string, string> {
  if (error.status === 409) {
    return { 'stripe-should-retry': 'true' };
  }
  const futile = error.status >= 500 || error.status === 402 || error.status === 400;
  return futile ? { 'stripe-should-retry': 'false' } : {};
}
