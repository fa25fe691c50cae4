import type { Companion } from '../platform-http/companion.ts';
import type { ConnectedAccount } from './connected-account.ts';
import type { StripePaymentCalls } from './stripe-payment-calls.ts';

/** What the payments of either role are made of. */
export interface CommerceLayerPaymentsOptions {
  readonly calls: StripePaymentCalls;
  readonly companion: Companion;
  readonly account: ConnectedAccount;
  /** That of the companion key. */
  readonly mode: 'test' | 'live';
}
