/** A part of a studio's address that not every country asks for. */
export type AddressPart = 'city' | 'state' | 'postalCode';

const withState: ReadonlySet<string> = new Set(['US', 'CA', 'AU', 'IT', 'JP', 'ES']);
const withoutCity: ReadonlySet<string> = new Set(['IE', 'SG']);

/**
 * What Stripe asks of an address beside its street and country, by the country's two letters; see
 * https://docs.stripe.com/terminal/fleet/locations-and-zones. Stripe has the last word.
 */
export function addressParts(country: string): readonly AddressPart[] {
  if (withState.has(country)) return ['city', 'state', 'postalCode'];
  return withoutCity.has(country) ? ['postalCode'] : ['city', 'postalCode'];
}

/** The country's name for its two letters; null where they name none. */
export function countryName(country: string, locale: string): string | null {
  if (!/^[A-Z]{2}$/.test(country)) return null;
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  return names.of(country) ?? null;
}
