import type { Clock } from '../ports/clock.ts';

/** A wall clock that moved against the monotonic one by more than this was set, or the machine slept. Milliseconds. */
const jumpMs = 60_000;

/**
 * The time as Stripe's replies tell it, carried on by the monotonic clock between them. Deadlines and the age of
 * keys are counted in it, so that a wall clock in 1970, or one that jumps, harms nothing.
 */
export class ServerTime implements Clock {
  readonly #clock: Clock;
  #heard: {
    readonly serverMs: number;
    readonly monotonicMs: number;
    readonly wallMs: number;
  } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of the `Date` of a reply, epoch milliseconds. It has whole seconds and has travelled. */
  heard(serverMs: number): void {
    this.#heard = {
      serverMs,
      monotonicMs: this.#clock.monotonicMs(),
      wallMs: this.#clock.nowMs(),
    };
  }

  /** The time to record and to reckon with, epoch milliseconds: Stripe's where it is known, else the wall clock's. */
  nowMs(): number {
    if (this.#heard === null) return this.#clock.nowMs();
    const { serverMs, monotonicMs } = this.#heard;
    return Math.round(serverMs + this.#clock.monotonicMs() - monotonicMs);
  }

  /** False until a reply of this run told the time, and again once the machine slept or its clock was set. */
  get isKnown(): boolean {
    if (this.#heard === null) return false;
    const { monotonicMs, wallMs } = this.#heard;
    const wallPassed = this.#clock.nowMs() - wallMs;
    const truePassed = this.#clock.monotonicMs() - monotonicMs;
    return Math.abs(wallPassed - truePassed) <= jumpMs;
  }

  /** How far the machine's clock is ahead of Stripe's, in milliseconds; null until a reply told the time. */
  get driftMs(): number | null {
    return this.#heard === null ? null : Math.round(this.#clock.nowMs() - this.nowMs());
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return this.#clock.sleep(ms, signal);
  }
}
