interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** A clock that stands still until it is told to move; sleepers wake as it passes them. */
export class TestClock {
  #nowMs = Date.UTC(2026, 10, 20, 9);
  #sleepers: Sleeper[] = [];

  readonly nowMs = (): number => this.#nowMs;

  get nowSec(): number {
    return Math.floor(this.#nowMs / 1000);
  }

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (ms === 0) {
        resolve();
        return;
      }
      const abort = (): void => {
        reject(new Error('aborted'));
      };
      signal.addEventListener('abort', abort, { once: true });
      const wake = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      this.#sleepers.push({ untilMs: this.#nowMs + ms, wake });
    });

  advance(ms: number): void {
    this.#nowMs += ms;
    const due = this.#sleepers.filter(({ untilMs }) => untilMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter(({ untilMs }) => untilMs > this.#nowMs);
    for (const { wake } of due) {
      wake();
    }
  }
}

export const hourMs = 60 * 60 * 1000;
export const dayMs = 24 * hourMs;
