import type { ClosedView, Snapshot } from '../../preload/contract/kiosk.ts';
import type { ReaderStatus } from '../../preload/contract/reader.ts';
import { exponentOf } from '../domain/money.ts';
import type { Sale } from '../domain/sale.ts';
import { defaultWaitLimits } from '../domain/sale-waits.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Reach } from '../services/stripe-reach.ts';
import { type CardPaymentPlace, cardPaymentView } from './card-payment-view.ts';
import { type CardsSnapshot, noCards } from './cards-snapshot.ts';
import { type Letterhead, receiptView } from './receipt-view.ts';
import { saleView } from './sale-view.ts';

/** What of a snapshot never changes while the kiosk runs. */
export type FixedPart = Pick<
  Snapshot,
  'mode' | 'studio' | 'theme' | 'locale' | 'training' | 'features'
> & {
  readonly currency: string;
  readonly readerSide: Snapshot['reader']['side'];
};

/** What it is made of anew each time. */
export interface MovingPart {
  readonly closed: ClosedView | null;
  readonly sale: Sale | null;
  readonly reach: Reach;
  readonly reader: ReaderStatus;
  /** Of the reader in use, which staff may change at any time. */
  readonly readerPlace: Omit<Snapshot['reader'], 'side'>;
}

/** Idle times: kiosk practice; the warning is at least 20 s by WCAG 2.2, SC 2.2.1. */
const timings: Snapshot['timings'] = {
  idleMs: 60_000,
  idleWarningMs: 20_000,
  resultMs: 20_000,
  stillPayingMs: defaultWaitLimits.stillPayingMs,
};

/** Makes snapshots, each with the next revision. */
export class Snapshots {
  readonly #fixed: FixedPart;
  readonly #moving: () => MovingPart;
  readonly #receipts: { readonly ledger: Ledger; readonly letterhead: Letterhead } | null;
  readonly #cards: Pick<CardsSnapshot, 'now' | 'of'>;
  #revision = 0;

  constructor(
    fixed: FixedPart,
    receipts: { readonly ledger: Ledger; readonly letterhead: Letterhead } | null,
    moving: () => MovingPart,
    cards: Pick<CardsSnapshot, 'now' | 'of'> = noCards,
  ) {
    this.#cards = cards;
    this.#fixed = fixed;
    this.#receipts = receipts;
    this.#moving = moving;
  }

  next(): Snapshot {
    const { currency, readerSide, ...fixed } = this.#fixed;
    const { closed, sale, reach, reader, readerPlace } = this.#moving();
    this.#revision += 1;
    return {
      ...fixed,
      reader: { side: readerSide, ...readerPlace },
      revision: this.#revision,
      currency: { code: currency, exponent: exponentOf(currency) ?? 2 },
      timings,
      closed,
      cardPayment: cardPaymentView(reach, reader, this.#placeOf(sale)),
      sale: sale === null ? null : this.#saleView(sale),
      ...this.#cards.now(),
    };
  }

  #placeOf(sale: Sale | null): CardPaymentPlace {
    const { system, readerConnects } = this.#fixed.features;
    const isPaying = sale !== null && sale.state !== 'open';
    return { system, needsNoReader: readerConnects === 'with_order' && !isPaying };
  }

  #saleView(sale: Sale): Snapshot['sale'] {
    const receipts = this.#receipts;
    const receipt =
      receipts === null ? null : receiptView(sale, receipts.ledger, receipts.letterhead);
    return saleView(sale, receipt, this.#cards.of(sale), this.#fixed.features.orders);
  }
}
