import type Stripe from 'stripe';

import type { TestCard } from '../test-cards.ts';

/** When the money moves once a card is approved. */
export type CapturePlan = 'hold' | 'at_once' | 'at_once_settled_later';

/**
 * Decides how an approved card is captured. Interac and eftpos messages move the money at once,
 * whatever was asked. https://docs.stripe.com/terminal/payments/collect-card-payment
 */
export function capturePlan(paymentIntent: Stripe.PaymentIntent, card: TestCard): CapturePlan {
  const inPerson = paymentIntent.payment_method_options?.card_present?.capture_method;
  const manual = inPerson === 'manual' || paymentIntent.capture_method === 'manual';
  const singleMessage = card.network === 'interac' || card.network === 'eftpos_au';
  if ((manual || inPerson === 'manual_preferred') && !singleMessage) {
    return 'hold';
  }
  return paymentIntent.capture_method === 'automatic_async' ? 'at_once_settled_later' : 'at_once';
}

const daySec = 24 * 60 * 60;

/**
 * How long a hold lasts, in seconds: five days with Visa, two with all others.
 * https://docs.stripe.com/terminal/payments/collect-card-payment#capture-payment
 */
export function holdSec(card: TestCard): number {
  return (card.network === 'visa' ? 5 : 2) * daySec;
}

/** The same for a card that was kept: an online payment, which knows no single message. */
export function onlineCapturePlan(paymentIntent: Stripe.PaymentIntent): CapturePlan {
  if (paymentIntent.capture_method === 'manual') {
    return 'hold';
  }
  return paymentIntent.capture_method === 'automatic_async' ? 'at_once_settled_later' : 'at_once';
}

/**
 * How long the hold of a kept card lasts, in seconds.
 * https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
 */
export const onlineHoldSec = 7 * daySec;
