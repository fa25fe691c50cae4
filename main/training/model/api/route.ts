import { ApiError, notModelled } from '../api-error.ts';
import { chargeEndpoints } from '../endpoints/charges.ts';
import { customerEndpoints } from '../endpoints/customers.ts';
import { disputeEndpoints } from '../endpoints/disputes.ts';
import { eventEndpoints } from '../endpoints/events.ts';
import { paymentIntentEndpoints } from '../endpoints/payment-intents.ts';
import { paymentMethodEndpoints } from '../endpoints/payment-methods.ts';
import { connectionTokenEndpoints } from '../endpoints/connection-tokens.ts';
import { locationEndpoints } from '../endpoints/locations.ts';
import { presentPaymentMethodEndpoints } from '../endpoints/present-payment-method.ts';
import { readerActionEndpoints } from '../endpoints/reader-actions.ts';
import { readerEndpoints } from '../endpoints/readers.ts';
import { refundEndpoints } from '../endpoints/refunds.ts';
import { setupIntentEndpoints } from '../endpoints/setup-intents.ts';
import { trainingBankEndpoints } from '../endpoints/training-banks.ts';
import { trainingFaultEndpoints } from '../endpoints/training-faults.ts';
import type { Endpoint } from './endpoint.ts';

const endpoints: readonly Endpoint[] = [
  ...paymentIntentEndpoints,
  ...chargeEndpoints,
  ...paymentMethodEndpoints,
  ...customerEndpoints,
  ...setupIntentEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...eventEndpoints,
  ...connectionTokenEndpoints,
  ...locationEndpoints,
  ...readerEndpoints,
  ...readerActionEndpoints,
  ...presentPaymentMethodEndpoints,
  ...trainingFaultEndpoints,
  ...trainingBankEndpoints,
];

/** Parts of Stripe's API that the kiosk's documents name and the model lacks. */
const unmodelled: readonly RegExp[] = [
  /^\/v1\/(setup_intents|setup_attempts|refunds|disputes|balance_transactions)(\/|$)/,
  /^\/v1\/payment_intents\/(search|[^/]+\/(confirm|increment_authorization))$/,
  /^\/v1\/payment_methods(\/|$)/,
  /^\/v1\/customers(\/|$)/,
  /^\/v1\/charges(\/|$)/,
  /^\/v1\/(test_helpers\/)?terminal\//,
];

/** An endpoint, and the id in the path that led to it. */
export interface Route {
  readonly endpoint: Endpoint;
  readonly id: string;
}

const routes = endpoints.map((endpoint) => ({
  endpoint,
  pattern: new RegExp(`^${endpoint.path.replace(':id', '([^/]+)')}$`),
}));

/** Finds the endpoint of a request, or refuses with Stripe's sentence for an unknown address. */
export function route(method: string, path: string): Route {
  for (const { endpoint, pattern } of routes) {
    const match = endpoint.method === method ? pattern.exec(path) : null;
    if (match !== null) {
      return { endpoint, id: match[1] ?? '' };
    }
  }
  if (unmodelled.some((pattern) => pattern.test(path))) {
    throw notModelled(`${method} ${path}`);
  }
  throw new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  });
}
