/** A part of a studio's address that not every country asks for. */
export type AddressPart = 'city' | 'state' | 'postalCode';

const withoutState: ReadonlySet<string> = new Set([
  ...['AT', 'BE', 'BG', 'CH', 'CY', 'CZ', 'DE', 'DK', 'EE', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU'],
  ...['LI', 'LT', 'LU', 'LV', 'MT', 'MY', 'NL', 'NO', 'NZ', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
]);
const codeAlone: ReadonlySet<string> = new Set(['GI', 'IE', 'SG']);

/**
 * What is asked of an address beside its street and country, by the country's two letters; see
 * https://docs.stripe.com/terminal/fleet/locations-and-zones. Everything is asked where we know no better: what may
 * stay empty is main's and Stripe's to say.
 */
export function addressParts(country: string): readonly AddressPart[] {
  if (codeAlone.has(country)) return ['postalCode'];
  return withoutState.has(country) ? ['city', 'postalCode'] : ['city', 'state', 'postalCode'];
}

/** The country's name for its two letters; null where they name none, as UK does at Stripe. */
export function countryName(country: string, locale: string): string | null {
  if (!/^[A-Z]{2}$/.test(country) || country === 'UK') return null;
  const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' });
  return names.of(country) ?? null;
}
