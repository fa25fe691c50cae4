import type { Clock } from '../ports/clock.ts';
import type { Answer, PaymentsApi } from '../ports/payments-api.ts';

/** Time as Stripe's replies tell it; see server-time.ts. */
export interface KnownTime extends Clock {
  /** False until a reply of this run has told it, and again once the machine slept or its clock was set. */
  readonly isKnown: boolean;
}

/**
 * Lets any reply tell the time where it is not known: what reckons in days or keys must not do so by a machine's clock
 * that may have been set, or stood still. Returns the answer when there was none of use, else null.
 */
export async function learnTime(
  time: KnownTime,
  payments: PaymentsApi,
  signal: AbortSignal,
): Promise<Exclude<Answer<never>, { kind: 'done' }> | null> {
  if (time.isKnown) return null;
  const answer = await payments.probe(signal);
  return answer.kind === 'done' ? null : answer;
}
