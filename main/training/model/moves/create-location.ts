import type Stripe from 'stripe';

import { type MetadataChange, changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';

/** A new location as a client described it. */
export interface LocationOrder {
  readonly displayName: string;
  readonly address: Stripe.Address;
  readonly metadata: MetadataChange | undefined;
  readonly phone: string | undefined;
}

/** Creates a location. `id` is given only by a start state that must be found again. */
export function createLocation(
  ledger: Ledger,
  order: LocationOrder,
  id: string = ledger.ids.next('tml'),
): Stripe.Terminal.Location {
  return ledger.locations.add({
    id,
    object: 'terminal.location',
    address: order.address,
    display_name: order.displayName,
    livemode: false,
    metadata: changedMetadata({}, order.metadata),
    ...(order.phone === undefined ? {} : { phone: order.phone }),
  });
}
