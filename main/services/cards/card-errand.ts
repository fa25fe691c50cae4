import {
  type ConsentId,
  type MemberKey,
  type PaymentIntentId,
  saleId,
  setupId,
} from '../../domain/ids.ts';
import type { CardsApi, LeftBehind } from '../../ports/cards-api.ts';
import type { CardBook, SavedFrom } from '../../ports/card-book.ts';
import type { Ledger, WorkOwner } from '../../ports/ledger.ts';
import type { Answer } from '../../ports/payments-api.ts';

/** A tap whose card is to be kept. */
export interface CardErrand {
  readonly from: SavedFrom;
  readonly memberKey: MemberKey;
  readonly consentId: ConsentId;
  /** False for a sale that was not paid: what its tap left behind is not kept. */
  readonly isWanted: boolean;
  /** The PaymentIntent or SetupIntent that was tapped for. */
  readonly intentId: string;
  /** The same, of a sale; null of a setup. */
  readonly paymentIntentId: PaymentIntentId | null;
  /** What the tap left behind, as Stripe says now. */
  readonly leftBehind: (signal: AbortSignal) => Promise<Answer<LeftBehind>>;
}

/** Whose card is to be kept, and from what; null where nobody wants one kept. Refuses, by throwing, a sale or setup that is not stored. */
export function cardErrand(
  owner: WorkOwner,
  { ledger, book, cards }: { ledger: Ledger; book: CardBook; cards: CardsApi },
): CardErrand | null {
  return owner.startsWith('sale_') ? ofSale(owner, ledger, cards) : ofSetup(owner, book, cards);
}

function ofSale(owner: WorkOwner, ledger: Ledger, cards: CardsApi): CardErrand | null {
  const sale = ledger.findSale(saleId(owner));
  if (sale === null) throw new Error('the sale of this row is not stored');
  const { paymentIntent, keeping } = sale;
  if (paymentIntent === null || keeping === undefined) return null;
  return {
    from: sale.id,
    ...keeping,
    isWanted: sale.state === 'paid',
    intentId: paymentIntent.id,
    paymentIntentId: paymentIntent.id,
    leftBehind: (signal) => cards.leftBehind(paymentIntent.id, signal),
  };
}

function ofSetup(owner: WorkOwner, book: CardBook, cards: CardsApi): CardErrand | null {
  const setup = book.findSetup(setupId(owner));
  if (setup === null) throw new Error('the setup of this row is not stored');
  const { setupIntent, memberKey, consentId } = setup;
  if (setupIntent === null) return null;
  return {
    from: setup.id,
    memberKey,
    consentId,
    isWanted: true,
    intentId: setupIntent.id,
    paymentIntentId: null,
    leftBehind: async (signal) => {
      const read = await cards.readSetupIntent(setupIntent.id, signal);
      if (read.kind !== 'done') return read;
      const { generatedCard, wallet } = read.value.setupIntent;
      return { ...read, value: { generatedCard, wallet, last4: null } };
    },
  };
}
