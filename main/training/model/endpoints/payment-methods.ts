import type { Endpoint } from '../api/endpoint.ts';
import { find } from '../moves/find.ts';

/** https://docs.stripe.com/api/payment_methods */
export const paymentMethodEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    returns: { object: 'payment_method', list: false },
    prepare:
      ({ id }) =>
      (ledger) =>
        find(ledger.paymentMethods, 'PaymentMethod', id),
  },
];
