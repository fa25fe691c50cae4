import type Stripe from 'stripe';

import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readClientSecret } from '../api/read-by-secret.ts';
import { setupIntentSeenByPage } from '../api/seen-by-page.ts';
import { cancelSetupIntent } from '../moves/cancel-setup-intent.ts';
import { createSetupIntent } from '../moves/create-setup-intent.ts';
import { find } from '../moves/find.ts';
import { readSetupIntentOrder } from './read-setup-intent-order.ts';

const one = { object: 'setup_intent', list: false } as const;
const url = '/v1/setup_intents';
const reasons = ['abandoned', 'duplicate', 'requested_by_customer'] as const;

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params, version }) => {
    const order = readSetupIntentOrder(params, version);
    return (ledger) => createSetupIntent(ledger, order);
  },
};

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'setup_intent', list: true },
  prepare: ({ params }) => {
    params.refuseUnmodelled(['attach_to_self', 'payment_method']);
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const customer = params.text('customer');
    const matches = (row: Stripe.SetupIntent): boolean =>
      inRange(created, row.created) && (customer === undefined || row.customer === customer);
    return (ledger) =>
      listPage(ledger.setupIntents, page, { url, noun: 'setupintent', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled(['client_secret']);
    return (ledger) => find(ledger.setupIntents, 'setupintent', id);
  },
  prepareForPage: ({ params, id }) => {
    const check = readClientSecret(params, 'SetupIntent');
    return (ledger) => {
      const row = find(ledger.setupIntents, 'setupintent', id);
      check(row);
      return setupIntentSeenByPage(row);
    };
  },
};

const cancel: Endpoint = {
  method: 'POST',
  path: `${url}/:id/cancel`,
  returns: one,
  prepare: ({ params, id }) => {
    const reason = params.oneOf('cancellation_reason', reasons) ?? null;
    return (ledger) => cancelSetupIntent(ledger, id, reason);
  },
};

/** https://docs.stripe.com/api/setup_intents */
export const setupIntentEndpoints: readonly Endpoint[] = [create, list, retrieve, cancel];
