import type { Answer } from '../../ports/payments-api.ts';
import type { NotDone } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';

/** Says no without a call. `code` is ours. */
export function noCall(code: string): Extract<NotDone, { kind: 'refused' }> {
  return { kind: 'refused', status: 0, code, requestId: undefined };
}

/** The row is over, and `store` writes what that means, with the row's end, in one transaction. */
export function over(answer: Answer<unknown>, store: Settled['store']): Settled {
  return { answer, isOver: true, store };
}

/** The row waits and is asked again under the same key. */
export function later(answer: Answer<unknown>): Settled {
  return { answer, isOver: false, store: justSettle };
}

/** Over without a call: what the row was for has been done, or must not be done any more. */
export function unwanted(): Settled {
  return over(noCall('not_wanted'), justSettle);
}

/** The row's end means nothing else. */
export function justSettle(settleRow: () => void): void {
  settleRow();
}
