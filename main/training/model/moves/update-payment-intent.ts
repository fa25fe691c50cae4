import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { checkAmount } from '../currencies.ts';
import { type MetadataChange, changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { findPaymentIntent, findReferenced } from './find.ts';

/** What a client may change; null clears a field, undefined leaves it. */
export interface PaymentIntentChange {
  readonly amount?: number | undefined;
  readonly customer?: string | undefined;
  readonly description?: string | null | undefined;
  readonly metadata?: MetadataChange | undefined;
  readonly receiptEmail?: string | null | undefined;
  readonly setupFutureUsage?: string | null | undefined;
  readonly statementDescriptor?: string | undefined;
  readonly statementDescriptorSuffix?: string | undefined;
}

/** Statuses in which the money itself may still be changed. */
const changeable: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/**
 * Changes a PaymentIntent. Any update wipes `last_payment_error`; Stripe sends no event for it.
 * What decides the payment itself is refused once money is held or moved.
 */
export function updatePaymentIntent(
  ledger: Ledger,
  id: string,
  change: PaymentIntentChange,
): Stripe.PaymentIntent {
  const paymentIntent = findPaymentIntent(ledger, id);
  if (!changeable.includes(paymentIntent.status)) {
    refuse(paymentIntent, 'amount', change.amount);
    refuse(paymentIntent, 'customer', change.customer);
    refuse(paymentIntent, 'setup_future_usage', change.setupFutureUsage);
  }
  if (change.amount !== undefined) {
    checkAmount(change.amount, paymentIntent.currency);
  }
  if (change.customer !== undefined) {
    findReferenced(ledger.customers, 'customer', change.customer);
  }
  return ledger.paymentIntents.replace({
    ...paymentIntent,
    amount: change.amount ?? paymentIntent.amount,
    customer: change.customer ?? paymentIntent.customer,
    description: changed(change.description, paymentIntent.description),
    last_payment_error: null,
    metadata: changedMetadata(paymentIntent.metadata, change.metadata),
    receipt_email: changed(change.receiptEmail, paymentIntent.receipt_email),
    setup_future_usage: changed(change.setupFutureUsage, paymentIntent.setup_future_usage),
    statement_descriptor: changed(change.statementDescriptor, paymentIntent.statement_descriptor),
    statement_descriptor_suffix: changed(
      change.statementDescriptorSuffix,
      paymentIntent.statement_descriptor_suffix,
    ),
  });
}

function changed<Value>(change: Value | undefined, held: Value): Value {
  return change === undefined ? held : change;
}

function refuse(paymentIntent: Stripe.PaymentIntent, field: string, change: unknown): void {
  if (change !== undefined) {
    throw invalidRequest(
      `This PaymentIntent's ${field} could not be updated because it has a status of ${paymentIntent.status}. You may only update the ${field} of a PaymentIntent with one of the following statuses: ${changeable.join(', ')}.`,
      { code: 'payment_intent_unexpected_state', payment_intent: paymentIntent },
    );
  }
}
