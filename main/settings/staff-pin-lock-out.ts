import type { Clock } from '../ports/clock.ts';
import type { StoredPin } from './staff-pin-file.ts';

/** Wrong tries in a row before the first wait. */
export const triesMax = 5;
const firstWaitMs = 30_000;
const waitMaxMs = 15 * 60_000;

/** How long the tries after this many wrong ones wait, in milliseconds: 30 s after five, doubled by each further one, 15 min at most. */
export function waitAfterMs(wrongTries: number): number {
  if (wrongTries < triesMax) return 0;
  return Math.min(firstWaitMs * 2 ** (wrongTries - triesMax), waitMaxMs);
}

/**
 * Counts the wait after wrong tries. Only this process's own running time counts, never the wall clock, which
 * whoever stands at the computer may set: a wait that a restart has cut off begins anew, so that neither shortens it.
 */
export class StaffPinLockOut {
  readonly #clock: Clock;
  #wait: { readonly of: string; readonly untilMonotonicMs: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What is left of the wait, in milliseconds; 0 when there is none. The first look begins it. */
  remainingMs(stored: StoredPin): number {
    const waitMs = stored.waited ? 0 : waitAfterMs(stored.wrongTries);
    if (waitMs === 0) {
      // After a right try the count may come back to where it was: that is another wait.
      this.#wait = null;
      return 0;
    }
    const of = `${stored.pin.salt} ${stored.wrongTries}`;
    if (this.#wait?.of !== of) {
      this.#wait = { of, untilMonotonicMs: this.#clock.monotonicMs() + waitMs };
    }
    return Math.max(0, this.#wait.untilMonotonicMs - this.#clock.monotonicMs());
  }
}
