import type Stripe from 'stripe';
import type { CreateRequest } from '../../ports/payments-api.ts';

type HowItIsPaid = Pick<
  Stripe.PaymentIntentCreateParams,
  | 'allowed_payment_method_types'
  | 'capture_method'
  | 'payment_method_options'
  | 'customer'
  | 'setup_future_usage'
>;

/** Which cards, whose, whether one is kept, and whether the bank's yes holds the money or takes it. */
export function howItIsPaid(
  { total, keepFor, storedCard }: CreateRequest,
  captureMethod: 'manual' | 'automatic',
): HowItIsPaid {
  if (storedCard !== undefined) return byStoredCard(storedCard.customerId);
  const present = byCardPresent(total.currency, captureMethod);
  // The card that is tapped belongs to the reader; what is kept of it is one that Stripe generates.
  return keepFor === undefined
    ? present
    : { ...present, customer: keepFor, setup_future_usage: 'off_session' };
}

/** Nobody is there to tap again should a hold lapse: the money is taken with the bank's yes. */
function byStoredCard(customer: string): HowItIsPaid {
  return { customer, allowed_payment_method_types: ['card'], capture_method: 'automatic' };
}

/**
 * Interac, where Canada pays with it, knows no hold: it is taken at once, while other cards are held as always; the
 * status that is read says which it was.
 * https://docs.stripe.com/terminal/payments/regional?integration-country=CA
 */
function byCardPresent(currency: string, captureMethod: 'manual' | 'automatic'): HowItIsPaid {
  const isInterac = currency === 'cad';
  const allowed: HowItIsPaid = {
    allowed_payment_method_types: isInterac
      ? ['card_present', 'interac_present']
      : ['card_present'],
  };
  if (captureMethod === 'automatic') return { ...allowed, capture_method: 'automatic' };
  if (!isInterac) return { ...allowed, capture_method: 'manual' };
  return {
    ...allowed,
    capture_method: 'automatic',
    payment_method_options: { card_present: { capture_method: 'manual_preferred' } },
  };
}
