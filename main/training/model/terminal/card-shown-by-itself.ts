import type { Ledger } from '../ledger.ts';
import { cardBehindCharge } from '../moves/card-behind.ts';
import { find } from '../moves/find.ts';
import { defaultTestCard, findTestCard, type TestCard, testCards } from '../test-cards.ts';
import { acceptedTypes } from './accepted-types.ts';
import type { Purpose } from './purpose.ts';

/**
 * The card that a customer shows whom nobody stands by: the one that was chosen, by its name or
 * number, or the first that the reader takes where it takes no such card. To get money back it is
 * the card that paid.
 */
export function cardShownByItself(
  ledger: Ledger,
  purpose: Purpose,
  chosen: string | null,
): TestCard {
  if (purpose.kind === 'refund') {
    return cardBehindCharge(find(ledger.charges, 'charge', purpose.charge));
  }
  const card = findTestCard(chosen ?? '') ?? defaultTestCard();
  const types = acceptedTypes(ledger, purpose);
  return types.includes(card.type)
    ? card
    : (testCards.find(({ type }) => types.includes(type)) ?? card);
}
