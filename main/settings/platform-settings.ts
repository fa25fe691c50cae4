import { z } from 'zod';

/** A credential, and where it was found; the file's is moved to the key store at the first start. */
export interface FoundSecret {
  readonly value: string;
  readonly from: 'file' | 'environment';
}

interface AnyPlatform {
  /** Without a slash at its end. */
  readonly url: string;
  readonly mode: 'test' | 'live';
  /** Null when neither the file nor the environment has one: then the key store may. */
  readonly token: FoundSecret | null;
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
}

/** The selling platform behind this kiosk. */
export type PlatformSettings = MarianaTekSettings | PortalSettings | CommerceLayerSettings;

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be an id of letters, digits, - and _');
const common = {
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address such as "https://studio.example.com"' })
    .transform((address) => address.replace(/\/+$/, '')),
  mode: z.enum(['test', 'live'], { error: 'must be "test" or "live"' }),
  token: z.string().min(1, 'must not be empty').optional(),
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
          header: z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header'),
          prefix: z.string().max(40, 'is longer than 40 characters'),
        })
        .optional(),
      clientSecretPath: z
        .string()
        .regex(/^[a-z_]+(\.[a-z_]+)*$/, 'must be a path such as "client_secret"')
        .optional(),
    }),
    z.strictObject({
      system: z.literal('commerce-layer'),
      ...common,
      role: z.enum(['maker', 'recorder'], { error: 'must be "maker" or "recorder"' }).optional(),
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
  switch (section.system) {
    case 'mariana-tek':
      return { system: 'mariana-tek', url, mode, token, location: section.location };
    case 'portal':
      return {
        system: 'portal',
        url,
        mode,
        token,
        accountId: section.accountId,
        authentication: section.authentication ?? { header: 'Authorization', prefix: 'Bearer ' },
        clientSecretPath: section.clientSecretPath ?? 'client_secret',
      };
    case 'commerce-layer':
      return { system: 'commerce-layer', url, mode, token, role: section.role ?? 'maker' };
  }
}

function tokenOf(
  inFile: string | undefined,
  inEnvironment: string | undefined,
): FoundSecret | null {
  if (inEnvironment !== undefined) return { value: inEnvironment, from: 'environment' };
  return inFile === undefined ? null : { value: inFile, from: 'file' };
}
