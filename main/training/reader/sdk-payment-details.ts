import type { TestCard } from '../model/test-cards.ts';

/** What the SDK hangs on a collected PaymentIntent; processPayment needs it back. */
export interface SdkPaymentDetails {
  readonly card_payment: { readonly masked_pan: string; readonly expiration_date: string };
  readonly tip_selection: { readonly amount: number } | null;
  readonly payment_intent: null;
  /** The name under which the simulated reader keeps the card it read. */
  readonly training_collected: string;
}

/** Describes a card that was read, as far as a page may see it. */
export function sdkPaymentDetails(
  collected: string,
  card: TestCard,
  tipAmount: number | null,
): SdkPaymentDetails {
  return {
    card_payment: { masked_pan: `************${card.number.slice(-4)}`, expiration_date: '1234' },
    tip_selection: tipAmount === null ? null : { amount: tipAmount },
    payment_intent: null,
    training_collected: collected,
  };
}
