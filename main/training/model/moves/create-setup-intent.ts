import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { newSetupIntent } from '../objects/setup-intent.ts';
import { findReferenced } from './find.ts';
import { type RequestedTypes, settleSetupTypes } from './payment-method-types.ts';

/** A new SetupIntent as a client asked for it. */
export interface SetupIntentOrder {
  readonly types: RequestedTypes;
  readonly customer: string | undefined;
  readonly description: string | undefined;
  readonly metadata: MetadataChange | undefined;
  readonly usage: string;
}

/** Creates a SetupIntent in `requires_payment_method`. Refuses an unknown customer. */
export function createSetupIntent(ledger: Ledger, order: SetupIntentOrder): Stripe.SetupIntent {
  const types = settleSetupTypes(order.types);
  if (order.customer !== undefined) {
    findReferenced(ledger.customers, 'customer', order.customer);
  }
  const id = ledger.ids.next('seti');
  const setupIntent = ledger.setupIntents.add(
    newSetupIntent({
      id,
      clientSecret: `${id}_${ledger.ids.next('secret')}`,
      createdSec: ledger.nowSec(),
      types,
      allowedTypes: order.types.allowed ?? null,
      automatic: order.types.allowed === undefined && order.types.exact === undefined,
      customer: order.customer ?? null,
      description: order.description ?? null,
      metadata: changedMetadata({}, order.metadata),
      usage: order.usage,
    }),
  );
  ledger.emit('setup_intent.created', setupIntent);
  return setupIntent;
}
