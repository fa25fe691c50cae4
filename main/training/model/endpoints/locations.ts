import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import { createLocation } from '../moves/create-location.ts';
import { find } from '../moves/find.ts';

const one = { object: 'terminal.location', list: false } as const;
const url = '/v1/terminal/locations';

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params }) => {
    params.refuseUnmodelled([
      'address_kana',
      'address_kanji',
      'configuration_overrides',
      'display_name_kana',
      'display_name_kanji',
    ]);
    const order = {
      displayName: params.required('display_name', params.text('display_name', 1000)),
      address: readAddress(params.required('address', params.group('address'))),
      metadata: readMetadata(params),
      phone: params.text('phone', 20),
    };
    return (ledger) => createLocation(ledger, order);
  },
};

/** Only the country is always needed; the rest differs from country to country. */
function readAddress(group: Params): Parameters<typeof createLocation>[1]['address'] {
  const address = {
    city: group.text('city') ?? null,
    country: group.required('country', group.text('country', 2)),
    line1: group.text('line1') ?? null,
    line2: group.text('line2') ?? null,
    postal_code: group.text('postal_code') ?? null,
    state: group.text('state') ?? null,
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

/** https://docs.stripe.com/api/terminal/locations */
export const locationEndpoints: readonly Endpoint[] = [create, list, retrieve];
