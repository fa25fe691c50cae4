import type Stripe from 'stripe';

import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { readMetadata } from '../form/metadata.ts';
import { find } from '../moves/find.ts';
import { deleteReader } from '../terminal/delete-reader.ts';
import { registerByCode } from '../terminal/register-by-code.ts';
import { updateReader } from '../terminal/update-reader.ts';

const one = { object: 'terminal.reader', list: false } as const;
const url = '/v1/terminal/readers';

const create: Endpoint = {
  method: 'POST',
  path: url,
  returns: one,
  prepare: ({ params }) => {
    const order = {
      registrationCode: params.required('registration_code', params.text('registration_code')),
      label: params.clearableText('label') ?? undefined,
      location: params.text('location'),
      metadata: readMetadata(params),
    };
    return (ledger) => registerByCode(ledger, order);
  },
};

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'terminal.reader', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    const wanted = [
      ['device_type', params.text('device_type')],
      ['location', params.text('location')],
      ['serial_number', params.text('serial_number')],
      ['status', params.oneOf('status', ['online', 'offline'])],
    ] as const;
    const matches = (row: Stripe.Terminal.Reader): boolean =>
      wanted.every(([field, value]) => value === undefined || row[field] === value);
    return (ledger) => listPage(ledger.readers, page, { url, noun: 'reader', matches });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.readers, 'reader', id),
};

const update: Endpoint = {
  method: 'POST',
  path: `${url}/:id`,
  returns: one,
  prepare: ({ params, id }) => {
    const change = { label: params.clearableText('label'), metadata: readMetadata(params) };
    return (ledger) => updateReader(ledger, id, change);
  },
};

const remove: Endpoint = {
  method: 'DELETE',
  path: `${url}/:id`,
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      deleteReader(ledger, id),
};

/** https://docs.stripe.com/api/terminal/readers */
export const readerEndpoints: readonly Endpoint[] = [create, list, retrieve, update, remove];
