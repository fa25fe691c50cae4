import type Stripe from 'stripe';

/** What a charge says about a kept card that was charged without being presented. */
export interface StoredCardSeed {
  readonly paymentMethod: Stripe.PaymentMethod;
  readonly approved: boolean;
  readonly amount: number;
  /** When an uncaptured hold ends, in epoch seconds; null when there is no hold. */
  readonly captureBeforeSec: number | null;
  readonly nextId: (prefix: string) => string;
}

/** Builds `payment_method_details` of such a charge. Refuses what is no card: only a bug offers it. */
export function storedCardDetails(seed: StoredCardSeed): Stripe.Charge.PaymentMethodDetails {
  const { card } = seed.paymentMethod;
  if (card === undefined) {
    throw new Error(`${seed.paymentMethod.id} is no card.`);
  }
  return {
    type: 'card',
    card: {
      amount_authorized: seed.approved ? seed.amount : null,
      authorization_code: null,
      brand: card.brand,
      ...(seed.captureBeforeSec === null ? {} : { capture_before: seed.captureBeforeSec }),
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.networks?.available[0] ?? card.brand,
      network_token: { used: false },
      network_transaction_id: seed.approved ? seed.nextId('network') : null,
      overcapture: { maximum_amount_capturable: seed.amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: walletOf(card),
    },
  };
}

function walletOf({
  wallet,
}: Stripe.PaymentMethod.Card): Stripe.Charge.PaymentMethodDetails.Card.Wallet | null {
  return wallet === null ? null : { type: wallet.type, dynamic_last4: wallet.dynamic_last4 };
}
