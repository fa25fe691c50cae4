import type { Abilities } from '../../ports/abilities.ts';
import type { PaymentsApi } from '../../ports/payments-api.ts';
import type { ReadersApi } from '../../ports/readers-api.ts';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import type { Companion } from '../platform-http/companion.ts';
import { commerceLayerAbilities, type CommerceLayerRole } from './commerce-layer-abilities.ts';
import { ConnectedAccount } from './connected-account.ts';
import { makerPayments } from './maker-payments.ts';
import { onKnownAccount } from './on-known-account.ts';
import { recorderPayments } from './recorder-payments.ts';
import { type CommerceLayerCallOptions, stripePaymentCalls } from './stripe-payment-calls.ts';

export interface CommerceLayerOptions extends CommerceLayerCallOptions {
  readonly role: CommerceLayerRole;
  /** That of the companion key: a record of the other mode is refused. */
  readonly mode: 'test' | 'live';
  /** Stripe beside Commerce Layer, which documents no read, capture, cancel, refund, list or connection token. */
  readonly companion: Companion;
  /** `acct_…`, where it is known beforehand that payments are on a connected account; else the records tell. */
  readonly connectedAccount?: string;
}

/** What Commerce Layer and its companion key do for a kiosk. */
export interface CommerceLayerBackend {
  readonly abilities: Abilities;
  readonly payments: PaymentsApi;
  readonly readers: ReadersApi;
  /** It keeps no cards for a kiosk. */
  readonly cards: null;
  readonly refunds: RefundsApi;
}

/** Commerce Layer. Makes no call by itself. */
export function commerceLayer(options: CommerceLayerOptions): CommerceLayerBackend {
  const { role, mode, companion, connectedAccount } = options;
  const account = new ConnectedAccount(connectedAccount);
  const parts = { calls: stripePaymentCalls(options), companion, account, mode };
  return {
    abilities: commerceLayerAbilities(role),
    payments: role === 'maker' ? makerPayments(parts) : recorderPayments(parts),
    readers: onKnownAccount(() => companion(account.of()).readers),
    cards: null,
    refunds: onKnownAccount(() => companion(account.of()).refunds),
  };
}
