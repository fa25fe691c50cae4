import type { CardFacts } from '../../../main/domain/card-on-file.ts';
import type { Sale } from '../../../main/domain/sale.ts';
import type { LeftBehind } from '../../../main/ports/cards-api.ts';
import { aSale, captured, ourSale } from '../../support/fakes/sales.ts';
import type { CardBench } from './card-bench.ts';
import { aCard, type FakeCards, visa } from './fake-cards.ts';

/** Mia agrees at review that the card of the sale on the screen is kept. */
export function agreeToKeep(bench: CardBench, copyByEmail = false): void {
  const member = bench.addMia();
  bench.show(aSale());
  const { hash } = bench.desk.consents.offer();
  const agreed = bench.desk.consents.agree({
    member,
    saleId: ourSale,
    wordingHash: hash,
    copyByEmail,
  });
  if (agreed.kind !== 'agreed') throw new Error(`the consent was not taken: ${agreed.kind}`);
}

export interface Tapped {
  /** Null: nothing that could be kept came of the tap. */
  readonly card?: Partial<CardFacts> | null;
  readonly wallet?: LeftBehind['wallet'];
}

/** The sale is paid with a tap that leaves a card behind, and its `card.save` waits in the outbox. */
export function payWithTap(
  bench: CardBench,
  stripe: FakeCards,
  { card = {}, wallet = null }: Tapped = {},
): Sale {
  if (card !== null) stripe.addCard(card);
  stripe.left.set(captured.id, {
    generatedCard: card === null ? null : aCard(card).id,
    wallet,
    last4: '4242',
  });
  bench.sales.apply(ourSale, { kind: 'confirmed' });
  bench.sales.apply(ourSale, {
    kind: 'payment_intent_created',
    paymentIntent: { ...captured, status: 'requires_payment_method', amountReceived: 0 },
  });
  const paid = bench.sales.apply(ourSale, {
    kind: 'payment_intent_read',
    paymentIntent: captured,
    leftAt: 99,
  });
  if (paid?.state !== 'paid') throw new Error('the sale is not paid');
  return paid;
}

/** A card that is on file under a live consent, from the sale that paid with it. */
export async function keepVisa(bench: CardBench, stripe: FakeCards): Promise<void> {
  agreeToKeep(bench);
  payWithTap(bench, stripe);
  await bench.work();
  if (bench.book.findCard(visa) === null) throw new Error('the card was not kept');
}
