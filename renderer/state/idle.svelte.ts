import type { Timers } from './timers.ts';

/** How long a screen waits for a sign of life; durations in milliseconds. */
export interface IdlePlan {
  readonly quietMs: number;
  /** Null where the screen leaves without asking, because leaving loses nothing. */
  readonly warningMs: number | null;
}

/**
 * Watches for a customer who has gone. After `quietMs` without a touch, key or scroll it asks, and
 * after `warningMs` more it leaves. Any sign of life starts it again, without limit
 * (https://www.w3.org/TR/WCAG22/#timing-adjustable).
 */
export class IdleState {
  readonly #timers: Timers;
  readonly #leave: () => void;
  #plan: IdlePlan | null = null;
  #timer: number | null = null;
  #secondsLeft = $state<number | null>(null);

  constructor(timers: Timers, leave: () => void) {
    this.#timers = timers;
    this.#leave = leave;
  }

  /** Whole seconds until the screen leaves; null while it does not ask. */
  get secondsLeft(): number | null {
    return this.#secondsLeft;
  }

  /** Starts over with the plan of a new screen; null stops the watch. */
  follow(plan: IdlePlan | null): void {
    this.#plan = plan;
    this.#rest();
  }

  /** A touch, a key, a scroll: somebody is here. */
  stir(): void {
    if (this.#plan !== null) this.#rest();
  }

  #rest(): void {
    this.#stop();
    this.#secondsLeft = null;
    if (this.#plan === null) return;
    const { quietMs, warningMs } = this.#plan;
    this.#timer = this.#timers.after(quietMs, () => {
      if (warningMs === null) this.#gone();
      else this.#ask(this.#timers.now() + warningMs);
    });
  }

  #ask(untilMs: number): void {
    const leftMs = untilMs - this.#timers.now();
    if (leftMs <= 0) {
      this.#gone();
      return;
    }
    this.#secondsLeft = Math.ceil(leftMs / 1_000);
    const toNextSecondMs = leftMs % 1_000 || 1_000;
    this.#timer = this.#timers.after(toNextSecondMs, () => {
      this.#ask(untilMs);
    });
  }

  #gone(): void {
    this.follow(null);
    this.#leave();
  }

  #stop(): void {
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#timer = null;
  }
}
