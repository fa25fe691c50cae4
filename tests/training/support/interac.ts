import type Stripe from 'stripe';

import { present, promptFor } from './server-driven.ts';
import { readerId, type Training } from './training.ts';

/** What a kiosk in Canada creates for a sale that Interac may pay. */
const interacSale = {
  amount: 2500,
  currency: 'cad',
  capture_method: 'automatic',
} as const satisfies Partial<Stripe.PaymentIntentCreateParams>;

/** A payment that was made, and its charge. */
export interface PaidSale {
  readonly paymentIntent: string;
  readonly charge: string;
}

/** Takes an Interac payment of 25.00 on the front reader, led by the server. */
export async function paidByInterac(training: Training, withinMs = 0): Promise<PaidSale> {
  return paidInCanada(training, { type: 'interac_present' }, withinMs);
}

/** Takes a payment of 25.00 in Canada with any card; `withinMs` is what the reader needs for it. */
export async function paidInCanada(
  training: Training,
  card: Parameters<typeof present>[1],
  withinMs = 0,
): Promise<PaidSale> {
  const { id } = await promptFor(training, {
    ...interacSale,
    allowed_payment_method_types: ['card_present', 'interac_present'],
  });
  await present(training, card);
  training.clock.advance(withinMs);
  const { latest_charge: charge } = await training.stripe.paymentIntents.retrieve(id);
  if (typeof charge !== 'string') {
    throw new Error('The payment left no charge.');
  }
  return { paymentIntent: id, charge };
}

/** Prompts on the front reader for the card that money goes back to. */
export function processRefund(
  training: Training,
  params: Stripe.Terminal.ReaderRefundPaymentParams,
): Promise<Stripe.Terminal.Reader> {
  return training.stripe.terminal.readers.refundPayment(readerId, params);
}

/** How much of a charge was given back, in the smallest unit. */
export async function givenBack(training: Training, charge: string): Promise<number> {
  return (await training.stripe.charges.retrieve(charge)).amount_refunded;
}
