import type Stripe from 'stripe';
import { cardPresentDetails } from '../../../main/training/model/objects/card-present-details.ts';
import { newCharge } from '../../../main/training/model/objects/charge.ts';
import { newPaymentIntent } from '../../../main/training/model/objects/payment-intent.ts';
import { findTestCard } from '../../../main/training/model/test-cards.ts';

/** Terminal holds last two days. */
const holdSec = 2 * 24 * 3_600;

/** The JSON texts of one PaymentIntent's life, as long as Stripe's own. */
export interface PreparedReplies {
  readonly created: string;
  readonly held: string;
  readonly captured: string;
}

export interface NewPaymentIntent {
  /** Unique; names the PaymentIntent and its Charge. */
  readonly number: number;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdSec: number;
}

/** Made before a sale's clock runs: what the network side takes is not our own work. */
export function preparedReplies(seed: NewPaymentIntent): PreparedReplies {
  const id = `pi_3Q${String(seed.number).padStart(22, '0')}`;
  const created = newPaymentIntent({
    id,
    clientSecret: `${id}_secret_bench0000000000000000000`,
    createdSec: seed.createdSec,
    amount: seed.amount,
    currency: seed.currency,
    types: ['card_present'],
    allowedTypes: ['card_present'],
    automatic: false,
    captureMethod: 'manual',
    cardPresentOptions: {
      request_extended_authorization: false,
      request_incremental_authorization_support: false,
    },
    customer: null,
    description: null,
    metadata: seed.metadata,
    paymentMethod: null,
    receiptEmail: null,
    setupFutureUsage: null,
    statementDescriptor: null,
    statementDescriptorSuffix: null,
  });
  const charge = chargeOf(created, seed);
  const held = {
    ...created,
    status: 'requires_capture',
    amount_capturable: seed.amount,
    latest_charge: charge,
    payment_method: charge.payment_method,
  };
  const captured = {
    ...held,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: seed.amount,
    latest_charge: { ...charge, captured: true, amount_captured: seed.amount },
  };
  return {
    created: JSON.stringify(created),
    held: JSON.stringify(held),
    captured: JSON.stringify(captured),
  };
}

function chargeOf(paymentIntent: Stripe.PaymentIntent, seed: NewPaymentIntent): Stripe.Charge {
  const card = findTestCard('visa');
  if (card === undefined) throw new Error('there is no visa test card');
  const tail = String(seed.number).padStart(22, '0');
  return newCharge({
    id: `ch_3Q${tail}`,
    createdSec: seed.createdSec,
    paymentIntent,
    amount: seed.amount,
    paymentMethod: `pm_1Q${tail}`,
    captured: false,
    decline: null,
    balanceTransaction: null,
    details: {
      type: 'card_present',
      card_present: cardPresentDetails({
        card,
        verification: 'approval',
        amount: seed.amount,
        captureBeforeSec: seed.createdSec + holdSec,
        incrementalAuthorization: false,
        generatedCard: null,
        reader: 'tmr_bench000000000000000',
        location: null,
        nextId: (prefix) => `${prefix}_${tail}`,
      }),
    },
  });
}
