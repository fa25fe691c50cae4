import type { Checkout, Started } from '../../../main/services/checkout.ts';
import { costOf } from '../kiosk/price-list.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { Agenda } from '../time/agenda.ts';

export interface ArrivalsParts {
  readonly agenda: Agenda;
  readonly runs: readonly SaleRun[];
  readonly checkout: () => Checkout | null;
  /** Stands before the screen, and has touched nothing yet. */
  readonly onArrived: (run: SaleRun) => void;
  readonly onStarted: (run: SaleRun) => void;
  /** True while a card is kept, or asked for, without a sale. */
  readonly isKeeping: () => boolean;
  /** They buy nothing, and want a card kept. */
  readonly keepsAlone: (run: SaleRun) => void;
  /** Shows the code of an order; null where they choose here. */
  readonly opensOrder: (run: SaleRun) => Started['kind'] | 'spent' | null;
}

/** A customer who was refused comes back after this, and the third time goes home. Milliseconds. */
const againMs = 20_000;
const refusalsMax = 3;

/** One customer after the other comes to the kiosk. */
export class Arrivals {
  readonly #parts: ArrivalsParts;
  #next = 0;
  #refusals = 0;
  #isDue = false;
  #isClosed = false;
  /** Who stands there, or stood there last. */
  inHand: SaleRun | null = null;
  /** Customers who went home. */
  refused = 0;

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  /** Everybody has been there. */
  get isOver(): boolean {
    return this.#next >= this.#parts.runs.length;
  }

  /** Nobody comes any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** The screen is free. */
  expect(): void {
    const run = this.#parts.runs[this.#next];
    if (this.#isDue || this.#isClosed || run === undefined) return;
    this.#isDue = true;
    this.#parts.agenda.after(run.plan.gapMs, () => {
      this.#isDue = false;
      this.#arrive(run);
    });
  }

  #arrive(run: SaleRun): void {
    const { agenda, checkout, runs, onArrived, onStarted, isKeeping, keepsAlone, opensOrder } =
      this.#parts;
    const desk = checkout();
    if (desk === null || desk.sale !== null || isKeeping() || run !== runs[this.#next]) return;
    this.inHand = run;
    if (run.plan.card?.wish === 'keeps_alone') {
      this.#next += 1;
      onArrived(run);
      keepsAlone(run);
      onStarted(run);
      return;
    }
    run.total = costOf(run.plan.lines);
    onArrived(run);
    let started: Started['kind'] | 'spent' | null = null;
    try {
      started = opensOrder(run) ?? desk.start(run.plan.lines).kind;
    } finally {
      if (started !== 'started' && checkout() === null) this.#next += 1;
    }
    if (started === 'spent') {
      // Whoever holds a code that was used goes to the desk.
      this.#next += 1;
      agenda.after(againMs, () => this.expect());
      return;
    }
    if (started === 'started') {
      this.#next += 1;
      this.#refusals = 0;
      onStarted(run);
      return;
    }
    this.#refusals += 1;
    if (this.#refusals >= refusalsMax) {
      this.refused += 1;
      this.#refusals = 0;
      this.#next += 1;
    }
    agenda.after(againMs, () => this.expect());
  }
}
