/** Ids of ours carry their noun, so that one cannot pass as another. Stripe's ids stay whole. */
export type SaleId = string & { readonly brand: 'sale' };
export type AttemptId = string & { readonly brand: 'payment attempt' };
export type KioskId = string & { readonly brand: 'kiosk' };
export type PaymentIntentId = string & { readonly brand: 'PaymentIntent' };
export type ChargeId = string & { readonly brand: 'Charge' };
export type ReaderId = string & { readonly brand: 'Reader' };
export type LocationId = string & { readonly brand: 'Location' };
export type SetupId = string & { readonly brand: 'card setup' };
export type RefundId = string & { readonly brand: 'refund' };
export type ConsentId = string & { readonly brand: 'consent' };
/** A member of the studio in this kiosk's file; made from the studio's own number, so it is the same on every kiosk. */
export type MemberKey = string & { readonly brand: 'member' };
export type CustomerId = string & { readonly brand: 'Customer' };
export type PaymentMethodId = string & { readonly brand: 'PaymentMethod' };
export type SetupIntentId = string & { readonly brand: 'SetupIntent' };
export type StripeRefundId = string & { readonly brand: 'Refund' };

function matching(text: string, pattern: RegExp, noun: string): string {
  if (!pattern.test(text)) throw new TypeError(`Not the id of a ${noun}: ${text.slice(0, 60)}`);
  return text;
}

/** Refuses, by a TypeError, text that has not the form of a sale's id. So do those below, each for its noun. */
export function saleId(text: string): SaleId {
  return matching(text, /^sale_[0-9a-z]{10,40}$/, 'sale') as SaleId;
}

export function attemptId(text: string): AttemptId {
  return matching(text, /^att_[0-9a-z]{10,40}_\d{1,3}$/, 'payment attempt') as AttemptId;
}

export function kioskId(text: string): KioskId {
  return matching(text, /^kiosk_[0-9a-z]{10,40}$/, 'kiosk') as KioskId;
}

export function paymentIntentId(text: string): PaymentIntentId {
  return matching(text, /^pi_[0-9A-Za-z_]{3,200}$/, 'PaymentIntent') as PaymentIntentId;
}

export function chargeId(text: string): ChargeId {
  return matching(text, /^(ch|py)_[0-9A-Za-z_]{3,200}$/, 'Charge') as ChargeId;
}

export function readerId(text: string): ReaderId {
  return matching(text, /^tmr_[0-9A-Za-z_]{3,200}$/, 'Reader') as ReaderId;
}

export function locationId(text: string): LocationId {
  return matching(text, /^tml_[0-9A-Za-z_]{3,200}$/, 'Location') as LocationId;
}

export function setupId(text: string): SetupId {
  return matching(text, /^setup_[0-9a-z]{10,40}$/, 'card setup') as SetupId;
}

export function refundId(text: string): RefundId {
  return matching(text, /^refund_[0-9a-z]{10,40}$/, 'refund') as RefundId;
}

export function consentId(text: string): ConsentId {
  return matching(text, /^consent_[0-9a-z]{10,40}$/, 'consent') as ConsentId;
}

export function memberKey(text: string): MemberKey {
  return matching(text, /^member_[0-9a-f]{32}$/, 'member') as MemberKey;
}

export function customerId(text: string): CustomerId {
  return matching(text, /^cus_[0-9A-Za-z_]{3,200}$/, 'Customer') as CustomerId;
}

export function paymentMethodId(text: string): PaymentMethodId {
  return matching(text, /^(pm|card|src)_[0-9A-Za-z_]{3,200}$/, 'PaymentMethod') as PaymentMethodId;
}

export function setupIntentId(text: string): SetupIntentId {
  return matching(text, /^seti_[0-9A-Za-z_]{3,200}$/, 'SetupIntent') as SetupIntentId;
}

export function stripeRefundId(text: string): StripeRefundId {
  return matching(text, /^(re|pyr)_[0-9A-Za-z_]{3,200}$/, 'Refund') as StripeRefundId;
}

/** Whatever may ask for a card on a reader. */
export type ErrandId = SaleId | SetupId | RefundId;

/** The id of a sale's, a setup's or a refund's Nth attempt. Derived, so that a replayed step names the same attempt. */
export function attemptIdOf(errand: ErrandId, ordinal: number): AttemptId {
  return attemptId(`att_${errand.slice(errand.indexOf('_') + 1)}_${ordinal}`);
}

const readableAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * Four characters a customer can read out to staff: no 0/O or 1/I. Made from the end of the id, which is
 * its random part. Two open sales of one kiosk may share a code once in a million; staff see the time as well.
 */
export function shortCode(sale: SaleId): string {
  let value = 0;
  for (const character of sale.slice(-12)) {
    value = (value * 36 + Number.parseInt(character, 36)) % 1_048_576;
  }
  let code = '';
  for (let place = 0; place < 4; place += 1) {
    code = readableAlphabet.charAt(value % 32) + code;
    value = Math.floor(value / 32);
  }
  return code;
}
