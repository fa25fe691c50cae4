import type { Abilities } from '../../ports/abilities.ts';
import type { CardStore } from '../../ports/card-store.ts';
import type { CardsApi } from '../../ports/cards-api.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReadersApi } from '../../ports/readers-api.ts';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import type { Companion } from '../platform-http/companion.ts';
import { portalAbilities } from './portal-abilities.ts';
import { type PortalCallOptions, portalCalls } from './portal-calls.ts';
import { portalCards } from './portal-cards.ts';
import { portalPayments } from './portal-payments.ts';

export interface PortalOptions extends PortalCallOptions {
  /** `external_account_id`: the merchant at the portal. */
  readonly accountId: string;
  /** Where the reply to an intent has its secret, such as `client_secret` or `data.client_secret`. */
  readonly clientSecretPath: string;
  /** Stripe beside the portal, which documents no read, cancel, refund, list or connection token. */
  readonly companion: Companion;
}

/** What a portal and its companion key do for a kiosk. */
export interface PortalBackend {
  readonly abilities: Abilities;
  readonly payments: PaymentsApi;
  readonly readers: ReadersApi;
  /** Stripe's own: what a card is, and taking one off again. */
  readonly cards: CardsApi;
  readonly refunds: RefundsApi;
  /** The portal keeps cards for customers of its own. */
  readonly cardStore: CardStore;
}

/** A payments portal. Makes no call by itself. */
export function portal(options: PortalOptions): PortalBackend {
  const { accountId, clientSecretPath } = options;
  const call = portalCalls(options);
  const stripe = options.companion();
  return {
    abilities: portalAbilities,
    payments: portalPayments({ call, stripe, accountId, clientSecretPath }),
    readers: stripe.readers,
    cards: stripe.cards,
    refunds: stripe.refunds,
    cardStore: portalCards({ call, stripe, accountId }),
  };
}
