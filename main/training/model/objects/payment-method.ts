import type Stripe from 'stripe';

import type { TestCard } from '../test-cards.ts';
import { cardFields } from './card-fields.ts';

const nobody = { address: null, email: null, name: null, phone: null, tax_id: null };

/** The PaymentMethod of one presentation of a card. It cannot be charged again or attached. */
export function presentedPaymentMethod(
  id: string,
  card: TestCard,
  createdSec: number,
): Stripe.PaymentMethod {
  const fields = cardFields(card);
  const networks = { available: [card.network], preferred: null };
  return {
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: nobody,
    created: createdSec,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: card.type,
    ...(card.type === 'card_present'
      ? { card_present: { ...fields, brand_product: null, networks, offline: null } }
      : { interac_present: { ...fields, networks } }),
  };
}

/** The payment or the setup at which a card was presented. */
export type GeneratedFrom =
  | {
      readonly charge: string;
      readonly presented: Stripe.Charge.PaymentMethodDetails.CardPresent;
    }
  | { readonly setupAttempt: string };

/** What decides a generated card. */
export interface GeneratedCardSeed {
  readonly id: string;
  readonly createdSec: number;
  readonly card: TestCard;
  /** Null for a card that was never presented. */
  readonly from: GeneratedFrom | null;
  readonly customer: string | null;
  readonly allowRedisplay: string;
}

/** The reusable `card` PaymentMethod that a presented card leaves behind. */
export function generatedPaymentMethod(seed: GeneratedCardSeed): Stripe.PaymentMethod {
  const { card } = seed;
  const fields = cardFields(card);
  return {
    id: seed.id,
    object: 'payment_method',
    allow_redisplay: seed.allowRedisplay,
    billing_details: nobody,
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
      country: card.country,
      display_brand: card.brand,
      exp_month: fields.exp_month,
      exp_year: fields.exp_year,
      fingerprint: fields.fingerprint,
      funding: card.funding,
      generated_from: seed.from === null ? null : generatedFrom(seed.from),
      last4: fields.last4,
      networks: { available: [card.network], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: walletOf(card),
    },
    created: seed.createdSec,
    customer: seed.customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}

function generatedFrom(from: GeneratedFrom): Stripe.PaymentMethod.Card.GeneratedFrom {
  return 'charge' in from
    ? {
        charge: from.charge,
        payment_method_details: { card_present: from.presented, type: 'card_present' },
        setup_attempt: null,
      }
    : { charge: null, payment_method_details: null, setup_attempt: from.setupAttempt };
}

function walletOf({ wallet, number }: TestCard): Stripe.PaymentMethod.Card.Wallet | null {
  return wallet === null ? null : { type: wallet, [wallet]: {}, dynamic_last4: number.slice(-4) };
}
