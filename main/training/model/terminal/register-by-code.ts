import type Stripe from 'stripe';

import type { MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { registerReader } from '../moves/register-reader.ts';
import { keepState, readerState } from './reader-phases.ts';
import { deviceTypeOf } from './registration-code.ts';

/** A registration as a client asked for it. */
export interface RegistrationOrder {
  readonly registrationCode: string;
  readonly label: string | undefined;
  readonly location: string | undefined;
  readonly metadata: MetadataChange | undefined;
}

/** Registers the reader that shows a code. Refuses a bad code and an unknown location. */
export function registerByCode(ledger: Ledger, order: RegistrationOrder): Stripe.Terminal.Reader {
  const { registrationCode } = order;
  const deviceType = deviceTypeOf(registrationCode);
  const reader = registerReader(ledger, {
    label: order.label ?? registrationCode,
    location: order.location ?? null,
    deviceType,
    serialNumber: ledger.ids.next('simulated'),
    ipAddress: '0.0.0.0',
    status: 'online',
    metadata: order.metadata,
  });
  keepState(ledger, { ...readerState(ledger, reader.id), registrationCode });
  return reader;
}
