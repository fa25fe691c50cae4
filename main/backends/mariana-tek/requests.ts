import { money, type Money } from '../../domain/money.ts';
import { decimalString } from '../platform-http/decimal-amount.ts';

/*
 * The bodies of Mariana Tek's requests, by the names of its schemas. Every id travels as text: a postal code keeps its
 * zeros, and a number of theirs is never one of ours.
 */

/** `card` is what they take when nothing is said, and means a number that somebody types. This kiosk never says it. */
export type PaymentType = 'card' | 'terminal';

/** `manual` means a number that somebody types. This kiosk never says it. */
export type CollectionMethod = 'manual' | 'terminal';

export interface PaymentIntentRequest {
  readonly cart: string;
  readonly amount: string;
  readonly account_balance_payment_amount?: string;
  readonly payment_type: PaymentType;
}

/** `total` is the card's part, and `fromBalance`, in minor units, the account's: together they are the cart's total. */
export function paymentIntentRequest(
  cart: string,
  total: Money,
  fromBalance: number,
): PaymentIntentRequest {
  const balance = money(fromBalance, total.currency);
  return {
    cart,
    amount: decimalString(total),
    ...(fromBalance > 0 ? { account_balance_payment_amount: decimalString(balance) } : {}),
    payment_type: 'terminal',
  };
}

export interface SetupIntentRequest {
  readonly user: string;
  /** Spelt so by their API. */
  readonly colletion_method: CollectionMethod;
}

export function setupIntentRequest(user: string): SetupIntentRequest {
  return { user, colletion_method: 'terminal' };
}

/** A card to be kept as a bankcard of theirs. */
export interface CardToStore {
  /** The member's, as the card's owner. */
  readonly name: string;
  /** Says at which Stripe account of theirs the card is kept. */
  readonly partner: string;
  readonly paymentMethod: string;
  /** As typed. Held in memory only. */
  readonly postalCode: string;
  readonly user: string;
}

export interface StorePaymentMethodRequest {
  readonly name: string;
  readonly partner: string;
  readonly payment_method: string;
  readonly postal_code: string;
  readonly user: string;
}

export function storePaymentMethodRequest(card: CardToStore): StorePaymentMethodRequest {
  const { name, partner, paymentMethod, postalCode, user } = card;
  return { name, partner, payment_method: paymentMethod, postal_code: postalCode, user };
}

export interface RegisterTerminalRequest {
  /** Their own location, not Stripe's. */
  readonly location: string;
  /** The three words on the reader's screen. */
  readonly registration_code: string;
  readonly label: string;
}

export function registerTerminalRequest(
  location: string,
  { code, label }: { readonly code: string; readonly label: string },
): RegisterTerminalRequest {
  return { location, registration_code: code, label };
}
