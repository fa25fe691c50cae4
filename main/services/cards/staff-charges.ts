import type { Catalogue } from '../../domain/catalogue.ts';
import { type KioskId, type PaymentMethodId, type SaleId, saleId } from '../../domain/ids.ts';
import { type Order, priceOrder } from '../../domain/order.ts';
import { openSale, type Sale } from '../../domain/sale.ts';
import type { Approval } from '../../ports/approval.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import { nameOf } from '../keeping-answer.ts';
import type { SaleSteps } from '../sale-steps.ts';
import type { StoredCards } from './stored-cards.ts';

export interface StaffChargesOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly sales: Pick<SaleSteps, 'apply'>;
  readonly storedCards: StoredCards;
  readonly approval: Approval;
  readonly kioskId: KioskId;
  /** Null: nothing can be sold. */
  readonly catalogue: Catalogue | null;
  readonly maySell: () => boolean;
}

/** What staff want charged to a member's card on file. */
export interface ChargeRequest {
  /** Of the page's form: the same request, however often it comes, is one sale. */
  readonly requestId: string;
  readonly cardId: PaymentMethodId;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly by: string;
  readonly why: string;
}

export type ChargeAsked =
  | { readonly kind: 'asked'; readonly sale: Sale }
  /** Nothing was stored; the sentence is for staff. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Charges to cards on file that staff ask for: sales like any other, with nobody at the screen. */
export class StaffCharges {
  readonly #options: StaffChargesOptions;

  constructor(options: StaffChargesOptions) {
    this.#options = options;
  }

  /** On return the sale is on disk with its first work; the screen is not touched. */
  async charge(request: ChargeRequest): Promise<ChargeAsked> {
    const { catalogue, approval, maySell } = this.#options;
    const by = nameOf(request.by);
    if (by === null) return refused('Give your name.');
    if (request.why.trim() === '') return refused('Say what the charge is for.');
    const id = saleId(`sale_${request.requestId}`);
    const former = this.#former(id, request.cardId);
    if (former !== null) return former;
    if (catalogue === null || !maySell()) return refused('This kiosk can sell nothing now.');
    const priced = priceOrder(catalogue, request.lines);
    if (priced.kind === 'refused') return refused(`This can’t be sold: ${priced.why}.`);
    const { order } = priced;
    const asked = { what: 'charge', amount: order.total, by, proof: null } as const;
    const answer = await approval.ask(asked);
    if (answer.kind === 'refused') return refused('The charge was not approved.');
    return this.#begin(id, { ...request, by }, order);
  }

  /** Looks once more: while the approval was asked for, the same request may have come again, or the card have gone. */
  #begin(id: SaleId, { cardId, by, why }: ChargeRequest, order: Order): ChargeAsked {
    const { ledger, clock, log, sales, storedCards, kioskId } = this.#options;
    const former = this.#former(id, cardId);
    if (former !== null) return former;
    const storedCard = storedCards.forSale(cardId, order.total);
    if (storedCard === null) {
      return refused(
        'This card may not be charged: it was removed, has expired, or has no consent.',
      );
    }
    const sale = ledger.atomically((): Sale | null => {
      ledger.addSale({ ...openSale(id, kioskId, order), attended: false }, clock.nowMs());
      sales.apply(id, { kind: 'stored_card_chosen', storedCard, by, why: why.trim() });
      return sales.apply(id, { kind: 'confirmed' });
    });
    if (sale === null) throw new Error('a sale that was just opened can be confirmed');
    log.write('info', 'card.charge_asked', { sale: id, owner: cardId });
    return { kind: 'asked', sale };
  }

  #former(id: SaleId, cardId: PaymentMethodId): ChargeAsked | null {
    const sale = this.#options.ledger.findSale(id);
    if (sale === null) return null;
    return sale.storedCard?.paymentMethodId === cardId
      ? { kind: 'asked', sale }
      : refused('This form was used before. Close it and begin anew.');
  }
}

function refused(sentence: string): ChargeAsked {
  return { kind: 'refused', sentence };
}
