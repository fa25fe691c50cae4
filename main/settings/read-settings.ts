import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { assert } from '../domain/assert.ts';
import { type CardSettings, cardSettings, cardsSection } from './card-settings.ts';
import { type MailSettings, mailSection, mailSettings } from './mail-settings.ts';
import {
  backendSection,
  platformSettings,
  type PlatformSettings,
  platformToken,
} from './platform-settings.ts';
import { parseJsonFile, type ReadOrProblems, valueOf } from './read-json-file.ts';
import { SettingsProblem } from './settings-problem.ts';

/** How this kiosk is set up. Paths are absolute. */
export interface Settings {
  readonly studioName: string;
  readonly studioAddress: string | null;
  readonly catalogueFile: string;
  readonly theme: { readonly accent: string; readonly scheme: 'light' | 'dark' | 'system' };
  readonly locale: 'en' | 'en-XA';
  readonly readerSide: 'left' | 'right' | 'below';
  readonly askBeforeCharging: boolean;
  /** Full screen, without a way out for customers. */
  readonly fullScreen: boolean;
  readonly stripe: {
    /** From the file or the environment; null when neither has one. */
    readonly secretKey: { readonly value: string; readonly from: 'file' | 'environment' } | null;
    /** True when the file has a live key, whether it is the one used or not. */
    readonly fileHoldsLiveKey: boolean;
    readonly apiBase: string | null;
    readonly location: string | null;
    readonly reader: string | null;
    /** Who leads that reader until staff choose otherwise: the window, or main through Stripe. */
    readonly integration: 'sdk' | 'server_driven';
    /** `automatic` takes the money with the card's tap; `manual` holds it first. */
    readonly captureMethod: 'manual' | 'automatic';
  };
  /** The selling platform behind this kiosk; null for direct Stripe. */
  readonly platform: PlatformSettings | null;
  /** `askPin`: the staff PIN is asked for once more before money is given back, a hold released, or less of it taken. */
  readonly refunds: { readonly askPin: boolean };
  readonly cards: CardSettings;
  /** Absent where no letters are sent. */
  readonly mail?: MailSettings;
  /** The training reader presents this card by itself. */
  readonly trainingCard: string | null;
  /** The settings file, whether it exists or not. */
  readonly file: string;
}

const accent = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as "#1f6f5c"');
const scheme = z.enum(['light', 'dark', 'system'], { error: 'must be light, dark or system' });
const side = z.enum(['left', 'right', 'below'], { error: 'must be left, right or below' });
const locale = z.enum(['en', 'en-XA'], { error: 'must be "en"' });
const integration = z.enum(['sdk', 'server_driven'], {
  error: 'must be "sdk" or "server_driven"',
});
const captureMethod = z.enum(['manual', 'automatic'], { error: 'must be "manual" or "automatic"' });
const apiBase = z
  .url({ protocol: /^https?$/, error: 'must be an address such as "http://127.0.0.1:12111"' })
  .refine((address) => URL.parse(address)?.pathname === '/', 'must have no path');

const settingsFile = z.strictObject({
  studio: z
    .strictObject({
      name: z.string().min(1, 'must not be empty').max(60, 'is longer than 60 characters'),
      address: z.string().max(200, 'is longer than 200 characters').optional(),
    })
    .optional(),
  catalogue: z.string().min(1, 'must be the path of the catalogue').optional(),
  theme: z.strictObject({ accent: accent.optional(), scheme: scheme.optional() }).optional(),
  locale: locale.optional(),
  readerSide: side.optional(),
  askBeforeCharging: z.boolean({ error: 'must be true or false' }).optional(),
  fullScreen: z.boolean({ error: 'must be true or false' }).optional(),
  stripe: z
    .strictObject({
      secretKey: z.string().optional(),
      apiBase: apiBase.optional(),
      location: z.string().regex(/^tml_/, 'must be a location such as "tml_…"').optional(),
      reader: z.string().regex(/^tmr_/, 'must be a reader such as "tmr_…"').optional(),
      integration: integration.optional(),
      captureMethod: captureMethod.optional(),
    })
    .optional(),
  backend: backendSection.optional(),
  refunds: z
    .strictObject({ askPin: z.boolean({ error: 'must be true or false' }).optional() })
    .optional(),
  cards: cardsSection.optional(),
  mail: mailSection.optional(),
});

