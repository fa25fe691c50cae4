import type Stripe from 'stripe';

import type { TestCard, Verification } from '../test-cards.ts';
import { cardFields } from './card-fields.ts';
import { emvReceipt } from './emv-receipt.ts';

/** What a charge says about the card that was presented. */
export interface PresentedDetailsSeed {
  readonly card: TestCard;
  /** How the cardholder was verified; null when the issuer refused. */
  readonly verification: Verification | null;
  readonly amount: number;
  /** When an uncaptured hold ends, in epoch seconds; null when there is no hold. */
  readonly captureBeforeSec: number | null;
  readonly incrementalAuthorization: boolean;
  readonly generatedCard: string | null;
  readonly reader: string | null;
  readonly location: string | null;
  readonly nextId: (prefix: string) => string;
}

/** Builds `payment_method_details.card_present` of a charge. */
export function cardPresentDetails(
  seed: PresentedDetailsSeed,
): Stripe.Charge.PaymentMethodDetails.CardPresent {
  return {
    ...cardFields(seed.card),
    brand_product: null,
    amount_authorized: seed.verification === null ? null : seed.amount,
    ...(seed.captureBeforeSec === null ? {} : { capture_before: seed.captureBeforeSec }),
    emv_auth_data: null,
    generated_card: seed.generatedCard,
    incremental_authorization_supported: seed.incrementalAuthorization,
    network: seed.card.network,
    network_transaction_id: seed.verification === null ? null : seed.nextId('network'),
    offline: null,
    overcapture_supported: false,
    ...where(seed),
    receipt: emvReceipt(seed.card, seed.verification, seed.nextId),
    ...(seed.card.wallet === null ? {} : { wallet: { type: seed.card.wallet } }),
  };
}

/** Builds `payment_method_details.interac_present` of a charge, which knows no hold. */
export function interacPresentDetails(
  seed: PresentedDetailsSeed,
): Stripe.Charge.PaymentMethodDetails.InteracPresent {
  return {
    ...cardFields(seed.card),
    emv_auth_data: null,
    generated_card: null,
    network: seed.card.network,
    network_transaction_id: seed.verification === null ? null : seed.nextId('network'),
    ...where(seed),
    receipt: emvReceipt(seed.card, seed.verification, seed.nextId),
  };
}

function where({ reader, location }: PresentedDetailsSeed): { reader?: string; location?: string } {
  return { ...(reader === null ? {} : { reader }), ...(location === null ? {} : { location }) };
}
