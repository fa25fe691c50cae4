import type { OutboxRow } from '../ports/ledger.ts';
import type { Answer, PaymentsApi } from '../ports/payments-api.ts';
import { type KnownTime, learnTime } from './known-time.ts';
import type { StripeReach } from './stripe-reach.ts';

/** 20 hours in milliseconds: Stripe keeps a key for at least 24. */
const keyAgeMax = 20 * 3_600_000;

/** Every answer that is no knowledge of success. */
export type NotDone = Exclude<Answer<unknown>, { kind: 'done' }>;

/** Stands for the answer of a call that was not made. */
export const notAsked: NotDone = { kind: 'uncertain', status: 0, requestId: undefined };

/** Whether a key that was stored a while ago may still be sent (P3). */
export class KeyAge {
  readonly #clock: KnownTime;
  readonly #payments: PaymentsApi;
  readonly #reach: StripeReach;

  constructor(clock: KnownTime, payments: PaymentsApi, reach: StripeReach) {
    this.#clock = clock;
    this.#payments = payments;
    this.#reach = reach;
  }

  /**
   * How old a key is that may have left before can be told only by Stripe's own clock: ours may have stood still, or
   * been set. Null when that is known; else what stood in the way.
   */
  async learn(row: OutboxRow, signal: AbortSignal): Promise<NotDone | null> {
    if (row.key === null || !row.mayHaveBeenSent) return null;
    const silence = await learnTime(this.#clock, this.#payments, signal);
    if (silence !== null) this.#reach.heard(silence);
    return silence;
  }

  /** In both directions: a clock that was set back says as little as an old key. */
  isOld(row: OutboxRow): boolean {
    return Math.abs(this.#clock.nowMs() - row.storedAtMs) > keyAgeMax;
  }
}

/** The stored key of a changing call. Refuses, by throwing, a row that has none. */
export function keyOf(row: OutboxRow): string {
  if (row.key === null) throw new Error('a changing call carries its stored key');
  return row.key;
}
