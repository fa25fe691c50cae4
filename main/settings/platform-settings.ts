import { z } from 'zod';

/** A credential, and where it was found; the file's is moved to the key store at the first start with real money. */
export interface FoundSecret {
  readonly value: string;
  readonly from: 'file' | 'environment' | 'key_store';
}

interface AnyPlatform {
  /** Without a slash at its end. */
  readonly url: string;
  readonly mode: 'test' | 'live';
  /** Null when neither the file nor the environment has one: then the key store may. */
  readonly token: FoundSecret | null;
  /** True when the file has a token, whether it is the one used or not. */
  readonly fileHoldsToken: boolean;
}

export interface MarianaTekSettings extends AnyPlatform {
  readonly system: 'mariana-tek';
  /** Mariana Tek's own id of the location, with which readers are registered and listed. */
  readonly location: string;
}

export interface PortalSettings extends AnyPlatform {
  readonly system: 'portal';
  /** `external_account_id`: the merchant at the portal. */
  readonly accountId: string;
  /** How the token travels; the portal's document does not say. */
  readonly authentication: { readonly header: string; readonly prefix: string };
  /** Where the reply to an intent has its secret, such as `client_secret` or `data.client_secret`. */
  readonly clientSecretPath: string;
}

export interface CommerceLayerSettings extends AnyPlatform {
  readonly system: 'commerce-layer';
  /** `maker`: Commerce Layer makes the PaymentIntent. `recorder`: the kiosk makes it, and records it there. */
  readonly role: 'maker' | 'recorder';
  /** `acct_…`, on which payments are where Commerce Layer's Stripe is a Connect platform's; null: its records tell. */
  readonly connectedAccount: string | null;
}

/** The selling platform behind this kiosk. */
export type PlatformSettings = MarianaTekSettings | PortalSettings | CommerceLayerSettings;

/** It goes into a header, which takes printable ASCII only; a line's end at its end is a slip of a copy. */
const tokenWords = 'must be the platform’s token, without spaces or line ends around it';
export const platformToken = z
  .string({ error: tokenWords })
  .max(8_192, tokenWords)
  .regex(/^[!-~](?:[ -~]*[!-~])?$/, tokenWords);

const id = z
  .string({ error: 'must be an id of letters, digits, - and _' })
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be an id of letters, digits, - and _');

const urlWords = 'must be an address such as "https://studio.example.com"';
const url = z
  .url({ protocol: /^https?$/, error: urlWords, abort: true })
  .refine(
    (address) => /^https?:\/\/[^/?#@]+(\/[^?#]*)?$/i.test(address),
    'must be only the address: no name or password, no ? and no #',
  )
  .transform((address) => address.replace(/\/+$/, ''));

const headerWords = 'must be the name of a header, such as "Authorization"';
const pathWords = 'must be a path such as "client_secret"';

const accountWords = 'must be a connected account such as "acct_…"';

const common = {
  url,
  mode: z.enum(['test', 'live'], { error: 'must be "test" or "live"' }),
  token: platformToken.optional(),
};

/** The section `backend` of the settings; without it the kiosk sells with direct Stripe. */
export const backendSection = z.discriminatedUnion(
  'system',
  [
    z.strictObject({ system: z.literal('stripe') }),
    z.strictObject({ system: z.literal('mariana-tek'), ...common, location: id }),
    z.strictObject({
      system: z.literal('portal'),
      ...common,
      accountId: id,
      authentication: z
        .strictObject({
          header: z.string({ error: headerWords }).regex(/^[A-Za-z0-9-]{1,64}$/, headerWords),
          prefix: z
            .string({ error: 'must be what stands before the token, such as "Bearer "' })
            .regex(/^[ -~]{0,40}$/, 'must be at most 40 characters of plain ASCII'),
        })
        .optional(),
      clientSecretPath: z
        .string({ error: pathWords })
        .regex(/^[a-z_]+(\.[a-z_]+)*$/, pathWords)
        .optional(),
    }),
    z.strictObject({
      system: z.literal('commerce-layer'),
      ...common,
      role: z.enum(['maker', 'recorder'], { error: 'must be "maker" or "recorder"' }).optional(),
      connectedAccount: z
        .string({ error: accountWords })
        .regex(/^acct_[A-Za-z0-9]{1,64}$/, accountWords)
        .optional(),
    }),
  ],
  { error: 'must be "stripe", "mariana-tek", "portal" or "commerce-layer"' },
);

/** Null for direct Stripe. `fromEnvironment` goes before the file's token. */
export function platformSettings(
  section: z.infer<typeof backendSection> | undefined,
  fromEnvironment: string | undefined,
): PlatformSettings | null {
  if (section === undefined || section.system === 'stripe') return null;
  const { url, mode } = section;
  const token = tokenOf(section.token, fromEnvironment);
  const any = { url, mode, token, fileHoldsToken: section.token !== undefined };
  switch (section.system) {
    case 'mariana-tek':
      return { ...any, system: 'mariana-tek', location: section.location };
    case 'portal':
      return {
        ...any,
        system: 'portal',
        accountId: section.accountId,
        authentication: section.authentication ?? { header: 'Authorization', prefix: 'Bearer ' },
        clientSecretPath: section.clientSecretPath ?? 'client_secret',
      };
    case 'commerce-layer':
      return {
        ...any,
        system: 'commerce-layer',
        role: section.role ?? 'maker',
        connectedAccount: section.connectedAccount ?? null,
      };
  }
}

function tokenOf(
  inFile: string | undefined,
  inEnvironment: string | undefined,
): FoundSecret | null {
  if (inEnvironment !== undefined) return { value: inEnvironment, from: 'environment' };
  return inFile === undefined ? null : { value: inFile, from: 'file' };
}
