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
  for (const row of ledger.events.oldestFirst()) {
    yield { in: 'events', row };
  }
}
