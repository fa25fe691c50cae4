import type { Sale } from '../../../main/domain/sale.ts';
import { isFinal, mayLeave } from '../../../main/domain/sale.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import type { Place } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { Agenda } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';

export interface CustomerParts {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly checkout: () => Checkout | null;
  readonly runOf: (saleId: string) => SaleRun | null;
  readonly onFault: (kind: 'walks_away' | 'cancels' | 'hesitates', run: SaleRun) => void;
  /** The order they pay; false when it is refused. */
  readonly namesOrder: (sale: Sale, run: SaleRun) => boolean;
  /** What they want of their cards; `then` follows. */
  readonly atReview: (sale: Sale, run: SaleRun, then: () => void) => void;
  readonly askReceipt: (sale: Sale, run: SaleRun) => void;
  /** The screen is free again. */
  readonly onGone: (run: SaleRun) => void;
}

/** The window gives a sale at review up after this, and leaves a result after that. In milliseconds. */
const idleMs = 80_000;
const resultMs = 20_000;
const againMs = 10_000;
/** Nobody waits longer than that for a reader that asks for no card. */
const extensionsMax = 2;

/** Whoever stands at the screen: reacts to what it shows, once to each new thing. */
export class Customer {
  readonly #parts: CustomerParts;
  #seen = '';

  constructor(parts: CustomerParts) {
    this.#parts = parts;
  }

  /** The screen was dark and is there again. */
  looksAgain(): void {
    this.#seen = '';
  }

  /** The screen shows this sale. */
  sees(sale: Sale): void {
    const thing = `${sale.id}/${sale.state}/${sale.attempt?.stage ?? ''}/${String(sale.attemptsMade)}/${String(sale.lingering)}`;
    if (thing === this.#seen) return;
    this.#seen = thing;
    const run = this.#parts.runOf(sale.id);
    if (run !== null) this.#react(sale, run);
  }

  #react(sale: Sale, run: SaleRun): void {
    switch (sale.state) {
      case 'open':
        this.#unless(run, sale, 'review', idleMs, () => this.#review(sale, run));
        return;
      case 'creating':
        if (mayLeave(sale)) this.#leave(sale, run);
        else this.#mayCancel(run, sale, 'starting');
        return;
      case 'presenting':
        this.#present(sale, run);
        return;
      case 'authorizing':
        if (mayLeave(sale)) this.#leave(sale, run);
        else this.#mayCancel(run, sale, 'asking_bank');
        return;
      case 'authorized':
      case 'capturing':
      case 'finding_out':
      case 'canceling':
      case 'paid':
      case 'canceled':
      case 'expired':
      case 'needs_staff':
        if (mayLeave(sale)) this.#leave(sale, run);
    }
  }

  #review(sale: Sale, run: SaleRun): void {
    if (!this.#parts.namesOrder(sale, run)) {
      this.#cancel(sale, run, 300);
      return;
    }
    this.#parts.atReview(sale, run, () => {
      this.#soon(sale, 0, (checkout) => checkout.confirm(sale.id));
    });
  }

  #present(sale: Sale, run: SaleRun): void {
    switch (sale.attempt?.stage) {
      case 'card_read':
        this.#unless(run, sale, 'card_read', null, (checkout) =>
          checkout.accept(sale.id, sale.attempt?.id ?? ''),
        );
        return;
      case 'still_paying':
        if (run.does('walks_away', 'reader') || run.extensions >= extensionsMax) return;
        run.extensions += 1;
        this.#soon(sale, 1_000, (checkout) => checkout.extend(sale.id));
        return;
      case undefined:
        this.#unless(run, sale, 'declined', null, (checkout) => checkout.retry(sale.id));
        return;
      case 'sent':
      case 'awaiting_card':
      case 'processing':
        this.#mayCancel(run, sale, 'reader');
    }
  }

  /** Goes on, unless this is where this customer cancels or walks away. */
  #unless(
    run: SaleRun,
    sale: Sale,
    place: Exclude<Place, 'result'>,
    givenUpAfterMs: number | null,
    goOn: (checkout: Checkout) => unknown,
  ): void {
    if (run.does('walks_away', place)) {
      this.#parts.onFault('walks_away', run);
      if (givenUpAfterMs !== null) this.#cancel(sale, run, givenUpAfterMs);
      return;
    }
    if (run.does('cancels', place)) {
      this.#parts.onFault('cancels', run);
      this.#cancel(sale, run, 300);
      return;
    }
    this.#soon(sale, this.#thinksMs(run), goOn);
  }

  #mayCancel(run: SaleRun, sale: Sale, place: Exclude<Place, 'result'>): void {
    if (!run.does('cancels', place)) return;
    this.#parts.onFault('cancels', run);
    this.#cancel(sale, run, 60);
  }

  #cancel(sale: Sale, run: SaleRun, afterMs: number): void {
    this.#soon(sale, afterMs, (checkout) => {
      checkout.cancel(sale.id);
      if (checkout.sale === null) this.#parts.onGone(run);
    });
  }

  #leave(sale: Sale, run: SaleRun): void {
    const stays = run.does('walks_away', 'result') || run.does('walks_away', 'asking_bank');
    if (stays) this.#parts.onFault('walks_away', run);
    if (sale.state === 'paid' && run.wantsReceipt && !run.askedReceipt) {
      run.askedReceipt = true;
      this.#parts.askReceipt(sale, run);
    }
    const afterMs = stays ? resultMs : isFinal(sale.state) ? 500 : 5_000;
    this.#soon(sale, afterMs, (checkout) => {
      checkout.dismiss(sale.id);
      if (checkout.sale === null) this.#parts.onGone(run);
      // Something happened meanwhile that they have to see first.
      else this.#seen = '';
    });
  }

  #thinksMs(run: SaleRun): number {
    return 200 + Math.floor(drawnUnit(this.#parts.seed, 47, run.plan.index) * 600);
  }

  /** What the kiosk refuses by a fault is tried again: the button is still there. */
  #soon(sale: Sale, afterMs: number, does: (checkout: Checkout) => unknown): void {
    const { agenda, checkout } = this.#parts;
    agenda.after(afterMs, () => {
      const desk = checkout();
      if (desk?.sale?.id !== sale.id) return;
      try {
        does(desk);
      } catch (error) {
        this.#soon(sale, againMs, does);
        throw error;
      }
    });
  }
}
