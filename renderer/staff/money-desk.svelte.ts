import type { Refusal } from '../../preload/contract/envelope.ts';
import type { MoneyOverview } from '../../preload/contract/staff.ts';
import type { Timers } from '../state/timers.ts';
import type { StaffCalls } from './staff-calls.ts';

const everyMs = 5_000;

/** The overview, asked again every five seconds and whenever the kiosk has changed; and the queue's "Try now". */
export class MoneyDesk {
  readonly #calls: StaffCalls;
  readonly #timers: Timers;
  #overview = $state.raw<MoneyOverview | null>(null);
  #askedAtMs = $state(0);
  #refusal = $state.raw<Refusal | null>(null);
  #retried = $state(false);
  #runs = false;
  #asking = false;
  /** How often an answer was wanted; one question serves all that came before it. */
  #wanted = 0;
  /** Grows with each lock. */
  #visit = 0;
  #timer: number | null = null;

  constructor(calls: StaffCalls, timers: Timers) {
    this.#calls = calls;
    this.#timers = timers;
  }

  /** Null until main has answered for the first time. */
  get overview(): MoneyOverview | null {
    return this.#overview;
  }

  /** When the overview was last told, by the page's clock; epoch milliseconds. */
  get toldAtMs(): number {
    return this.#askedAtMs;
  }

  /** Why the last question had no answer: what is shown may be old. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Everything that waits has just been tried. */
  get retried(): boolean {
    return this.#retried;
  }

  begin(): void {
    this.#runs = true;
    void this.refresh();
  }

  end(): void {
    this.#runs = false;
    this.#visit += 1;
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#timer = null;
    this.#overview = null;
    this.#refusal = null;
    this.forget();
  }

  forget(): void {
    this.#retried = false;
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

  async retry(): Promise<void> {
    const told = await this.#calls.ask('money:retry', {});
    if (told.kind === 'refused') this.#refusal = told.refusal;
    else this.#retried = true;
    await this.refresh();
  }

  async #ask(visit: number): Promise<void> {
    if (!this.#runs) return;
    const told = await this.#calls.ask('money:overview', {});
    // Locked meanwhile: what was told is for nobody.
    if (visit !== this.#visit) return;
    if (told.kind === 'refused') {
      this.#refusal = told.refusal;
      return;
    }
    this.#overview = told.value;
    this.#askedAtMs = this.#timers.now();
    this.#refusal = null;
  }

  #wait(): void {
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#timer = null;
    if (!this.#runs) return;
    this.#timer = this.#timers.after(everyMs, () => void this.refresh());
  }
}
