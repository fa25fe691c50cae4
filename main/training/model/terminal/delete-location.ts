import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';

/**
 * Takes a location out of the account. Refuses while readers are registered to it: Stripe does not
 * say what it does then, and readers without a location can take no payment.
 */
export function deleteLocation(ledger: Ledger, id: string): Stripe.Terminal.DeletedLocation {
  find(ledger.locations, 'location', id);
  for (const reader of ledger.readers.oldestFirst()) {
    if (reader.location === id) {
      throw invalidRequest(
        `The location still has readers, such as ${reader.id}. Delete them or register them elsewhere first.`,
      );
    }
  }
  ledger.locations.remove(id);
  return { id, object: 'terminal.location', deleted: true };
}
