import { setTimeout as machineSleep } from 'node:timers/promises';
import type { Clock } from '../../main/ports/clock.ts';

/** Where a clock stood at a moment of the machine's own time; it goes on from there as fast as the machine's. */
export interface ClockSetting {
  /** Epoch milliseconds. */
  readonly standsAtMs: number;
  readonly machineMs: number;
}

/** A short wait takes a fiftieth of its time. */
export const hurry = 50;

export interface HurriedClockOptions {
  readonly setting: ClockSetting;
  /** From so many milliseconds on a wait is a long one. */
  readonly longFromMs: number;
  /** Told of time that passed in a jump, in milliseconds. */
  readonly onJump: (ms: number) => void;
}

/**
 * A clock for a kiosk that should not keep a test waiting. A short wait (a retry, a second look) is over in a fiftieth
 * of its time, and the clock jumps to where it would have ended. A long wait (how long a customer may take) lasts as
 * long as it says, so that a busy machine never looks like a slow customer, unless time is made to pass.
 */
export class HurriedClock implements Clock {
  readonly #options: HurriedClockOptions;
  readonly #long = new Set<{ dueMs: number; readonly wake: () => void }>();
  #jumpedMs = 0;
  /** What was made to pass; long waits feel this and no other jump. */
  #passedMs = 0;

  constructor(options: HurriedClockOptions) {
    this.#options = options;
  }

  nowMs(): number {
    return this.#options.setting.standsAtMs + this.#machineMs() + this.#jumpedMs + this.#passedMs;
  }

  monotonicMs(): number {
    return this.nowMs();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return ms < this.#options.longFromMs ? this.#short(ms, signal) : this.#wait(ms, signal);
  }

  /** Makes `ms` pass at once: long waits that fall due meanwhile end. */
  pass(ms: number): void {
    this.#passedMs += ms;
    this.#options.onJump(ms);
    for (const wait of [...this.#long]) if (wait.dueMs <= this.#longMs()) wait.wake();
  }

  async #short(ms: number, signal: AbortSignal): Promise<void> {
    const dueMs = this.nowMs() + ms;
    await machineSleep(ms / hurry, undefined, { signal });
    const jumpMs = Math.max(0, Math.ceil(dueMs - this.nowMs()));
    this.#jumpedMs += jumpMs;
    if (jumpMs > 0) this.#options.onJump(jumpMs);
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    const passed = new AbortController();
    const wait = { dueMs: this.#longMs() + ms, wake: () => passed.abort() };
    this.#long.add(wait);
    try {
      await machineSleep(ms, undefined, { signal: AbortSignal.any([signal, passed.signal]) });
    } catch (error) {
      if (!passed.signal.aborted) throw error;
    } finally {
      this.#long.delete(wait);
    }
  }

  #longMs(): number {
    return this.#machineMs() + this.#passedMs;
  }

  #machineMs(): number {
    return Date.now() - this.#options.setting.machineMs;
  }
}
