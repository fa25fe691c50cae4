import type Stripe from 'stripe';

import type { Endpoint } from '../api/endpoint.ts';
import { inRange, readCreatedRange } from '../api/created-range.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readClientSecret } from '../api/read-by-secret.ts';
import { paymentIntentSeenByPage } from '../api/seen-by-page.ts';
import { readMetadata } from '../form/metadata.ts';
import { cancelPaymentIntent } from '../moves/cancel-payment-intent.ts';
import { capturePaymentIntent } from '../moves/capture-payment-intent.ts';
import { confirmPaymentIntent } from '../moves/confirm-payment-intent.ts';
import { createPaymentIntent } from '../moves/create-payment-intent.ts';
import { findPaymentIntent } from '../moves/find.ts';
import { updatePaymentIntent } from '../moves/update-payment-intent.ts';
import { readConfirmOrder } from './read-confirm-order.ts';
import { readPaymentIntentChange } from './read-payment-intent-change.ts';
import { readPaymentIntentOrder } from './read-payment-intent-order.ts';

const one = { object: 'payment_intent', list: false } as const;
const url = '/v1/payment_intents';
const reasons = ['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'] as const;

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params, version }) => {
    const order = readPaymentIntentOrder(params, version);
    return (ledger) => createPaymentIntent(ledger, order);
  },
};

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'payment_intent', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const customer = params.text('customer');
    const matches = (row: Stripe.PaymentIntent): boolean =>
      inRange(created, row.created) && (customer === undefined || row.customer === customer);
    return (ledger) =>
      listPage(ledger.paymentIntents, page, { url, noun: 'payment_intent', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled(['client_secret']);
    return (ledger) => findPaymentIntent(ledger, id);
  },
  prepareForPage: ({ params, id }) => {
    const check = readClientSecret(params, 'PaymentIntent');
    return (ledger) => {
      const row = findPaymentIntent(ledger, id);
      check(row);
      return paymentIntentSeenByPage(row);
    };
  },
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id, version }) => {
    const change = readPaymentIntentChange(params, version);
    return (ledger) => updatePaymentIntent(ledger, id, change);
  },
};

const confirm: Endpoint = {
  method: 'POST',
  path: `${url}/:id/confirm`,
  returns: one,
  prepare: ({ params, id, version }) => {
    const order = readConfirmOrder(params, version);
    return (ledger) => confirmPaymentIntent(ledger, id, order);
  },
};

const capture: Endpoint = {
  method: 'POST',
  path: `${url}/:id/capture`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled([
      'amount_details',
      'application_fee_amount',
      'final_capture',
      'hooks',
      'payment_details',
      'statement_descriptor',
      'statement_descriptor_suffix',
      'transfer_data',
    ]);
    const amountToCapture = params.positiveInteger('amount_to_capture');
    const metadata = readMetadata(params);
    return (ledger) => capturePaymentIntent(ledger, id, { amountToCapture, metadata });
  },
};

const cancel: Endpoint = {
  method: 'POST',
  path: `${url}/:id/cancel`,
  returns: one,
  prepare: ({ params, id }) => {
    const reason = params.oneOf('cancellation_reason', reasons) ?? null;
    return (ledger) => cancelPaymentIntent(ledger, id, reason);
  },
};

/** https://docs.stripe.com/api/payment_intents */
export const paymentIntentEndpoints: readonly Endpoint[] = [
  create,
  list,
  retrieve,
  update,
  confirm,
  capture,
  cancel,
];
