import type { LocationRequest } from '../ports/readers-api.ts';

/** A location as typed; nothing is trimmed yet. */
export interface TypedLocation {
  readonly name: string;
  readonly country: string;
  readonly line1: string;
  readonly city: string | null;
  readonly state: string | null;
  readonly postalCode: string | null;
}

export type LocationForm =
  | { readonly kind: 'whole'; readonly request: LocationRequest }
  /** One sentence for each field that is missing or wrong. */
  | { readonly kind: 'lacking'; readonly sentence: string };

type Part = 'city' | 'state' | 'postalCode';

/** What Stripe wants beside the street. https://docs.stripe.com/terminal/fleet/locations-and-zones */
const whole: readonly Part[] = ['city', 'state', 'postalCode'];
const withoutState: readonly Part[] = ['city', 'postalCode'];
const codeAlone: readonly Part[] = ['postalCode'];

const wantedOf: ReadonlyMap<string, readonly Part[]> = new Map([
  ...each('US CA AU IT JP ES', whole),
  ...each('AT BE BG CH CY CZ DE DK EE FI FR GB GR HR HU LI LT LU LV MT NL', withoutState),
  ...each('PL PT RO SE SI SK MY NO NZ', withoutState),
  ...each('GI IE SG', codeAlone),
]);

const nameOf: Readonly<Record<Part, string>> = {
  city: 'city',
  state: 'state or province',
  postalCode: 'postal code',
};

/**
 * The location as Stripe wants it, by the rules of its country; of a country that is not known here only the street is
 * asked for, and Stripe has the last word. Refuses with what to add.
 */
export function locationForm(typed: TypedLocation): LocationForm {
  const { name, country, address } = tidied(typed);
  const lacks: string[] = [];
  if (name === '') lacks.push('Give the location a name, such as the street or the quarter.');
  if (country === 'UK') lacks.push('Write GB for the United Kingdom.');
  else if (!/^[A-Z]{2}$/.test(country)) {
    lacks.push('Write the country as two letters, such as US or DE.');
  }
  if (address.line1 === '') lacks.push('Add the street and number.');
  for (const part of wantedOf.get(country) ?? []) {
    if (address[part] === null) lacks.push(`Add the ${nameOf[part]}: Stripe asks for it there.`);
  }
  if (lacks.length > 0) return { kind: 'lacking', sentence: lacks.join(' ') };
  return { kind: 'whole', request: { name, address: { country, ...address } } };
}

function tidied(typed: TypedLocation): {
  readonly name: string;
  readonly country: string;
  readonly address: Omit<LocationRequest['address'], 'country'>;
} {
  return {
    name: typed.name.trim(),
    country: typed.country.trim().toUpperCase(),
    address: {
      line1: typed.line1.trim(),
      city: orNull(typed.city),
      state: orNull(typed.state),
      postalCode: orNull(typed.postalCode),
    },
  };
}

function orNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function each(
  countries: string,
  parts: readonly Part[],
): readonly (readonly [string, readonly Part[]])[] {
  return countries.split(' ').map((country) => [country, parts] as const);
}
