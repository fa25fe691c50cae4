import type { Clock } from '../../ports/clock.ts';

const firstMs = 500;
const capMs = 2_000;

/** How long something is tried again: until a limit has passed, or nobody wants it any more. */
export class Patience {
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #untilMs: number;
  #nextMs = firstMs;

  /** `limitMs` from now. */
  constructor(clock: Clock, limitMs: number, signal: AbortSignal) {
    this.#clock = clock;
    this.#untilMs = clock.monotonicMs() + limitMs;
    this.signal = signal;
  }

  /** Waits before the next try, longer each time up to two seconds. False when there is to be none. */
  async again(): Promise<boolean> {
    if (this.signal.aborted || this.#clock.monotonicMs() + this.#nextMs > this.#untilMs) {
      return false;
    }
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(capMs, waitMs * 2);
    await this.#clock.sleep(waitMs, this.signal).catch(() => undefined);
    return !this.signal.aborted;
  }
}
