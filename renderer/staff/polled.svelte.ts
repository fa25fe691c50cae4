import type { Refusal } from '../../preload/contract/envelope.ts';
import type { Timers } from '../state/timers.ts';
import type { Told } from './staff-calls.ts';

export interface PolledOptions<Value> {
  readonly ask: () => Promise<Told<Value>>;
  readonly timers: Timers;
  /** How long after an answer it is asked again; milliseconds. */
  readonly everyMs: number;
  /** True while it is not asked by itself, such as under a form. */
  readonly pauses?: () => boolean;
}

/** Something that main is asked for again and again while staff look at it. */
export class Polled<Value> {
  readonly #options: PolledOptions<Value>;
  #value = $state.raw<Value | null>(null);
  #toldAtMs = $state(0);
  #refusal = $state.raw<Refusal | null>(null);
  #runs = false;
  #asking = false;
  /** How often an answer was wanted; one question serves all that came before it. */
  #wanted = 0;
  /** Grows with each end. */
  #visit = 0;
  #timer: number | null = null;

  constructor(options: PolledOptions<Value>) {
    this.#options = options;
  }

  /** Null until main has answered for the first time. */
  get value(): Value | null {
    return this.#value;
  }

  /** When it was last told, by the page's clock; epoch milliseconds. */
  get toldAtMs(): number {
    return this.#toldAtMs;
  }

  /** Why the last question had no answer: what is shown may be old. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  begin(): void {
    this.#runs = true;
    void this.refresh();
  }

  /** Asks no more, and forgets what was told. */
  end(): void {
    this.#runs = false;
    this.#visit += 1;
    this.#stopWaiting();
    this.#value = null;
    this.#refusal = null;
  }

  /** Asks now. While an answer is awaited, one more question follows it, however often this is called. */
  async refresh(): Promise<void> {
    this.#wanted += 1;
    if (this.#asking) return;
    this.#asking = true;
    for (let answered = 0; answered < this.#wanted;) {
      answered = this.#wanted;
      await this.#ask(this.#visit);
    }
    this.#asking = false;
    this.#wait();
  }

  async #ask(visit: number): Promise<void> {
    if (!this.#runs) return;
    const told = await this.#options.ask();
    // Locked meanwhile: what was told is for nobody.
    if (visit !== this.#visit) return;
    if (told.kind === 'refused') {
      this.#refusal = told.refusal;
      return;
    }
    this.#value = told.value;
    this.#toldAtMs = this.#options.timers.now();
    this.#refusal = null;
  }

  #wait(): void {
    this.#stopWaiting();
    if (!this.#runs) return;
    const { timers, everyMs, pauses } = this.#options;
    this.#timer = timers.after(everyMs, () => {
      if (pauses?.() === true) this.#wait();
      else void this.refresh();
    });
  }

  #stopWaiting(): void {
    if (this.#timer !== null) this.#options.timers.cancel(this.#timer);
    this.#timer = null;
  }
}
