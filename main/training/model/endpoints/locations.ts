import type Stripe from 'stripe';

import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import { createLocation } from '../moves/create-location.ts';
import { find } from '../moves/find.ts';
import { deleteLocation } from '../terminal/delete-location.ts';
import { checkLocationAddress } from '../terminal/location-address.ts';
import { updateLocation } from '../terminal/update-location.ts';

const one = { object: 'terminal.location', list: false } as const;
const url = '/v1/terminal/locations';

const unmodelled = [
  'address_kana',
  'address_kanji',
  'configuration_overrides',
  'display_name_kana',
  'display_name_kanji',
];

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params }) => {
    params.refuseUnmodelled(unmodelled);
    const group = params.required('address', params.group('address'));
    group.required('country', group.has('country') ? true : undefined);
    const address = readAddress(group);
    const order = {
      displayName: params.required('display_name', params.text('display_name', 1000)),
      address,
      metadata: readMetadata(params),
      phone: params.text('phone', 20),
    };
    checkLocationAddress(address);
    return (ledger) => createLocation(ledger, order);
  },
};

function readAddress(group: Params): Stripe.Address {
  const address = {
    city: group.text('city') ?? null,
    country: group.text('country', 2) ?? null,
    line1: group.text('line1') ?? null,
    line2: group.clearableText('line2') ?? null,
    postal_code: group.text('postal_code') ?? null,
    state: group.clearableText('state') ?? null,
  };
  group.done();
  return address;
}

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'terminal.location', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    return (ledger) =>
      listPage(ledger.locations, page, { url, noun: 'location', matches: () => true });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.locations, 'location', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    params.refuseUnmodelled(unmodelled);
    const address = params.group('address');
    const change = {
      displayName: params.text('display_name', 1000),
      address: address === undefined ? undefined : readAddress(address),
      metadata: readMetadata(params),
      phone: params.clearableText('phone', 20),
    };
    return (ledger) => updateLocation(ledger, id, change);
  },
};

const remove: Endpoint = {
  method: 'DELETE',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      deleteLocation(ledger, id),
};

/** https://docs.stripe.com/api/terminal/locations */
export const locationEndpoints: readonly Endpoint[] = [create, list, retrieve, update, remove];
