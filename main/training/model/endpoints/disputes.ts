import type Stripe from 'stripe';

import { inRange, readCreatedRange } from '../api/created-range.ts';
import type { Endpoint } from '../api/endpoint.ts';
import { listPage, readPageOrder } from '../api/list-page.ts';
import { find } from '../moves/find.ts';

const url = '/v1/disputes';

const list: Endpoint = {
  method: 'GET',
  path: url,
  returns: { object: 'dispute', list: true },
  prepare: ({ params }) => {
    const page = readPageOrder(params);
    const created = readCreatedRange(params);
    const charge = params.text('charge');
    const paymentIntent = params.text('payment_intent');
    const matches = (row: Stripe.Dispute): boolean =>
      inRange(created, row.created) &&
      (charge === undefined || row.charge === charge) &&
      (paymentIntent === undefined || row.payment_intent === paymentIntent);
    return (ledger) => listPage(ledger.disputes, page, { url, noun: 'dispute', matches, created });
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: `${url}/:id`,
  returns: { object: 'dispute', list: false },
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.disputes, 'dispute', id),
};

/** Reading only: a kiosk shows a dispute, and the studio answers it at Stripe. https://docs.stripe.com/api/disputes */
export const disputeEndpoints: readonly Endpoint[] = [list, retrieve];
