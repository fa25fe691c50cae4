import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';

/** What a client may change of a kept card; null clears a field, undefined leaves it. */
export interface PaymentMethodChange {
  readonly allowRedisplay: string | undefined;
  readonly billing: {
    /** Only the code is modelled: it is what a card is checked by. */
    readonly postalCode?: string | null | undefined;
    readonly email?: string | null | undefined;
    readonly name?: string | null | undefined;
    readonly phone?: string | null | undefined;
  };
  readonly metadata: MetadataChange | undefined;
}

const nowhere = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

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
  const { postalCode, email, name, phone } = change.billing;
  const updated = ledger.paymentMethods.replace({
    ...kept,
    allow_redisplay: change.allowRedisplay ?? kept.allow_redisplay ?? 'unspecified',
    billing_details: {
      ...kept.billing_details,
      ...(postalCode === undefined
        ? {}
        : { address: { ...nowhere, ...kept.billing_details.address, postal_code: postalCode } }),
      ...(email === undefined ? {} : { email }),
      ...(name === undefined ? {} : { name }),
      ...(phone === undefined ? {} : { phone }),
    },
    metadata: changedMetadata(kept.metadata ?? {}, change.metadata),
  });
  ledger.emit('payment_method.updated', updated);
  return updated;
}
