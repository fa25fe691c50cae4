import { setTimeout as machineSleep } from 'node:timers/promises';
import { type ClockSetting, hurry } from './hurried-clock.ts';

/** The time outside the kiosk: it follows the kiosk's jumps, and its own waits take a fiftieth of what they say. */
export class WorldClock {
  #standsAtMs = Date.UTC(2026, 10, 20, 9);
  readonly #machineMs = Date.now();

  nowMs(): number {
    return this.#standsAtMs + (Date.now() - this.#machineMs);
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await machineSleep(ms / hurry, undefined, signal === undefined ? {} : { signal });
  }

  /** Lets `ms` pass at once. */
  skip(ms: number): void {
    this.#standsAtMs += ms;
  }

  /** What a kiosk that opens now is to take for the time. */
  get setting(): ClockSetting {
    return { standsAtMs: this.nowMs(), machineMs: Date.now() };
  }
}
