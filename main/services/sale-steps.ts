import { faultMessage } from '../domain/fault-message.ts';
import { type Effect, isReaderEffect } from '../domain/effect.ts';
import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { transition } from '../domain/sale-transition.ts';
import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { ReaderDriver } from '../ports/reader-driver.ts';
import type { ClientSecrets } from './client-secrets.ts';

export interface SaleStepsOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly driver: ReaderDriver;
  readonly clientSecrets: ClientSecrets;
  /** Called after a step is on disk, before the reader is commanded. */
  readonly onStep: (sale: Sale) => void;
}

/** The one door through which anything happens to a sale: read, decide and write in one transaction, then act. */
export class SaleSteps {
  readonly #options: SaleStepsOptions;

  constructor(options: SaleStepsOptions) {
    this.#options = options;
  }

  /**
   * Applies the event to the stored sale. On return the step, its journal entry and its outbox work are on
   * disk, together with what `alongside` wrote; the reader has been commanded after that. An event that means
   * nothing to the sale changes nothing, but `alongside` is carried out. Returns null when it was ignored.
   */
  apply(id: SaleId, event: SaleEvent, alongside: () => void = () => undefined): Sale | null {
    const { ledger, clock } = this.#options;
    const step = ledger.atomically(() => {
      alongside();
      const before = ledger.findSale(id);
      if (before === null) return null;
      const result = transition(before, event);
      if (result.kind === 'ignored') {
        this.#logIgnored(before, event, result.why);
        return null;
      }
      const nowMs = clock.nowMs();
      const sale = result.kind === 'moved' ? result.sale : before;
      if (sale !== before) ledger.saveStep(before, sale, event, nowMs);
      for (const effect of result.effects) {
        if (!isReaderEffect(effect)) ledger.enqueue(id, effect, nowMs);
      }
      return { before, sale, effects: result.effects };
    });
    if (step === null) return null;

    this.#logStep(step.before, step.sale, event);
    this.#follow(step.sale, step.effects);
    return step.sale;
  }

  /** What follows a stored step can't undo it: a fault here is told and no more. */
  #follow(sale: Sale, effects: readonly Effect[]): void {
    const { clientSecrets, driver, onStep } = this.#options;
    this.#attempt(sale, () => {
      onStep(sale);
    });
    for (const effect of effects.filter(isReaderEffect)) {
      this.#attempt(sale, () => {
        driver.command({ kind: 'payment', sale }, effect, clientSecrets.of(sale.id));
      });
    }
    clientSecrets.forgetAfter(sale);
  }

  #attempt(sale: Sale, what: () => void): void {
    try {
      what();
    } catch (error) {
      const why = faultMessage(error);
      this.#options.log.write('error', 'sale.not_followed', {
        sale: sale.id,
        state: sale.state,
        why,
      });
    }
  }

  #logStep(before: Sale, sale: Sale, event: SaleEvent): void {
    this.#options.log.write('info', 'sale.stepped', {
      sale: sale.id,
      why: event.kind,
      stateBefore: before.state,
      state: sale.state,
    });
  }

  #logIgnored(sale: Sale, event: SaleEvent, why: string): void {
    this.#options.log.write('info', 'sale.event_ignored', {
      sale: sale.id,
      state: sale.state,
      step: event.kind,
      why,
    });
  }
}
