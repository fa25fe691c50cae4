import type Stripe from 'stripe';

import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { find } from '../moves/find.ts';

const url = '/v1/terminal/readers';

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
  returns: { object: 'terminal.reader', list: false },
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.readers, 'reader', id),
};

/** https://docs.stripe.com/api/terminal/readers */
export const readerEndpoints: readonly Endpoint[] = [list, retrieve];
