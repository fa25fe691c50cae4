import type { CardSetup } from '../domain/card-setup.ts';
import type { ErrandId, RefundId, SetupId } from '../domain/ids.ts';
import type { ReaderEvent } from '../domain/reader-attempt.ts';
import type { Refund } from '../domain/refund.ts';
import type { Sale } from '../domain/sale.ts';
import type { CardBook } from '../ports/card-book.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Errand } from '../ports/reader-driver.ts';
import type { RefundBook } from '../ports/refund-book.ts';
import { attemptOf, ownerOf } from './reader-errand.ts';
import type { SaleSteps } from './sale-steps.ts';

/**
 * The one way in which whoever leads a reader tells what happened there and learns what asks for a card, whether that
 * is a sale, a setup or a refund.
 */
export interface ErrandSteps {
  /**
   * What a driver tells of an attempt. On return the step is on disk together with what `alongside` wrote, and the
   * reader has been commanded after that. Null when it meant nothing; `alongside` is carried out all the same.
   */
  apply(owner: ErrandId, event: ReaderEvent, alongside?: () => void): Errand | null;
  /** As stored; null for what is not there. */
  find(owner: ErrandId): Errand | null;
  /** Setups and refunds for which a card is asked for now, or whose card is being processed. */
  asking(): readonly Errand[];
}

/** The door of a record that is no sale: each event of a reader goes through it. */
export interface StepDoor<Id extends ErrandId, Thing> {
  apply(id: Id, event: ReaderEvent, alongside?: () => void): Thing | null;
  find(id: Id): Thing | null;
}

export type SetupDoor = StepDoor<SetupId, CardSetup>;
export type RefundDoor = StepDoor<RefundId, Refund>;

export interface ErrandsOptions {
  readonly sales: Pick<SaleSteps, 'apply'>;
  readonly ledger: Pick<Ledger, 'findSale'>;
  /** Null on a kiosk that keeps no cards: then no word about a setup means anything. */
  readonly setups: SetupDoor | null;
  /** Null on a kiosk that gives nothing back. */
  readonly refunds: RefundDoor | null;
  readonly cardBook: Pick<CardBook, 'unfinishedSetups'> | null;
  readonly refundBook: Pick<RefundBook, 'unfinishedRefunds'> | null;
}

/** The doors of sales, setups and refunds behind one. */
export class Errands implements ErrandSteps {
  readonly #options: ErrandsOptions;

  constructor(options: ErrandsOptions) {
    this.#options = options;
  }

  apply(
    owner: ErrandId,
    event: ReaderEvent,
    alongside: () => void = () => undefined,
  ): Errand | null {
    const { sales, setups, refunds } = this.#options;
    const whose = ownerOf(owner);
    switch (whose.kind) {
      case 'payment':
        return paymentOf(sales.apply(whose.id, event, alongside));
      case 'setup':
        if (setups !== null) return setupOf(setups.apply(whose.id, event, alongside));
        break;
      case 'refund':
        if (refunds !== null) return refundOf(refunds.apply(whose.id, event, alongside));
    }
    alongside();
    return null;
  }

  find(owner: ErrandId): Errand | null {
    const { ledger, setups, refunds } = this.#options;
    const whose = ownerOf(owner);
    switch (whose.kind) {
      case 'payment':
        return paymentOf(ledger.findSale(whose.id));
      case 'setup':
        return setupOf(setups?.find(whose.id) ?? null);
      case 'refund':
        return refundOf(refunds?.find(whose.id) ?? null);
    }
  }

  asking(): readonly Errand[] {
    const { cardBook, refundBook } = this.#options;
    const setups = cardBook?.unfinishedSetups() ?? [];
    const refunds = refundBook?.unfinishedRefunds() ?? [];
    const all: readonly Errand[] = [
      ...setups.map((setup) => ({ kind: 'setup', setup }) as const),
      ...refunds.map((refund) => ({ kind: 'refund', refund }) as const),
    ];
    return all.filter((errand) => attemptOf(errand) !== null);
  }
}

function paymentOf(sale: Sale | null): Errand | null {
  return sale === null ? null : { kind: 'payment', sale };
}

function setupOf(setup: CardSetup | null): Errand | null {
  return setup === null ? null : { kind: 'setup', setup };
}

function refundOf(refund: Refund | null): Errand | null {
  return refund === null ? null : { kind: 'refund', refund };
}
