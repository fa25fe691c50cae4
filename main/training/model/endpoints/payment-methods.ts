import type Stripe from 'stripe';

import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import type { Params } from '../form/params.ts';
import type { Ledger } from '../ledger.ts';
import { attachPaymentMethod } from '../moves/attach-payment-method.ts';
import { detachPaymentMethod } from '../moves/detach-payment-method.ts';
import { find } from '../moves/find.ts';
import { updatePaymentMethod } from '../moves/update-payment-method.ts';
import { readPaymentMethodChange, redisplays } from './read-payment-method-change.ts';

const one = { object: 'payment_method', list: false } as const;
const many = { object: 'payment_method', list: true } as const;
const url = '/v1/payment_methods';

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: many,
  prepare: ({ params }) => {
    params.refuseUnmodelled(['customer_account']);
    const customer = params.required('customer', params.text('customer'));
    const page = readList(params, customer, url);
    return (ledger) => {
      find(ledger.customers, 'customer', customer);
      return page(ledger);
    };
  },
};

const listOfCustomer: Endpoint = {
  method: 'GET',
  path: '/v1/customers/:id/payment_methods',
  returns: many,
  prepare: ({ params, id }) => {
    const page = readList(params, id, `/v1/customers/${id}/payment_methods`);
    return (ledger) => {
      find(ledger.customers, 'customer', id);
      return page(ledger);
    };
  },
};

function readList(params: Params, customer: string, at: string): (ledger: Ledger) => object {
  const page = readPageOrder(params);
  const type = params.text('type');
  const redisplay = params.oneOf('allow_redisplay', redisplays);
  const matches = (row: Stripe.PaymentMethod): boolean =>
    row.customer === customer &&
    (type === undefined || row.type === type) &&
    (redisplay === undefined || row.allow_redisplay === redisplay);
  return (ledger) =>
    listPage(ledger.paymentMethods, page, { url: at, noun: 'PaymentMethod', matches });
}

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.paymentMethods, 'PaymentMethod', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    const change = readPaymentMethodChange(params);
    return (ledger) => updatePaymentMethod(ledger, id, change);
  },
};

const attach: Endpoint = {
  method: 'POST',
  path: `${url}/:id/attach`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled(['customer_account']);
    const customer = params.required('customer', params.text('customer'));
    return (ledger) => attachPaymentMethod(ledger, id, customer);
  },
};

const detach: Endpoint = {
  method: 'POST',
  path: `${url}/:id/detach`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      detachPaymentMethod(ledger, id),
};

/** https://docs.stripe.com/api/payment_methods */
export const paymentMethodEndpoints: readonly Endpoint[] = [
  list,
  listOfCustomer,
  retrieve,
  update,
  attach,
  detach,
];
