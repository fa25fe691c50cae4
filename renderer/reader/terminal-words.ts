import type { AllowRedisplay } from '@stripe/terminal-js';

/** Stripe's words for where a connection and a payment stand. The package's enums do not exist at run time. */
const connectionWords = ['not_connected', 'connecting', 'connected'] as const;
const paymentWords = ['not_ready', 'ready', 'waiting_for_input', 'processing'] as const;

export type ConnectionWord = (typeof connectionWords)[number];
export type PaymentWord = (typeof paymentWords)[number];

/** An unknown word counts as the one that promises least. */
export function connectionWord(status: string): ConnectionWord {
  return connectionWords.find((word) => word === status) ?? 'not_connected';
}

export function paymentWord(status: string): PaymentWord {
  return paymentWords.find((word) => word === status) ?? 'not_ready';
}

/** An error's code in the contract's form; `unknown_error` for what has none. */
export function errorCode(code: unknown): string {
  return stripeWord(code) ?? 'unknown_error';
}

/** A word of Stripe's in the contract's form; null for anything else, for main refuses a report that holds it. */
export function stripeWord(word: unknown): string | null {
  return typeof word === 'string' && /^[a-z0-9_]{1,64}$/.test(word) ? word : null;
}

/**
 * A kept card is for what was agreed, and is shown in no other checkout.
 * https://docs.stripe.com/api/payment_methods/object#payment_method_object-allow_redisplay
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the package has this enum in its types alone, and none to take the member from
export const limitedRedisplay = 'limited' as AllowRedisplay;
