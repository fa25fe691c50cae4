import type Stripe from 'stripe';

import type { Decline } from '../declines.ts';

/** What decides a new Charge. */
export interface ChargeSeed {
  readonly id: string;
  readonly createdSec: number;
  readonly paymentIntent: Stripe.PaymentIntent;
  readonly amount: number;
  readonly paymentMethod: string;
  readonly details: Stripe.Charge.PaymentMethodDetails;
  /** Whether the money moves at once. */
  readonly captured: boolean;
  /** Why the issuer refused; null when it approved. */
  readonly decline: Decline | null;
  readonly balanceTransaction: string | null;
}

/** A complete new Charge. https://docs.stripe.com/api/charges/object */
export function newCharge(seed: ChargeSeed): Stripe.Charge {
  const { paymentIntent, decline } = seed;
  const { customer } = paymentIntent;
  return {
    id: seed.id,
    object: 'charge',
    amount: seed.amount,
    amount_captured: seed.captured ? seed.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: seed.balanceTransaction,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: paymentIntent.statement_descriptor ?? 'FOYER TRAINING',
    captured: seed.captured,
    created: seed.createdSec,
    currency: paymentIntent.currency,
    customer,
    description: paymentIntent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline === null ? null : decline.code,
    failure_message: decline === null ? null : decline.message,
    fraud_details: {},
    livemode: false,
    metadata: paymentIntent.metadata,
    on_behalf_of: null,
    outcome: outcome(decline),
    paid: decline === null,
    payment_intent: paymentIntent.id,
    payment_method: seed.paymentMethod,
    payment_method_details: seed.details,
    receipt_email: paymentIntent.receipt_email,
    receipt_number: null,
    receipt_url:
      decline === null ? `https://pay.stripe.invalid/receipts/training/${seed.id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: paymentIntent.statement_descriptor,
    statement_descriptor_suffix: paymentIntent.statement_descriptor_suffix,
    status: decline === null ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}

function outcome(decline: Decline | null): Stripe.Charge.Outcome {
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: decline === null ? 'approved_by_network' : 'declined_by_network',
    reason: decline === null ? null : decline.declineCode,
    risk_level: 'not_assessed',
    seller_message:
      decline === null ? 'Payment complete.' : 'The bank returned a decline for this card.',
    type: decline === null ? 'authorized' : 'issuer_declined',
  };
}
