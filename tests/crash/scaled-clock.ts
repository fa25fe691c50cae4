import type { Clock } from '../../main/ports/clock.ts';

/** Where a clock stood at a moment of the machine's own time, and how fast it has gone since. */
export interface ClockSetting {
  /** Epoch milliseconds of the scaled clock... */
  readonly standsAtMs: number;
  /** ...when the machine's clock stood here. */
  readonly machineMs: number;
  /** How many of its milliseconds pass in one of the machine's. */
  readonly speed: number;
}

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout;
}

/** Taken before a page of the kiosk gets its own, faster one. */
const machineTimeout = setTimeout;

/**
 * A clock that runs faster than the machine's, so that a wait of half a minute costs a moment. Two processes with the
 * same setting agree on the time without a word. Time can also be skipped: what falls due meanwhile happens at once.
 */
export class ScaledClock implements Clock {
  #setting: ClockSetting;
  readonly #sleepers = new Set<Sleeper>();

  constructor(setting: ClockSetting) {
    this.#setting = setting;
  }

  /** The same moment and speed as this clock's, for another process. */
  get setting(): ClockSetting {
    return this.#setting;
  }

  nowMs(): number {
    const { standsAtMs, machineMs, speed } = this.#setting;
    return Math.floor(standsAtMs + (Date.now() - machineMs) * speed);
  }

  monotonicMs(): number {
    return this.nowMs();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const stop = (): void => {
      this.#forget(sleeper);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const sleeper: Sleeper = {
      dueMs: this.nowMs() + ms,
      wake: () => {
        signal.removeEventListener('abort', stop);
        this.#forget(sleeper);
        resolve(undefined);
      },
      timer: machineTimeout(() => {
        sleeper.wake();
      }, ms / this.#setting.speed),
    };
    this.#sleepers.add(sleeper);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    return promise;
  }

  /** Lets `ms` pass at once. */
  skip(ms: number): void {
    this.#setting = { ...this.#setting, standsAtMs: this.#setting.standsAtMs + ms };
    this.#reset();
  }

  /** Goes on from the present moment at another speed. */
  changeSpeed(speed: number): void {
    this.#setting = { standsAtMs: this.nowMs(), machineMs: Date.now(), speed };
    this.#reset();
  }

  #reset(): void {
    const nowMs = this.nowMs();
    for (const sleeper of [...this.#sleepers].sort((left, right) => left.dueMs - right.dueMs)) {
      clearTimeout(sleeper.timer);
      const leftMs = Math.max(0, sleeper.dueMs - nowMs) / this.#setting.speed;
      sleeper.timer = machineTimeout(() => {
        sleeper.wake();
      }, leftMs);
    }
  }

  #forget(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    this.#sleepers.delete(sleeper);
  }
}
