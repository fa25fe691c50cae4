import type { Clock } from '../ports/clock.ts';

/** One reason for every wake: an abort without one makes an error with a stack each time. */
const woken = new Error('woken');

/** A loop's pause, which may be ended before its time. */
export class Nap {
  readonly #clock: Clock;
  #stop = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From here on a wake-up counts for the next sleep, also one that comes before that sleep has begun. */
  begin(): void {
    this.#stop = new AbortController();
  }

  wake(): void {
    this.#stop.abort(woken);
  }

  /** Resolves after `ms`, or as soon as it was woken since `begin`. Never rejects. */
  async sleep(ms: number): Promise<void> {
    await this.#clock.sleep(ms, this.#stop.signal).catch(() => undefined);
  }
}
