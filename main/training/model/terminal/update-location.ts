import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from '../moves/find.ts';
import { checkLocationAddress } from './location-address.ts';

/** What a client may change of a location; an address replaces the whole of the one before. */
export interface LocationChange {
  readonly displayName: string | undefined;
  readonly address: Stripe.Address | undefined;
  readonly metadata: MetadataChange | undefined;
  /** Null clears it. */
  readonly phone: string | null | undefined;
}

/** Changes a location. Refuses another country: the readers were set up for this one. */
export function updateLocation(
  ledger: Ledger,
  id: string,
  change: LocationChange,
): Stripe.Terminal.Location {
  const { phone: held, ...location } = find(ledger.locations, 'location', id);
  const phone = change.phone === undefined ? held : (change.phone ?? undefined);
  return ledger.locations.replace({
    ...location,
    address: changedAddress(location.address, change.address),
    display_name: change.displayName ?? location.display_name,
    metadata: changedMetadata(location.metadata, change.metadata),
    ...(phone === undefined ? {} : { phone }),
  });
}

function changedAddress(held: Stripe.Address, change: Stripe.Address | undefined): Stripe.Address {
  if (change === undefined) {
    return held;
  }
  const address = { ...change, country: change.country ?? held.country };
  if (address.country !== held.country) {
    throw invalidRequest("A location's country cannot be changed. Create a new location instead.", {
      param: 'address[country]',
    });
  }
  checkLocationAddress(address);
  return address;
}
