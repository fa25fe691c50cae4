import type { Ledger } from './ledger.ts';
import type { LedgerChange } from './ledger-change.ts';

/** Every object of a ledger in the order it was made, as the changes that would rebuild it. */
export function* ledgerChanges(ledger: Ledger): Generator<LedgerChange> {
  for (const row of ledger.locations.oldestFirst()) {
    yield { in: 'locations', row };
  }
  for (const row of ledger.readers.oldestFirst()) {
    yield { in: 'readers', row };
  }
  for (const row of ledger.readerStates.oldestFirst()) {
    yield { in: 'reader_states', row };
  }
  for (const row of ledger.customers.oldestFirst()) {
    yield { in: 'customers', row };
  }
  for (const row of ledger.paymentMethods.oldestFirst()) {
    yield { in: 'payment_methods', row };
  }
  for (const row of ledger.paymentIntents.oldestFirst()) {
    yield { in: 'payment_intents', row };
  }
  for (const row of ledger.charges.oldestFirst()) {
    yield { in: 'charges', row };
  }
  for (const row of ledger.spentPaymentMethods.oldestFirst()) {
    yield { in: 'spent_payment_methods', row };
  }
  for (const row of ledger.setupIntents.oldestFirst()) {
    yield { in: 'setup_intents', row };
  }
  for (const row of ledger.setupAttempts.oldestFirst()) {
    yield { in: 'setup_attempts', row };
  }
  for (const row of ledger.refunds.oldestFirst()) {
    yield { in: 'refunds', row };
  }
  for (const row of ledger.disputes.oldestFirst()) {
    yield { in: 'disputes', row };
  }
  for (const row of ledger.deletedCustomers.oldestFirst()) {
    yield { in: 'deleted_customers', row };
  }
  for (const row of ledger.customerSearch.oldestFirst()) {
    yield { in: 'customer_search', row };
  }
  for (const row of ledger.events.oldestFirst()) {
    yield { in: 'events', row };
  }
}
