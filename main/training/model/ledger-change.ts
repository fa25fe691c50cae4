import type Stripe from 'stripe';

import type { KeyEntry } from './api/idempotency.ts';
import type { Ledger } from './ledger.ts';
import type { ModelEvent } from './model-event.ts';

/** A new version of one object. */
export type LedgerChange =
  | { readonly in: 'payment_intents'; readonly row: Stripe.PaymentIntent }
  | { readonly in: 'charges'; readonly row: Stripe.Charge }
  | { readonly in: 'payment_methods'; readonly row: Stripe.PaymentMethod }
  | { readonly in: 'customers'; readonly row: Stripe.Customer }
  | { readonly in: 'locations'; readonly row: Stripe.Terminal.Location }
  | { readonly in: 'readers'; readonly row: Stripe.Terminal.Reader }
  | { readonly in: 'events'; readonly row: ModelEvent };

/** A new version of one object, or an answer stored under an idempotency key. */
export type ModelChange =
  | LedgerChange
  | { readonly in: 'idempotency_keys'; readonly key: string; readonly entry: KeyEntry };

/** Puts a recorded version back. Nothing follows from it: no events, no appointments. */
export function restoreLedgerChange(ledger: Ledger, change: LedgerChange): void {
  switch (change.in) {
    case 'payment_intents':
      ledger.paymentIntents.restore(change.row);
      break;
    case 'charges':
      ledger.charges.restore(change.row);
      break;
    case 'payment_methods':
      ledger.paymentMethods.restore(change.row);
      break;
    case 'customers':
      ledger.customers.restore(change.row);
      break;
    case 'locations':
      ledger.locations.restore(change.row);
      break;
    case 'readers':
      ledger.readers.restore(change.row);
      break;
    case 'events':
      ledger.events.restore(change.row);
      break;
  }
}
