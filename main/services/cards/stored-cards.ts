import type { CardOnFile } from '../../domain/card-on-file.ts';
import type { MemberKey, PaymentMethodId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { SaleEvent } from '../../domain/sale-event.ts';
import { type Sale, type StoredCard, totalOf } from '../../domain/sale.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Heard } from '../checkout.ts';
import type { KnownTime } from '../known-time.ts';
import type { SaleSteps } from '../sale-steps.ts';
import type { WaitingLimits } from './card-settings.ts';
import { liveConsentOf } from './consent-proof.ts';
import { isExpired } from './is-expired.ts';
import type { TextHash } from './text-hash.ts';

const hourMs = 3_600_000;

export interface StoredCardsOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly clock: KnownTime;
  readonly hash: TextHash;
  readonly sales: Pick<SaleSteps, 'apply'>;
  /** Null: no charge may wait for the network. */
  readonly waiting: WaitingLimits | null;
}

/** Cards on file that may be charged, and for how long a charge may wait. */
export class StoredCards {
  readonly #options: StoredCardsOptions;

  constructor(options: StoredCardsOptions) {
    this.#options = options;
  }

  /** The member's cards that may be charged now, newest first. */
  chargeable(key: MemberKey): readonly CardOnFile[] {
    return this.#options.book.cardsOf(key).filter((card) => this.#mayBeCharged(card));
  }

  /** The card, if it may be charged now. */
  find(id: PaymentMethodId): CardOnFile | null {
    const card = this.#options.book.findCard(id);
    return card !== null && this.#mayBeCharged(card) ? card : null;
  }

  /** What a sale of this total gets that is paid with the card; null for one that may not be charged. */
  forSale(id: PaymentMethodId, total: Money): StoredCard | null {
    const card = this.find(id);
    if (card === null || card.customerId === null) return null;
    const { customerId, memberKey, brand, last4 } = card;
    const mayWaitUntilMs = this.#mayWaitUntilMs(total);
    return { paymentMethodId: card.id, customerId, memberKey, brand, last4, mayWaitUntilMs };
  }

  /** At review: this card of the member pays the sale, or (null) they pay in person. What was agreed about keeping a card is taken back. */
  choose(sale: Sale, id: PaymentMethodId | null): Heard {
    const { sales, book, clock } = this.#options;
    if (sale.state !== 'open') return { kind: 'not_now', why: 'the sale is not at review' };
    const storedCard = id === null ? null : this.forSale(id, totalOf(sale));
    if (id !== null && storedCard === null) {
      return { kind: 'not_now', why: 'that card may not be charged' };
    }
    // Paying in person after all leaves a wish to keep that card as it is.
    if (storedCard === null && sale.storedCard === undefined) return { kind: 'heard' };
    const { keeping } = sale;
    sales.apply(sale.id, { kind: 'stored_card_chosen', storedCard }, () => {
      if (keeping !== undefined) book.revokeConsent(keeping.consentId, 'member', clock.nowMs());
    });
    return { kind: 'heard' };
  }

  /**
   * Asked right before a card is charged: what to tell the sale instead of charging it, or null when it may be charged.
   * No card is charged without a live consent that can be proved, and none after its wait.
   */
  hindrance(
    storedCard: StoredCard,
  ): Extract<SaleEvent, { kind: 'consent_missing' | 'wait_lapsed' }> | null {
    const { book, hash } = this.#options;
    const { paymentMethodId, customerId, memberKey } = storedCard;
    const card = book.findCard(paymentMethodId);
    const isSame = card?.memberKey === memberKey && card.customerId === customerId;
    if (!isSame || liveConsentOf(book, paymentMethodId, hash) === null) {
      return { kind: 'consent_missing' };
    }
    return this.#hasLapsed(storedCard) ? { kind: 'wait_lapsed' } : null;
  }

  /** As `hindrance`, for who tells of a missing consent alone: a sale whose wait is over is told that first. */
  mayCharge(storedCard: StoredCard): boolean {
    const hindrance = this.hindrance(storedCard);
    if (hindrance?.kind === 'wait_lapsed') this.lapse();
    return hindrance === null;
  }

  /** Ends the wait of charges whose time is over. By Stripe's time alone: a clock that was set must end none. */
  lapse(): void {
    const { ledger, sales } = this.#options;
    for (const { id, storedCard } of ledger.pendingSales()) {
      if (storedCard !== undefined && this.#hasLapsed(storedCard)) {
        sales.apply(id, { kind: 'wait_lapsed' });
      }
    }
  }

  #hasLapsed({ mayWaitUntilMs }: StoredCard): boolean {
    const { clock } = this.#options;
    return mayWaitUntilMs !== null && clock.isKnown && clock.nowMs() >= mayWaitUntilMs;
  }

  #mayBeCharged(card: CardOnFile): boolean {
    const { book, clock, hash } = this.#options;
    if (card.customerId === null || isExpired(card, clock.nowMs())) return false;
    return liveConsentOf(book, card.id, hash) !== null;
  }

  /** Within the studio's limits, with all that waits already; never while nobody knows what time it is. */
  #mayWaitUntilMs({ amount, currency }: Money): number | null {
    const { ledger, clock, waiting } = this.#options;
    if (waiting === null || !clock.isKnown || amount > waiting.each) return null;
    let waits = amount;
    for (const pending of ledger.pendingSales()) {
      const total = totalOf(pending);
      // Amounts of two currencies have no sum to compare.
      if (total.currency !== currency) return null;
      waits += total.amount;
    }
    return waits <= waiting.total ? clock.nowMs() + waiting.hours * hourMs : null;
  }
}
