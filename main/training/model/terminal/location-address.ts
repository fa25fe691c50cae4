import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';

type Field = 'line1' | 'city' | 'state' | 'postal_code';

/**
 * What an address needs besides its country, where Terminal is sold.
 * https://docs.stripe.com/terminal/fleet/locations-and-zones
 */
const needed: readonly { readonly fields: readonly Field[]; readonly countries: string }[] = [
  { fields: ['line1', 'city', 'state', 'postal_code'], countries: 'AU CA ES IT JP US' },
  {
    fields: ['line1', 'city', 'postal_code'],
    countries:
      'AT BE BG CH CY CZ DE DK EE FI FR GB HR HU LI LT LU LV MT MY NL NO NZ PL PT RO SE SI SK',
  },
  { fields: ['line1', 'postal_code'], countries: 'GI IE SG' },
];

/** Refuses an address in a country without Terminal, and one that lacks what its country needs. */
export function checkLocationAddress(address: Stripe.Address): void {
  const country = address.country ?? '';
  const rule = needed.find(({ countries }) => countries.split(' ').includes(country));
  if (rule === undefined) {
    throw invalidRequest(`Terminal is not available in the country '${country}'.`, {
      code: 'terminal_location_country_unsupported',
      param: 'address[country]',
    });
  }
  const missing = rule.fields.find((field) => (address[field] ?? '') === '');
  if (missing !== undefined) {
    throw invalidRequest(`Missing required param: address[${missing}].`, {
      code: 'parameter_missing',
      param: `address[${missing}]`,
    });
  }
}
