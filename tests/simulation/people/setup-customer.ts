import type { CardSetup } from '../../../main/domain/card-setup.ts';
import type { SetupDesk } from '../../../main/services/cards/setup-desk.ts';
import type { Place } from '../plan/fault.ts';
import type { SaleRun } from '../plan/sale-run.ts';
import type { Agenda } from '../time/agenda.ts';

export interface SetupCustomerParts {
  readonly agenda: Agenda;
  readonly setups: () => SetupDesk | null;
  readonly runOf: (setupId: string) => SaleRun | null;
  readonly onFault: (kind: 'walks_away' | 'cancels', run: SaleRun) => void;
  /** The screen is free again. */
  readonly onGone: (run: SaleRun) => void;
}

const thinksMs = 500;
/** Nobody waits longer for a word that their card is kept. Milliseconds. */
const patienceMs = 20_000;
const againMs = 10_000;
/** After so many refused cards they give it up. */
const cardsMax = 3;

/** A member who has a card kept and buys nothing: reacts to what the screen shows, once to each new thing. */
export class SetupCustomer {
  readonly #parts: SetupCustomerParts;
  #seen = '';

  constructor(parts: SetupCustomerParts) {
    this.#parts = parts;
  }

  /** The screen was dark and is there again. */
  looksAgain(): void {
    this.#seen = '';
  }

  sees(setup: CardSetup): void {
    const { id, state, attempt, attemptsMade } = setup;
    const thing = `${id}/${state}/${attempt?.stage ?? ''}/${String(attemptsMade)}`;
    if (thing === this.#seen) return;
    this.#seen = thing;
    const run = this.#parts.runOf(id);
    if (run !== null) this.#react(setup, run);
  }

  #react(setup: CardSetup, run: SaleRun): void {
    const { id, state, attempt } = setup;
    switch (state) {
      case 'creating':
        this.#mayCancel(setup, run, 'starting');
        return;
      case 'presenting':
        if (attempt === null) this.#declined(setup, run);
        else this.#mayCancel(setup, run, 'reader');
        return;
      case 'saving':
      case 'canceling':
        this.#leave(id, run, patienceMs);
        return;
      case 'kept':
      case 'not_kept':
      case 'canceled':
        this.#leave(id, run, thinksMs);
        return;
      case 'confirming':
    }
  }

  #declined(setup: CardSetup, run: SaleRun): void {
    if (run.does('walks_away', 'declined')) {
      this.#parts.onFault('walks_away', run);
      return;
    }
    if (setup.attemptsMade >= cardsMax) this.#soon(setup.id, (desk) => desk.cancel(setup.id));
    else this.#soon(setup.id, (desk) => desk.retry(setup.id));
  }

  #mayCancel(setup: CardSetup, run: SaleRun, place: Exclude<Place, 'result'>): void {
    if (!run.does('cancels', place)) return;
    this.#parts.onFault('cancels', run);
    this.#soon(setup.id, (desk) => desk.cancel(setup.id));
  }

  #leave(id: string, run: SaleRun, afterMs: number): void {
    this.#soon(
      id,
      (desk) => {
        desk.dismiss(id);
        if (desk.setup === null) this.#parts.onGone(run);
      },
      afterMs,
    );
  }

  /** What the kiosk refuses by a fault is tried again: the button is still there. */
  #soon(id: string, does: (desk: SetupDesk) => unknown, afterMs = thinksMs): void {
    const { agenda, setups } = this.#parts;
    agenda.after(afterMs, () => {
      const desk = setups();
      if (desk?.setup?.id !== id) return;
      try {
        does(desk);
      } catch (error) {
        this.#soon(id, does, againMs);
        throw error;
      }
    });
  }
}
