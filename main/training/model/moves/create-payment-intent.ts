import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { MetadataChange } from '../form/metadata.ts';
import { changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { newPaymentIntent } from '../objects/payment-intent.ts';
import { chargeableCard, refuseWalletOnSession } from './chargeable-card.ts';
import { confirmPaymentIntent } from './confirm-payment-intent.ts';
import { findReferenced } from './find.ts';
import { type RequestedTypes, settleTypes } from './payment-method-types.ts';

/** A new PaymentIntent as a client asked for it. Amounts are in the smallest unit. */
export interface PaymentIntentOrder {
  readonly amount: number;
  readonly currency: string;
  readonly types: RequestedTypes;
  readonly captureMethod: string;
  readonly cardPresentOptions: Stripe.PaymentIntent.PaymentMethodOptions.CardPresent;
  readonly customer: string | undefined;
  readonly description: string | undefined;
  readonly metadata: MetadataChange | undefined;
  /** A kept card to pay with. */
  readonly paymentMethod: string | undefined;
  /** How the kept card is charged at once; undefined when a confirm comes later. */
  readonly confirm: { readonly offSession: boolean } | undefined;
  readonly receiptEmail: string | undefined;
  readonly setupFutureUsage: string | undefined;
  readonly statementDescriptor: string | undefined;
  readonly statementDescriptorSuffix: string | undefined;
}

/**
 * Creates a PaymentIntent in `requires_payment_method`, or with a kept card in
 * `requires_confirmation` or charged at once. Refuses an unknown customer and a card that is not
 * theirs before anything is made; a decline is thrown after.
 */
export function createPaymentIntent(
  ledger: Ledger,
  order: PaymentIntentOrder,
): Stripe.PaymentIntent {
  const types = settleTypes(order.types, order.currency);
  if (order.captureMethod === 'manual' && types.includes('interac_present')) {
    throw invalidRequest(
      'Interac payments are captured at once: use an automatic capture_method, with payment_method_options[card_present][capture_method]=manual_preferred for other cards.',
      { param: 'capture_method' },
    );
  }
  if (order.customer !== undefined) {
    findReferenced(ledger.customers, 'customer', order.customer);
  }
  const card = cardOf(ledger, order, types);
  const id = ledger.ids.next('pi');
  const paymentIntent = ledger.paymentIntents.add(
    newPaymentIntent({
      id,
      clientSecret: `${id}_${ledger.ids.next('secret')}`,
      createdSec: ledger.nowSec(),
      amount: order.amount,
      currency: order.currency,
      types,
      allowedTypes: order.types.allowed ?? null,
      automatic: order.types.allowed === undefined && order.types.exact === undefined,
      captureMethod: order.captureMethod,
      cardPresentOptions: order.cardPresentOptions,
      customer: order.customer ?? null,
      description: order.description ?? null,
      metadata: changedMetadata({}, order.metadata),
      paymentMethod: card,
      receiptEmail: order.receiptEmail ?? null,
      setupFutureUsage: order.setupFutureUsage ?? null,
      statementDescriptor: order.statementDescriptor ?? null,
      statementDescriptorSuffix: order.statementDescriptorSuffix ?? null,
    }),
  );
  ledger.emit('payment_intent.created', paymentIntent);
  return order.confirm === undefined
    ? paymentIntent
    : confirmPaymentIntent(ledger, id, { paymentMethod: undefined, ...order.confirm });
}

/** The kept card the order names, checked for what can be checked before there is a payment. */
function cardOf(
  ledger: Ledger,
  { customer, paymentMethod, confirm }: PaymentIntentOrder,
  types: readonly string[],
): string | null {
  if (paymentMethod === undefined) {
    if (confirm !== undefined) {
      throw invalidRequest(
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
        { code: 'payment_intent_unexpected_state' },
      );
    }
    return null;
  }
  const card = chargeableCard(ledger, paymentMethod, { customer: customer ?? null, types });
  if (confirm !== undefined) {
    refuseWalletOnSession(card, confirm.offSession);
  }
  return card.id;
}
