import type { Answer } from '../../../main/ports/payments-api.ts';

/** What the payment system sends back for one request. */
export type Reply<Value> =
  | { readonly status: 200; readonly value: Value }
  | { readonly status: 400 | 401 | 402 | 404 | 409 | 429 | 500; readonly code: string };

/** As main/backends/stripe reads a reply: only 200 and a refusal are knowledge. */
export function answerOf<Value>(reply: Reply<Value>): Answer<Value> {
  switch (reply.status) {
    case 200:
      return { kind: 'done', value: reply.value, requestId: undefined };
    case 409:
    case 429:
      return { kind: 'busy', status: reply.status, code: reply.code };
    case 401:
      return { kind: 'denied', status: 401, code: reply.code };
    case 500:
      return { kind: 'uncertain', status: 500, requestId: undefined };
    case 400:
    case 402:
    case 404:
      return { kind: 'refused', status: reply.status, code: reply.code, requestId: undefined };
  }
}
