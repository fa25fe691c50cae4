import type Stripe from 'stripe';

import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readSearchPage, searchPage } from '../api/search-page.ts';
import { parseSearchQuery } from '../api/search-query.ts';
import { createCustomer } from '../moves/create-customer.ts';
import { deleteCustomer } from '../moves/delete-customer.ts';
import { find } from '../moves/find.ts';
import { searchCustomers } from '../moves/search-customers.ts';
import { updateCustomer } from '../moves/update-customer.ts';
import { readCustomerChange, readCustomerOrder } from './read-customer.ts';

const one = { object: 'customer', list: false } as const;
const many = { object: 'customer', list: true } as const;
const url = '/v1/customers';

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params }) => {
    const order = readCustomerOrder(params);
    return (ledger) => createCustomer(ledger, order);
  },
};

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: many,
  prepare: ({ params }) => {
    params.refuseUnmodelled(['test_clock']);
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const email = params.text('email', 512);
    // Stripe says that this filter minds case, unlike the search.
    const matches = (row: Stripe.Customer): boolean =>
      inRange(created, row.created) && (email === undefined || row.email === email);
    return (ledger) =>
      listPage(ledger.customers, page, { url, noun: 'customer', matches, created });
  },
};

const search: Endpoint = {
  method: 'GET',
  path: `${url}/search`,
  returns: many,
  prepare: ({ params }) => {
    const query = parseSearchQuery(params.required('query', params.text('query')));
    const page = readSearchPage(params);
    return (ledger) => searchPage(searchCustomers(ledger, query), page, `${url}/search`);
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      ledger.deletedCustomers.get(id) ?? find(ledger.customers, 'customer', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    const change = readCustomerChange(params);
    return (ledger) => updateCustomer(ledger, id, change);
  },
};

const remove: Endpoint = {
  method: 'DELETE',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      deleteCustomer(ledger, id),
};

/** https://docs.stripe.com/api/customers */
export const customerEndpoints: readonly Endpoint[] = [
  create,
  list,
  search,
  retrieve,
  update,
  remove,
];
