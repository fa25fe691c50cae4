import type { Clock } from '../../../main/ports/clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Lets everything that is ready to run do so; nothing here waits for real time. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A clock that stands still until a test moves it. Wall time and monotonic time can be moved apart. */
export class VirtualClock implements Clock {
  #monotonicMs = 0;
  #wallStartMs: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startMs = Date.UTC(2026, 10, 20, 9, 0, 0)) {
    this.#wallStartMs = startMs;
  }

  nowMs(): number {
    return this.#wallStartMs + this.#monotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  /** How many waits are running. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const stop = (): void => {
      this.#sleepers.delete(sleeper);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const sleeper: Sleeper = {
      dueMs: this.#monotonicMs + ms,
      wake: () => {
        signal.removeEventListener('abort', stop);
        this.#sleepers.delete(sleeper);
        resolve(undefined);
      },
    };
    this.#sleepers.add(sleeper);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    return promise;
  }

  /** Goes on to the next moment that somebody waits for, and wakes who does; false when nobody waits. */
  leap(): boolean {
    const [next] = [...this.#sleepers].sort((left, right) => left.dueMs - right.dueMs);
    if (next === undefined) return false;
    this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
    next.wake();
    return true;
  }

  /** Moves both times on, waking sleepers one after the other at their own moments. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#monotonicMs + ms;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].sort((left, right) => left.dueMs - right.dueMs)[0];
      if (next === undefined || next.dueMs > untilMs) break;
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#monotonicMs = untilMs;
    await settle();
  }

  /** Sets the wall clock on or back, as an NTP correction does; durations do not notice. */
  jumpWall(ms: number): void {
    this.#wallStartMs += ms;
  }
}
