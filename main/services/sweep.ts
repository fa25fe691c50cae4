import { faultMessage } from '../domain/fault-message.ts';
import type { AccountOptions } from './account-options.ts';
import { Nap } from './nap.ts';
import { chanceOf } from './poll-delay.ts';
import { SweepRound, type SweepOutcome } from './sweep-round.ts';

export type { SweepOutcome } from './sweep-round.ts';

export interface SweepOptions extends AccountOptions {
  /** False behind a system that lists nothing: then there is nothing to compare with. */
  readonly canList?: boolean;
  /** Told of the end of every sweep. */
  readonly onSwept?: (outcome: SweepOutcome) => void;
}

/** A sweep asked for by events waits this long after the last, so that a storm of events is one sweep. */
const pauseMs = 60_000;
const dailyMs = 24 * 3_600_000;
/** After a sweep that could not be ended, doubled each time. */
const againMs = 30_000;
const againMaxMs = 1_800_000;

/**
 * Compares the whole account with the file: at the start of a run, when it is asked for, before a day is closed, and
 * once a day. It reads and asks for reads; it never captures or cancels.
 */
export class Sweep {
  readonly #options: SweepOptions;
  readonly #closing = new AbortController();
  readonly #nap: Nap;
  #loop: Promise<void> | null = null;
  #running: Promise<SweepOutcome> | null = null;
  #last: { readonly outcome: SweepOutcome; readonly monotonicMs: number } | null = null;
  #runs = 0;
  #failures = 0;
  #isRunning = false;
  #isAskedAgain = false;

  constructor(options: SweepOptions) {
    this.#options = options;
    this.#nap = new Nap(options.clock);
  }

  /** How the last sweep of this run of the kiosk ended; null before the first. */
  get lastOutcome(): SweepOutcome | null {
    return this.#last?.outcome ?? null;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** A sweep was asked for in the books: one under way may have passed the place that is meant. */
  wake(): void {
    this.#isAskedAgain = this.#isRunning;
    this.#nap.wake();
  }

  /** Sweeps now, or waits for the sweep that is under way. Never rejects. */
  sweepNow(): Promise<SweepOutcome> {
    this.#running ??= this.#sweep().finally(() => {
      this.#running = null;
      this.#nap.wake();
    });
    return this.#running;
  }

  /** Gives up the call under way and waits for what is being stored. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#nap.wake();
    await this.#loop;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const leftMs = this.#untilDueMs();
      if (leftMs <= 0) await this.sweepNow();
      else {
        this.#nap.begin();
        await this.#nap.sleep(leftMs);
      }
    }
  }

  /** By durations that only grow: a clock that is set must neither stop nor repeat it. */
  #untilDueMs(): number {
    if (this.#last === null) return 0;
    const { clock } = this.#options;
    const agoMs = clock.monotonicMs() - this.#last.monotonicMs;
    return this.#delayMs() - agoMs;
  }

  #delayMs(): number {
    if (this.#failures > 0) {
      const full = Math.min(againMaxMs, againMs * 2 ** Math.min(this.#failures - 1, 10));
      return full - (full * chanceOf(this.#options.kioskId, this.#runs)) / 3;
    }
    return this.#isAsked() ? pauseMs : dailyMs;
  }

  #isAsked(): boolean {
    const { books, log } = this.#options;
    try {
      return books.isSweepAsked();
    } catch (error) {
      const why = faultMessage(error);
      log.write('error', 'sweep.fault', { why });
      return false;
    }
  }

  async #sweep(): Promise<SweepOutcome> {
    const { clock, log } = this.#options;
    this.#runs += 1;
    this.#isRunning = true;
    this.#isAskedAgain = false;
    const outcome = await this.#tryRound();
    this.#isRunning = false;
    this.#last = { outcome, monotonicMs: clock.monotonicMs() };
    this.#failures = outcome.kind === 'complete' ? 0 : this.#failures + 1;
    if (outcome.kind === 'complete') {
      log.write('info', 'sweep.done', { count: outcome.listed });
    } else if (this.#failures === 1) {
      log.write('warn', 'sweep.not_done', { why: outcome.why });
    }
    this.#options.onSwept?.(outcome);
    return outcome;
  }

  async #tryRound(): Promise<SweepOutcome> {
    const { canList = true } = this.#options;
    try {
      const round = new SweepRound(this.#options, () => this.#isAskedAgain);
      return await round.run(this.#closing.signal, canList);
    } catch (error) {
      const why = faultMessage(error);
      this.#options.log.write('error', 'sweep.fault', { why });
      return { kind: 'incomplete', why: 'fault', isSilence: false };
    }
  }
}