const environmentSchema = z.object({
  FOYER_CATALOGUE: z.string().optional(),
  FOYER_STRIPE_SECRET_KEY: z.string().optional(),
  FOYER_STRIPE_API_BASE: apiBase.optional(),
  FOYER_STRIPE_LOCATION: z.string().optional(),
  FOYER_STRIPE_READER: z.string().optional(),
  FOYER_STRIPE_INTEGRATION: integration.optional(),
  FOYER_THEME: scheme.optional(),
  FOYER_ACCENT: accent.optional(),
  FOYER_LOCALE: locale.optional(),
  FOYER_READER_SIDE: side.optional(),
  FOYER_PLATFORM_TOKEN: platformToken.optional(),
  FOYER_MAIL_PASSWORD: z.string().optional(),
  FOYER_TRAINING_CARD: z
    .string()
    .regex(/^[a-z0-9_]{1,60}$/, 'must be one of Stripe’s testPaymentMethod names, such as "visa"')
    .optional(),
});

export interface SettingsSources {
  readonly dataDir: string;
  /** Folder with the example catalogue. */
  readonly resourcesDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `foyer.json` (its path may be set by FOYER_CONFIG) and the environment, which wins.
 * Refuses, by SettingsProblem, naming the file or the variable and what to do.
 */
export function readSettings(sources: SettingsSources): Settings {
  return valueOf(parseSettings(sources));
}

/** The same, with every problem of the environment and the file. */
export function parseSettings(sources: SettingsSources): ReadOrProblems<Settings> {
  const { dataDir, resourcesDir, environment } = sources;
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environmentSchema.safeParse(set);
  const chosen = set['FOYER_CONFIG'];
  const file = path.resolve(chosen ?? path.join(dataDir, 'foyer.json'));
  const read: ReadOrProblems<z.infer<typeof settingsFile>> =
    chosen !== undefined || existsSync(file)
      ? parseJsonFile({ kind: 'settings', file, schema: settingsFile, sizeMax: 1024 * 1024 })
      : { kind: 'read', value: {} };
  if (parsed.success && read.kind === 'read') {
    return { kind: 'read', value: merged(file, resourcesDir, read.value, parsed.data) };
  }
  const [first, ...others] = [
    ...(parsed.error?.issues ?? []).map(({ path: [variable], message }) => {
      const field = String(variable ?? '');
      const sentence = `The environment variable ${field} ${message}.`;
      return new SettingsProblem('settings', { file: null, field }, sentence);
    }),
    ...(read.kind === 'refused' ? read.problems : []),
  ];
  assert(first !== undefined, 'settings that are refused have a problem');
  return { kind: 'refused', problems: [first, ...others] };
}

function merged(
  file: string,
  resourcesDir: string,
  read: z.infer<typeof settingsFile>,
  env: z.infer<typeof environmentSchema>,
): Settings {
  const named = env.FOYER_CATALOGUE ?? null;
  const inFile =
    read.catalogue === undefined ? null : path.resolve(path.dirname(file), read.catalogue);
  return {
    studioName: read.studio?.name ?? 'Linden Yoga',
    studioAddress: read.studio?.address ?? null,
    catalogueFile:
      named === null
        ? (inFile ?? path.join(resourcesDir, 'catalogue.example.json'))
        : path.resolve(named),
    theme: {
      accent: env.FOYER_ACCENT ?? read.theme?.accent ?? '#2f6b5a',
      scheme: env.FOYER_THEME ?? read.theme?.scheme ?? 'light',
    },
    locale: env.FOYER_LOCALE ?? read.locale ?? 'en',
    readerSide: env.FOYER_READER_SIDE ?? read.readerSide ?? 'right',
    askBeforeCharging: read.askBeforeCharging ?? false,
    fullScreen: read.fullScreen ?? false,
    stripe: {
      secretKey: secretKeyOf(read.stripe?.secretKey, env.FOYER_STRIPE_SECRET_KEY),
      fileHoldsLiveKey: /^(sk|rk)_live_/.test(read.stripe?.secretKey ?? ''),
      apiBase: env.FOYER_STRIPE_API_BASE ?? read.stripe?.apiBase ?? null,
      location: env.FOYER_STRIPE_LOCATION ?? read.stripe?.location ?? null,
      reader: env.FOYER_STRIPE_READER ?? read.stripe?.reader ?? null,
      integration: env.FOYER_STRIPE_INTEGRATION ?? read.stripe?.integration ?? 'sdk',
      captureMethod: read.stripe?.captureMethod ?? 'manual',
    },
    platform: platformSettings(read.backend, env.FOYER_PLATFORM_TOKEN),
    refunds: { askPin: read.refunds?.askPin ?? true },
    cards: cardSettings(read.cards),
    ...(read.mail === undefined ? {} : { mail: mailSettings(read.mail, env.FOYER_MAIL_PASSWORD) }),
    trainingCard: env.FOYER_TRAINING_CARD ?? null,
    file,
  };
}

function secretKeyOf(
  inFile: string | undefined,
  inEnvironment: string | undefined,
): Settings['stripe']['secretKey'] {
  if (inEnvironment !== undefined) return { value: inEnvironment, from: 'environment' };
  return inFile === undefined ? null : { value: inFile, from: 'file' };
}
