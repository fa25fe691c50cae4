import type { AttemptId } from '../domain/ids.ts';
import { isFinal, type Sale } from '../domain/sale.ts';
import type { Approval } from '../ports/approval.ts';
import { directAbilities } from '../ports/abilities.ts';
import type { CardsApi } from '../ports/cards-api.ts';
import type { CardBook } from '../ports/card-book.ts';
import type { CardStore } from '../ports/card-store.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Mailer } from '../ports/mailer.ts';
import type { OutboxRow, OutboxWork } from '../ports/ledger.ts';
import type { Errand, ReaderDriver } from '../ports/reader-driver.ts';
import type { RefundBook } from '../ports/refund-book.ts';
import type { RefundsApi } from '../ports/refunds-api.ts';
import { CardDesk } from './cards/card-desk.ts';
import type { CardSettings } from './cards/card-settings.ts';
import type { TextHash } from './cards/text-hash.ts';
import type { DeskOptions } from './desk.ts';
import { Errands } from './errands.ts';
import type { Settled } from './outbox-worker.ts';
import { type GivingBack, givingBack } from './refunds/giving-back.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { StripeReach } from './stripe-reach.ts';

/** What a desk keeps cards and gives money back with, beside the sale of the day. */
export interface BesideSalesOptions {
  readonly cards: {
    /** Both in the same file as the ledger. */
    readonly book: CardBook;
    /** Null: the system behind this kiosk keeps no cards. */
    readonly api: CardsApi | null;
    /** Where the system has customers of its own: what it keeps cards by. */
    readonly store?: CardStore | null;
    readonly mailer: Mailer | null;
    readonly ids: IdSource;
    readonly hash: TextHash;
    /** The studio's name, as a consent says it. */
    readonly merchant: string;
    readonly settings: CardSettings;
  };
  readonly refunds: {
    readonly book: RefundBook;
    /** Null: the system behind this kiosk gives nothing back. */
    readonly api: RefundsApi | null;
  };
  /** Who agrees to giving money back. */
  readonly approval: Approval;
}

/** A charge takes no money out of the studio: whoever is behind the PIN may ask for it. */
const whoeverAsks: Approval = {
  ask: ({ by }) => Promise.resolve({ kind: 'approved', by }),
};

/** What of the desk they are put together with. */
export interface DeskParts {
  readonly steps: SaleSteps;
  readonly reach: StripeReach;
  readonly driver: ReaderDriver;
  readonly saleOnScreen: () => Sale | null;
  /** The reader in use is silent: true when the attempt goes on at the spare. */
  readonly moveFromSilent: (errand: Errand, attempt: AttemptId) => boolean;
  /** There is work for the outbox, and something the window shows may have changed. */
  readonly onStep: () => void;
}

/** Everything of a desk that is no sale: members, their cards, and money given back. */
export class BesideSales {
  readonly cards: CardDesk;
  readonly giving: GivingBack;
  /** The one way to whatever asks for a card, for whoever leads the reader. */
  readonly errands: Errands;

  constructor(options: DeskOptions, beside: BesideSalesOptions, parts: DeskParts) {
    const { ledger, payments, time, log, kioskId, catalogue, maySell, onChange } = options;
    const { steps, reach, driver, saleOnScreen, moveFromSilent, onStep } = parts;
    const { cards, refunds, approval } = beside;
    const around = { ledger, payments, driver, sales: steps, reach, log, kioskId };
    const abilities = options.abilities ?? directAbilities;
    this.cards = new CardDesk({
      ...around,
      ...cards,
      cards: cards.api,
      abilities: abilities.cards,
      approval: whoeverAsks,
      time,
      catalogue,
      maySell,
      saleOnScreen,
      moveFromSilent: (setup, attempt) => moveFromSilent({ kind: 'setup', setup }, attempt),
      wake: onStep,
      onChange,
    });
    this.giving = givingBack({
      ...around,
      ...refunds,
      api: abilities.refunds ? refunds.api : null,
      approval,
      clock: time,
      isReaderFree: () => !this.cards.setups.isUnderWay && !mayUseReader(saleOnScreen()),
      onStep,
    });
    this.errands = new Errands({
      sales: steps,
      ledger,
      setups: this.cards.setupSteps,
      refunds: this.giving.steps,
      cardBook: cards.book,
      refundBook: refunds.book,
    });
  }

  /** Makes the call of a row that is no work of a sale's payment; null for one that is. */
  carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> | null {
    if (this.cards.work.takes(row)) return this.cards.work.carryOut(row, signal);
    return refundKinds.has(row.work.kind) ? this.giving.carryOut(row, signal) : null;
  }

  /** The screen is free: whoever identified themselves for that sale has gone, unless their card is being kept. */
  saleLeft(): void {
    if (!this.cards.setups.isUnderWay) this.cards.session.leave();
  }

  /** Takes up what a former run left. On return the next step of each is on disk. */
  start(): void {
    this.cards.start();
    this.giving.refunds.start();
  }

  /** A page was loaded: nobody is known to stand there, and what the former page held of a card is gone. */
  windowLoaded(): void {
    this.cards.windowLoaded();
    this.giving.refunds.windowLoaded();
  }

  close(): void {
    this.cards.close();
    this.giving.close();
  }
}

function mayUseReader(sale: Sale | null): boolean {
  return sale !== null && !isFinal(sale.state);
}

type Kind = OutboxWork['kind'];

const refundKinds: ReadonlySet<Kind> = new Set<Kind>([
  'refund.create',
  'refund.look_up',
  'refund.read',
]);
