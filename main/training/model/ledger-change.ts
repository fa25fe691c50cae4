import type Stripe from 'stripe';

import type { KeyEntry } from './api/idempotency.ts';
import type { Ledger, SearchLag, SpentPaymentMethod } from './ledger.ts';
import type { ModelEvent } from './model-event.ts';
import type { ReaderState } from './terminal/reader-state.ts';

/** A new version of one object, or its end. */
export type LedgerChange =
  | { readonly in: 'payment_intents'; readonly row: Stripe.PaymentIntent }
  | { readonly in: 'charges'; readonly row: Stripe.Charge }
  | { readonly in: 'payment_methods'; readonly row: Stripe.PaymentMethod }
  | { readonly in: 'customers'; readonly row: Stripe.Customer }
  | { readonly in: 'spent_payment_methods'; readonly row: SpentPaymentMethod }
  | { readonly in: 'setup_intents'; readonly row: Stripe.SetupIntent }
  | { readonly in: 'setup_attempts'; readonly row: Stripe.SetupAttempt }
  | { readonly in: 'refunds'; readonly row: Stripe.Refund }
  | { readonly in: 'disputes'; readonly row: Stripe.Dispute }
  | { readonly in: 'deleted_customers'; readonly row: Stripe.DeletedCustomer }
  | { readonly in: 'customer_search'; readonly row: SearchLag }
  | { readonly in: 'locations'; readonly row: Stripe.Terminal.Location }
  | { readonly in: 'readers'; readonly row: Stripe.Terminal.Reader }
  | { readonly in: 'reader_states'; readonly row: ReaderState }
  | { readonly in: 'events'; readonly row: ModelEvent }
  | LedgerRemoval;

/** An object that was deleted. */
export interface LedgerRemoval {
  readonly in: 'customers' | 'locations' | 'readers' | 'reader_states';
  readonly gone: string;
}

/** A new version of one object, or an answer stored under an idempotency key. */
export type ModelChange =
  | LedgerChange
  | { readonly in: 'idempotency_keys'; readonly key: string; readonly entry: KeyEntry };

/** Puts a recorded version back. Nothing follows from it: no events, no appointments. */
export function restoreLedgerChange(ledger: Ledger, change: LedgerChange): void {
  if ('gone' in change) {
    removable(ledger, change.in).restoreRemoval(change.gone);
    return;
  }
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
    case 'spent_payment_methods':
      ledger.spentPaymentMethods.restore(change.row);
      break;
    case 'setup_intents':
      ledger.setupIntents.restore(change.row);
      break;
    case 'setup_attempts':
      ledger.setupAttempts.restore(change.row);
      break;
    case 'refunds':
      ledger.refunds.restore(change.row);
      break;
    case 'disputes':
      ledger.disputes.restore(change.row);
      break;
    case 'deleted_customers':
      ledger.deletedCustomers.restore(change.row);
      break;
    case 'customer_search':
      ledger.customerSearch.restore(change.row);
      break;
    case 'locations':
      ledger.locations.restore(change.row);
      break;
    case 'readers':
      ledger.readers.restore(change.row);
      break;
    case 'reader_states':
      ledger.readerStates.restore(change.row);
      break;
    case 'events':
      ledger.events.restore(change.row);
      break;
  }
}

function removable(
  ledger: Ledger,
  name: LedgerRemoval['in'],
): { restoreRemoval(id: string): void } {
  switch (name) {
    case 'customers':
      return ledger.customers;
    case 'locations':
      return ledger.locations;
    case 'readers':
      return ledger.readers;
    case 'reader_states':
      return ledger.readerStates;
  }
}
