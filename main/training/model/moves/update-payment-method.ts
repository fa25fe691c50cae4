import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';

/** What a client may change of a kept card; null clears a field, undefined leaves it. */
export interface PaymentMethodChange {
  readonly allowRedisplay: string | undefined;
  readonly billing: {
    readonly email?: string | null | undefined;
    readonly name?: string | null | undefined;
    readonly phone?: string | null | undefined;
  };
  readonly metadata: MetadataChange | undefined;
}

/** Changes what is known about a kept card. Refuses one that no customer has. */
export function updatePaymentMethod(
  ledger: Ledger,
  id: string,
  change: PaymentMethodChange,
): Stripe.PaymentMethod {
  const kept = find(ledger.paymentMethods, 'PaymentMethod', id);
  if (kept.customer === null) {
    throw invalidRequest(
      'You must attach this PaymentMethod to a customer before you can update it.',
      { code: 'payment_method_unexpected_state' },
    );
  }
  const { email, name, phone } = change.billing;
  const updated = ledger.paymentMethods.replace({
    ...kept,
    allow_redisplay: change.allowRedisplay ?? kept.allow_redisplay ?? 'unspecified',
    billing_details: {
      ...kept.billing_details,
      ...(email === undefined ? {} : { email }),
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
    },
    metadata: changedMetadata(kept.metadata ?? {}, change.metadata),
  });
  ledger.emit('payment_method.updated', updated);
  return updated;
}
