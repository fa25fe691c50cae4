import type {
  IPaymentIntent,
  IRefund,
  ISdkManagedPaymentIntent,
  ISetupIntent,
  Reader,
} from '@stripe/terminal-js';

/**
 * The objects that come over the channel are those of the simulated Stripe. Each parser checks what
 * this SDK itself relies on; the rest passes through, as Stripe's SDK passes it through.
 */
export function parseReaders(value: unknown): Reader[] | null {
  return Array.isArray(value) && value.every(isReader) ? value : null;
}

/** Reads one reader; null when it is none. */
export function parseReader(value: unknown): Reader | null {
  return isReader(value) ? value : null;
}

/** A PaymentIntent that collectPaymentMethod has prepared; null when it is none. */
export function parseCollected(value: unknown): ISdkManagedPaymentIntent | null {
  return collectedName(value) === null ? null : (value as ISdkManagedPaymentIntent);
}

/** A PaymentIntent as processPayment returns it; null when it is none. */
export function parsePaymentIntent(value: unknown): IPaymentIntent | null {
  return hasStatus(value) ? (value as IPaymentIntent) : null;
}

/** A SetupIntent that collectSetupIntentPaymentMethod has prepared; null when it is none. */
export function parseCollectedSetup(value: unknown): ISetupIntent | null {
  return collectedName(value) === null ? null : (value as ISetupIntent);
}

/** A SetupIntent as confirmSetupIntent returns it; null when it is none. */
export function parseSetupIntent(value: unknown): ISetupIntent | null {
  return hasStatus(value) ? (value as ISetupIntent) : null;
}

/** A Refund as processRefund returns it; null when it is none. */
export function parseRefund(value: unknown): IRefund | null {
  return hasStatus(value) ? (value as IRefund) : null;
}

/** An intent's id and the name of the card collected for it; null when either is missing. */
export function collectedName(
  value: unknown,
): { readonly intent: string; readonly collected: string } | null {
  const intent = textField(value, 'id');
  const details =
    typeof value === 'object' && value !== null && 'sdk_payment_details' in value
      ? value.sdk_payment_details
      : null;
  const collected = textField(details, 'training_collected');
  return intent === null || collected === null ? null : { intent, collected };
}

function hasStatus(value: unknown): boolean {
  return textField(value, 'id') !== null && textField(value, 'status') !== null;
}

/** Stripe's SDK insists on the address and the serial number: it needs them to reach the reader. */
function isReader(value: unknown): value is Reader {
  return ['id', 'ip_address', 'serial_number'].every((field) => textField(value, field) !== null);
}

function textField(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  const held: unknown = Object.entries(value).find(([name]) => name === field)?.[1];
  return typeof held === 'string' ? held : null;
}
