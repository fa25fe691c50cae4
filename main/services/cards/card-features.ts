import type { CardAbilities } from '../../ports/abilities.ts';
import type { CardStore } from '../../ports/card-store.ts';
import type { CardsApi } from '../../ports/cards-api.ts';

/** What of cards on file this kiosk offers: what the system can do, and the studio wants. */
export interface OfferedOfCards {
  /** A card is kept, whichever way. */
  readonly keep: boolean;
  readonly keepWithSale: boolean;
  readonly keepAlone: boolean;
  readonly pay: boolean;
  readonly remove: boolean;
  /** To keep a card alone, its postal code is asked for. */
  readonly postalCode: boolean;
  /** To keep a card alone, an order's code is needed: it names the member and the partner at the system. */
  readonly orderCode: boolean;
}

export interface CardBackend {
  /** Null: the system behind this kiosk keeps no cards that it could read or attach. */
  readonly cards: CardsApi | null;
  /** Null: cards are kept by Customers of this kiosk's making, if at all. */
  readonly store: CardStore | null;
  readonly abilities: CardAbilities;
}

/** A declared ability counts only where there is a port that it can be done by. */
export function offeredOfCards(
  { cards, store, abilities }: CardBackend,
  wantsKeeping: boolean,
): OfferedOfCards {
  const attaches = cards !== null && store === null;
  // What is kept of a payment is looked at through Stripe first.
  const keepsPaid = attaches || (cards !== null && store !== null && store.fromPayment !== null);
  const setups = store?.setups ?? null;
  const keepWithSale = wantsKeeping && abilities.keepWithSale && keepsPaid;
  const keepAlone = wantsKeeping && abilities.keepAlone && (attaches || setups !== null);
  return {
    keep: keepWithSale || keepAlone,
    keepWithSale,
    keepAlone,
    pay: abilities.charge && cards !== null,
    remove: abilities.remove && cards !== null,
    postalCode: keepAlone && abilities.postalCode,
    orderCode: keepAlone && setups !== null,
  };
}
