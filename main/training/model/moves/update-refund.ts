import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';

/** Changes a refund's metadata, which is all of it that can be. */
export function updateRefund(
  ledger: Ledger,
  id: string,
  metadata: MetadataChange | undefined,
): Stripe.Refund {
  const refund = find(ledger.refunds, 'refund', id);
  const updated = ledger.refunds.replace({
    ...refund,
    metadata: changedMetadata(refund.metadata ?? {}, metadata),
  });
  ledger.emit('refund.updated', updated);
  ledger.emit('charge.refund.updated', updated);
  return updated;
}
