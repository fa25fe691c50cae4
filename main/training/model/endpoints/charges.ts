import type Stripe from 'stripe';

import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readMetadata } from '../form/metadata.ts';
import { find } from '../moves/find.ts';
import { updateCharge } from '../moves/update-charge.ts';
import { readEmail } from './read-email.ts';

const one = { object: 'charge', list: false } as const;
const url = '/v1/charges';

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'charge', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const customer = params.text('customer');
    const paymentIntent = params.text('payment_intent');
    const matches = (row: Stripe.Charge): boolean =>
      inRange(created, row.created) &&
      (customer === undefined || row.customer === customer) &&
      (paymentIntent === undefined || row.payment_intent === paymentIntent);
    return (ledger) => listPage(ledger.charges, page, { url, noun: 'charge', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.charges, 'charge', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled(['customer', 'fraud_details', 'shipping', 'transfer_group']);
    const change = {
      description: params.clearableText('description', 1000),
      metadata: readMetadata(params),
      receiptEmail: readEmail(params, 'receipt_email'),
    };
    return (ledger) => updateCharge(ledger, id, change);
  },
};

/** https://docs.stripe.com/api/charges */
export const chargeEndpoints: readonly Endpoint[] = [list, retrieve, update];
