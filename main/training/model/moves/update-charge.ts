import type Stripe from 'stripe';

import { type MetadataChange, changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';

/** What a client may change of a charge; null clears a field, undefined leaves it. */
export interface ChargeChange {
  readonly description: string | null | undefined;
  readonly metadata: MetadataChange | undefined;
  readonly receiptEmail: string | null | undefined;
}

/** Changes what a charge says, never what it took. Appends `charge.updated`. */
export function updateCharge(ledger: Ledger, id: string, change: ChargeChange): Stripe.Charge {
  const charge = find(ledger.charges, 'charge', id);
  const updated = ledger.charges.replace({
    ...charge,
    description: change.description === undefined ? charge.description : change.description,
    metadata: changedMetadata(charge.metadata, change.metadata),
    receipt_email: change.receiptEmail === undefined ? charge.receipt_email : change.receiptEmail,
  });
  ledger.emit('charge.updated', updated);
  return updated;
}
