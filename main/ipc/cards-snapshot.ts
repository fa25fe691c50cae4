import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { Sale } from '../domain/sale.ts';
import type { CardBook } from '../ports/card-book.ts';
import type { Clock } from '../ports/clock.ts';
import type { CardDesk } from '../services/cards/card-desk.ts';
import { keepingView, memberView, setupView, storedCardView } from './card-views.ts';
import type { SaleView } from '../../preload/contract/sale.ts';

/** What of a snapshot is about cards on file. */
export type CardsPart = Pick<Snapshot, 'member' | 'setup' | 'cards'>;

/** What of a sale's view is. */
export type CardsOfSale = Pick<SaleView, 'keeping' | 'storedCard'>;

/** Cards on file, as the window sees them; a kiosk without them shows none. */
export class CardsSnapshot {
  readonly #desk: Pick<CardDesk, 'session' | 'storedCards' | 'setups' | 'features' | 'canMail'>;
  readonly #book: CardBook;
  readonly #clock: Clock;

  constructor(
    desk: Pick<CardDesk, 'session' | 'storedCards' | 'setups' | 'features' | 'canMail'>,
    book: CardBook,
    clock: Clock,
  ) {
    this.#desk = desk;
    this.#book = book;
    this.#clock = clock;
  }

  now(): CardsPart {
    const { session, storedCards, setups, features, canMail } = this.#desk;
    const { member } = session;
    const { setup } = setups;
    const shown = { canMail, nowMs: this.#clock.nowMs() };
    return {
      member: member && memberView(member, storedCards.chargeable(member.key), shown),
      setup: setup && setupView(setup, this.#book),
      cards: features,
    };
  }

  of(sale: Sale): CardsOfSale {
    return { keeping: keepingView(sale, this.#book), storedCard: storedCardView(sale) };
  }
}

/** Of a kiosk that keeps no cards. */
export const noCards: Pick<CardsSnapshot, 'now' | 'of'> = {
  now: () => ({ member: null, setup: null, cards: { keep: false, pay: false } }),
  of: (sale) => ({ keeping: null, storedCard: storedCardView(sale) }),
};
