import type { Timers } from './timers.ts';

const minuteMs = 60_000;

/** The time of day for the attract screen; it moves when the minute does. */
export class ClockState {
  readonly #timers: Timers;
  #nowMs = $state(0);
  #timer: number | null = null;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#nowMs = timers.now();
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  start(): void {
    this.stop();
    this.#tick();
  }

  stop(): void {
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#timer = null;
  }

  #tick(): void {
    this.#nowMs = this.#timers.now();
    this.#timer = this.#timers.after(minuteMs - (this.#nowMs % minuteMs), () => {
      this.#tick();
    });
  }
}
