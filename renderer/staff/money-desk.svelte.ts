import type { Refusal } from '../../preload/contract/envelope.ts';
import type { MoneyOverview } from '../../preload/contract/staff.ts';
import type { Timers } from '../state/timers.ts';
import { Polled } from './polled.svelte.ts';
import type { StaffCalls } from './staff-calls.ts';

const everyMs = 5_000;

/** The overview, asked again every five seconds and whenever the kiosk has changed; and the queue's "Try now". */
export class MoneyDesk {
  readonly #calls: StaffCalls;
  readonly #polled: Polled<MoneyOverview>;
  #retried = $state(false);

  constructor(calls: StaffCalls, timers: Timers) {
    this.#calls = calls;
    this.#polled = new Polled({ ask: () => calls.ask('money:overview', {}), timers, everyMs });
  }

  /** Null until main has answered for the first time. */
  get overview(): MoneyOverview | null {
    return this.#polled.value;
  }

  /** When the overview was last told, by the page's clock; epoch milliseconds. */
  get toldAtMs(): number {
    return this.#polled.toldAtMs;
  }

  /** Why the last question had no answer: what is shown may be old. */
  get refusal(): Refusal | null {
    return this.#polled.refusal;
  }

  /** Everything that waits has just been tried. */
  get retried(): boolean {
    return this.#retried;
  }

  begin(): void {
    this.#polled.begin();
  }

  end(): void {
    this.#polled.end();
    this.forget();
  }

  forget(): void {
    this.#retried = false;
  }

  /** Asks now. While an answer is awaited, one more question follows it, however often this is called. */
  async refresh(): Promise<void> {
    await this.#polled.refresh();
  }

  async retry(): Promise<void> {
    const told = await this.#calls.ask('money:retry', {});
    if (told.kind === 'told') this.#retried = true;
    await this.refresh();
  }
}
