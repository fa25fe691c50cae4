import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { findReferenced } from './find.ts';

/** A reader to be put into the ledger. */
export interface ReaderOrder {
  readonly label: string;
  readonly location: string | null;
  readonly deviceType: string;
  readonly serialNumber: string;
  readonly ipAddress: string;
  readonly status: 'online' | 'offline';
  readonly metadata?: MetadataChange | undefined;
}

/** Registers a reader. Refuses an unknown location. `id` is given only by a start state. */
export function registerReader(
  ledger: Ledger,
  order: ReaderOrder,
  id: string = ledger.ids.next('tmr'),
): Stripe.Terminal.Reader {
  if (order.location !== null) {
    findReferenced(ledger.locations, 'location', order.location);
  }
  return ledger.readers.add({
    id,
    object: 'terminal.reader',
    action: null,
    device_sw_version: '2.42.0.0',
    device_type: order.deviceType,
    ip_address: order.ipAddress,
    label: order.label,
    // Unlike Stripe's other times, this one is in milliseconds.
    last_seen_at: ledger.clock.nowMs(),
    livemode: false,
    location: order.location,
    metadata: changedMetadata({}, order.metadata),
    serial_number: order.serialNumber,
    status: order.status,
  });
}
