import type { CommandName } from '../../preload/contract/channels.ts';
import type { Requests } from '../../preload/contract/contract.ts';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { SetupView } from '../../preload/contract/cards.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import type { TestPage } from '../support/kiosk-bench.ts';
import { type Deed, doDeed, isDeed } from './deeds.ts';
import type { CustomerStep } from './scenario.ts';

const endStates: ReadonlySet<string> = new Set(['paid', 'canceled', 'expired', 'needs_staff']);
const setupEnds: ReadonlySet<string> = new Set(['kept', 'not_kept', 'canceled']);
/** A minute and a half, in milliseconds: more than the kiosk waits for a card, less than it waits altogether. */
const walkMs = 90_000;

export interface CustomersOptions {
  readonly visits: readonly (readonly CustomerStep[])[];
  readonly reloadPage: () => void;
  readonly passTime: (ms: number) => void;
  /** Every customer has gone; `notDone` names the steps for which the screen gave no occasion. */
  readonly onGone: (notDone: readonly string[]) => void;
}

/** The people at the screen, one after the other. They know nothing but what the screen shows. */
export class Customers {
  readonly #options: CustomersOptions;
  #page: TestPage | null = null;
  #visit = -1;
  #steps: readonly CustomerStep[] = [];
  readonly #notDone: string[] = [];
  #isBusy = false;
  #isOver = false;

  constructor(options: CustomersOptions) {
    this.#options = options;
  }

  /** Looks at a loaded page from now on, or at nothing while one loads; a sale begun on a former page goes on. */
  lookAt(page: TestPage | null): void {
    this.#page = page;
    page?.bridge.on('kiosk:changed', () => {
      if (this.#page === page) this.#look();
    });
    this.#look();
  }

  /** The first customer comes. */
  come(): void {
    void this.#next();
  }

  #look(): void {
    // What the screen shows in the middle of a tap is looked at after it.
    queueMicrotask(() => {
      if (this.#isBusy || this.#isOver || this.#visit < 0 || this.#page === null) return;
      this.#react(this.#page.snapshot);
    });
  }

  #react({ sale, setup }: Snapshot): void {
    if (sale === null) {
      if (setup === null) this.#leave();
      else this.#reactToSetup(setup);
      return;
    }
    const word = sale.stage ?? sale.state;
    const [step] = this.#steps;
    if (step?.at === word) {
      this.#steps = this.#steps.slice(1);
      this.#busy(() => this.#do(step.does, sale));
    } else if (endStates.has(sale.state)) {
      this.#busy(() => this.#ask('sale:dismiss', { saleId: sale.id }));
    }
  }

  #reactToSetup({ id, stage, state }: SetupView): void {
    const [step] = this.#steps;
    if (step?.at === (stage ?? state)) {
      this.#steps = this.#steps.slice(1);
      const does = step.does === 'cancel' ? 'setup:cancel' : 'setup:retry';
      this.#busy(() => this.#ask(does, { setupId: id }));
    } else if (setupEnds.has(state)) {
      this.#busy(() => this.#ask('setup:dismiss', { setupId: id }));
    }
  }

  async #do(does: CustomerStep['does'], sale: SaleView): Promise<void> {
    const saleId = sale.id;
    if (isDeed(does)) return this.#doDeed(does, saleId);
    switch (does) {
      case 'confirm':
        return this.#ask('sale:confirm', { saleId });
      case 'cancel':
        return this.#ask('sale:cancel', { saleId });
      case 'retry':
        return this.#ask('payment:retry', { saleId });
      case 'extend':
        return this.#ask('sale:extend', { saleId });
      case 'accept':
        return this.#ask('payment:accept', { saleId, attemptId: sale.attemptId ?? '' });
      case 'ask_receipt':
        return this.#ask('receipt:email', { saleId, email: 'mara@example.com' });
      case 'leave':
        return this.#ask('sale:dismiss', { saleId });
      case 'reload_page':
        this.#options.reloadPage();
        return;
      case 'walk_away':
        this.#options.passTime(walkMs);
        return;
    }
  }

  async #doDeed(does: Deed, saleId: string | null): Promise<void> {
    if (this.#page !== null) await doDeed(does, this.#page, saleId);
  }

  /** A tap that means nothing any more is refused, and nobody minds. */
  async #ask<Name extends CommandName>(name: Name, request: Requests[Name]): Promise<void> {
    await this.#page?.bridge.ask(name, request);
  }

  #busy(work: () => Promise<void>): void {
    this.#isBusy = true;
    void work().finally(() => {
      this.#isBusy = false;
      this.#look();
    });
  }

  #leave(): void {
    this.#notDone.push(...this.#steps.map(({ at, does }) => `${does} at ${at}`));
    void this.#next();
  }

  async #next(): Promise<void> {
    this.#visit += 1;
    const steps = this.#options.visits[this.#visit];
    if (steps === undefined) {
      this.#isOver = true;
      this.#options.onGone(this.#notDone);
      return;
    }
    this.#isBusy = true;
    const [first] = steps;
    if (first?.at === 'arrival' && isDeed(first.does)) {
      this.#steps = steps.slice(1);
      await this.#doDeed(first.does, null);
    } else {
      this.#steps = steps;
      await this.#ask('sale:start', { lines: [{ itemId: 'evening-flow', quantity: 1 }] });
    }
    this.#isBusy = false;
    this.#look();
  }
}
