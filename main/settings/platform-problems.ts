import path from 'node:path';
import { platformNeeds } from './platform-needs.ts';
import type { PlatformSettings } from './platform-settings.ts';
import { refusePlainHttp } from './plain-http.ts';
import type { Settings } from './read-settings.ts';
import { givenKey } from './secret-key.ts';
import { SettingsProblem } from './settings-problem.ts';

type Refuse = (settings: Settings, platform: PlatformSettings) => void;

/** In the order in which they are told. */
const refusals: readonly Refuse[] = [
  refuseTwoTokens,
  (settings, { url, mode }) => {
    refusePlainHttp(url, mode, { file: path.basename(settings.file), field: 'backend.url' });
  },
  (settings, { mode }) => {
    const { apiBase } = settings.stripe;
    if (apiBase !== null) refusePlainHttp(apiBase, mode, { file: null, field: 'stripe.apiBase' });
  },
  refuseUnfitKey,
  refuseMainsLead,
];

/**
 * All that is wrong with the settings of the platform and of Stripe beside it, so far as file and environment tell:
 * the key store is not asked, and nothing is moved. Empty for direct Stripe.
 */
export function platformProblems(settings: Settings): readonly SettingsProblem[] {
  const { platform } = settings;
  if (platform === null) return [];
  return refusals.flatMap((refuse) => {
    try {
      refuse(settings, platform);
      return [];
    } catch (error) {
      if (error instanceof SettingsProblem) return [error];
      throw error;
    }
  });
}

/** Nothing says where to find it. */
export function noToken({ file }: Settings, platform: PlatformSettings): SettingsProblem {
  const name = path.basename(file);
  return new SettingsProblem(
    'settings',
    { file: name, field: 'backend.token' },
    `${platformNeeds[platform.system].name} needs an access token and there is none. Put it into ${name} under backend.token, or set FOYER_PLATFORM_TOKEN.`,
  );
}

/** A platform that documents no read, cancel or refund can't be sold with alone. */
export function noCompanionKey({ file }: Settings, platform: PlatformSettings): SettingsProblem {
  const name = path.basename(file);
  return new SettingsProblem(
    'stripe_key',
    { file: name, field: 'stripe.secretKey' },
    `${platformNeeds[platform.system].name} needs a restricted Stripe key beside it, for what it does not do itself. Make one (rk_${platform.mode}_) in the Stripe dashboard and put it into ${name} under stripe.secretKey.`,
  );
}

function refuseTwoTokens({ file }: Settings, platform: PlatformSettings): void {
  const isLying = platform.fileHoldsToken && platform.token?.from === 'environment';
  if (platform.mode !== 'live' || !isLying) return;
  const name = path.basename(file);
  throw new SettingsProblem(
    'settings',
    { file: name, field: 'backend.token' },
    `${name} holds a platform’s token while FOYER_PLATFORM_TOKEN sets another one. Take one of them away: a token for real money must not lie in a file.`,
  );
}

function refuseUnfitKey(settings: Settings, { system, mode }: PlatformSettings): void {
  const { name, stripeKey } = platformNeeds[system];
  const { secretKey } = settings.stripe;
  if (secretKey === null) return;
  const inFile = secretKey.from === 'file';
  const field = inFile ? 'stripe.secretKey' : 'FOYER_STRIPE_SECRET_KEY';
  const where = { file: inFile ? path.basename(settings.file) : null, field };
  if (stripeKey === 'unwanted') {
    throw new SettingsProblem(
      'stripe_key',
      where,
      `${name} is used without a Stripe key of the kiosk’s own. Take ${field} out.`,
    );
  }
  const key = givenKey(settings);
  if (key === null || key.mode === mode) return;
  throw new SettingsProblem(
    'stripe_key',
    where,
    `This is a ${key.mode} key, while backend.mode is "${mode}". Put a restricted key of the same mode (rk_${mode}_) in its place, or change backend.mode.`,
  );
}

function refuseMainsLead({ file, stripe }: Settings, { system }: PlatformSettings): void {
  const { name, mainLeads } = platformNeeds[system];
  if (mainLeads || stripe.integration === 'sdk') return;
  throw new SettingsProblem(
    'settings',
    { file: path.basename(file), field: 'stripe.integration' },
    `${name} gives this kiosk no key to lead a reader with, so only the screen can. Set stripe.integration to "sdk", or take it out.`,
  );
}
