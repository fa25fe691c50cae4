import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import { createRefund, type RefundOrder } from '../moves/create-refund.ts';
import { find } from '../moves/find.ts';
import { updateRefund } from '../moves/update-refund.ts';

const one = { object: 'refund', list: false } as const;
const url = '/v1/refunds';
const reasons = ['duplicate', 'fraudulent', 'requested_by_customer'] as const;

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params }) => {
    const order = readRefundOrder(params);
    return (ledger) => createRefund(ledger, order);
  },
};

function readRefundOrder(params: Params): RefundOrder {
  params.refuseUnmodelled([
    'currency',
    'customer',
    'instructions_email',
    'origin',
    'refund_application_fee',
    'reverse_transfer',
  ]);
  const paymentIntent = params.text('payment_intent');
  const charge = params.text('charge');
  if ((paymentIntent === undefined) === (charge === undefined)) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      { code: 'parameter_missing', param: 'charge' },
    );
  }
  return {
    paymentIntent,
    charge,
    amount: params.positiveInteger('amount'),
    reason: params.oneOf('reason', reasons),
    metadata: readMetadata(params),
  };
}

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'refund', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const charge = params.text('charge');
    const paymentIntent = params.text('payment_intent');
    const matches = (row: Stripe.Refund): boolean =>
      inRange(created, row.created) &&
      (charge === undefined || row.charge === charge) &&
      (paymentIntent === undefined || row.payment_intent === paymentIntent);
    return (ledger) => listPage(ledger.refunds, page, { url, noun: 'refund', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.refunds, 'refund', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    const metadata = readMetadata(params);
    return (ledger) => updateRefund(ledger, id, metadata);
  },
};

/** Stripe cancels only refunds that wait for their holder (`requires_action`); a card's never does. */
const cancel: Endpoint = {
  method: 'POST',
  path: `${url}/:id/cancel`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) => {
      const { status } = find(ledger.refunds, 'refund', id);
      throw invalidRequest(`A refund with a status of ${status ?? ''} cannot be canceled.`);
    },
};

/** https://docs.stripe.com/api/refunds */
export const refundEndpoints: readonly Endpoint[] = [create, list, retrieve, update, cancel];
