import type { Ledger } from '../model/ledger.ts';
import { comeDue } from '../model/moves/come-due.ts';
import { phaseEndsAtMs } from '../model/terminal/reader-phases.ts';
import type { ReaderState } from '../model/terminal/reader-state.ts';
import type { Sleep } from './bench.ts';

/**
 * Lets server-driven readers go on when their time has come, though nobody asks. The ledger would
 * catch up by itself with the next request; whoever watches a reader's screen needs it in time.
 */
export class Pace {
  readonly #ledger: Ledger;
  readonly #sleep: Sleep;
  readonly #onBug: (error: unknown) => void;
  readonly #stop = new AbortController();

  /** `onBug` is told of what only a bug can cause; no page waits for it here. */
  constructor(ledger: Ledger, sleep: Sleep, onBug: (error: unknown) => void) {
    this.#ledger = ledger;
    this.#sleep = sleep;
    this.#onBug = onBug;
  }

  /** Waits for the end of a reader's phase, if it has one. */
  follow({ phase }: ReaderState): void {
    const atMs = phaseEndsAtMs(phase);
    if (atMs !== null) {
      void this.#wait(Math.max(0, atMs - this.#ledger.clock.nowMs()));
    }
  }

  /** Waits for every reader that was restored in the middle of something. */
  followAll(): void {
    for (const state of this.#ledger.readerStates.oldestFirst()) {
      this.follow(state);
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  async #wait(ms: number): Promise<void> {
    const { signal } = this.#stop;
    try {
      await this.#sleep(ms, signal);
      if (!signal.aborted) {
        comeDue(this.#ledger);
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#onBug(error);
      }
    }
  }
}
