import { z } from 'zod';
import {
  chargeId,
  customerId,
  paymentIntentId,
  paymentMethodId,
  readerId,
  setupIntentId,
  stripeRefundId,
} from '../../domain/ids.ts';

/* Stripe's ids as replies hold them; each refuses the id of another noun. */

function idText(form: RegExp): z.ZodString {
  return z.string().regex(form);
}

export const chargeIdText = idText(/^(ch|py)_[0-9A-Za-z_]{3,200}$/).transform(chargeId);
export const customerIdText = idText(/^cus_[0-9A-Za-z_]{3,200}$/).transform(customerId);
export const paymentIntentIdText = idText(/^pi_[0-9A-Za-z_]{3,200}$/).transform(paymentIntentId);
export const paymentMethodIdText = idText(/^(pm|card|src)_[0-9A-Za-z_]{3,200}$/).transform(
  paymentMethodId,
);
export const readerIdText = idText(/^tmr_[0-9A-Za-z_]{3,200}$/).transform(readerId);
export const refundIdText = idText(/^(re|pyr)_[0-9A-Za-z_]{3,200}$/).transform(stripeRefundId);
export const setupIntentIdText = idText(/^seti_[0-9A-Za-z_]{3,200}$/).transform(setupIntentId);

/** The id of the object that a field names, whether or not that object is written out. https://docs.stripe.com/expand */
export function named<Id>(id: z.ZodType<Id, string>): z.ZodType<Id> {
  return z.union([id, z.looseObject({ id }).transform((object) => object.id)]);
}
