import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';

/**
 * Notes that a customer is about to change, so that the search goes on showing what it shows now.
 * `before` is the customer as it was; null for one that was just made.
 */
export function lagSearch(ledger: Ledger, id: string, before: Stripe.Customer | null): void {
  const lag = {
    id,
    changedAtMs: ledger.clock.nowMs(),
    shown: before === null ? null : searchedVersion(ledger, before),
  };
  if (ledger.customerSearch.get(id) === undefined) {
    ledger.customerSearch.add(lag);
  } else {
    ledger.customerSearch.replace(lag);
  }
}

/**
 * The customer as the search knows it: as it is, or while the search lags behind as it was, or
 * null when the search has not heard of it. Never to be read after a write.
 * https://docs.stripe.com/search#data-freshness
 */
export function searchedVersion(ledger: Ledger, customer: Stripe.Customer): Stripe.Customer | null {
  const lag = ledger.customerSearch.get(customer.id);
  const caughtUp =
    lag === undefined ||
    ledger.clock.nowMs() >= lag.changedAtMs + ledger.account.settings.searchDelayMs;
  return caughtUp ? customer : lag.shown;
}
