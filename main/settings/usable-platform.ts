import path from 'node:path';
import type { SecretName, SecretStore } from '../ports/secret-store.ts';
import { moveToKeyStore } from './move-to-key-store.ts';
import { platformNeeds } from './platform-needs.ts';
import { noCompanionKey, noToken, platformProblems } from './platform-problems.ts';
import type { FoundSecret, PlatformSettings } from './platform-settings.ts';
import type { Settings } from './read-settings.ts';
import { keyNameOf } from './secret-key.ts';
import { SettingsProblem } from './settings-problem.ts';

/** A platform with the token that signs in with it. */
export type UsablePlatform = PlatformSettings & { readonly token: FoundSecret };

/**
 * The platform behind this kiosk with its token, or null for direct Stripe. As with Stripe's keys, a test token may
 * stay where it is; a live one is moved from the file into the operating system's key store, under a name of its
 * system's, and on return it is out of the file. One in the environment is used and stays there. Refuses, by
 * SettingsProblem, and before anything is moved: whatever `platformProblems` tells, a platform without a token, one
 * without the Stripe key that it needs, and a key store that is none.
 */
export async function usablePlatform(
  settings: Settings,
  store: SecretStore,
): Promise<UsablePlatform | null> {
  const { platform } = settings;
  if (platform === null) return null;
  const [problem] = platformProblems(settings);
  if (problem !== undefined) throw problem;
  await refuseWithoutKey(settings, platform, store);
  return { ...platform, token: await tokenOf(settings, platform, store) };
}

/** The name of a platform's token in the key store. */
export function tokenNameOf({ system }: Pick<PlatformSettings, 'system'>): SecretName {
  return `${system}-token`;
}

async function refuseWithoutKey(
  settings: Settings,
  platform: PlatformSettings,
  store: SecretStore,
): Promise<void> {
  const isNeeded = platformNeeds[platform.system].stripeKey === 'required';
  if (!isNeeded || settings.stripe.secretKey !== null) return;
  const name = keyNameOf(platform);
  const field = 'stripe.secretKey';
  if ((await storedIn(store, name, { settings, platform, field })) !== null) return;
  throw noCompanionKey(settings, platform);
}

async function tokenOf(
  settings: Settings,
  platform: PlatformSettings,
  store: SecretStore,
): Promise<FoundSecret> {
  const { token, mode } = platform;
  const name = tokenNameOf(platform);
  const field = 'backend.token';
  if (token === null) {
    const value = await storedIn(store, name, { settings, platform, field });
    if (value === null) throw noToken(settings, platform);
    return { value, from: 'key_store' };
  }
  if (mode === 'test' || token.from !== 'file') return token;
  const { file } = settings;
  const where = { file: path.basename(file), field };
  await moveToKeyStore(
    store,
    { name, secret: token.value, noun: 'token', file, section: 'backend', field: 'token' },
    {
      problem: (sentence) => new SettingsProblem('settings', where, sentence),
      refused: () =>
        'This computer has no key store that protects the platform’s token. Install and unlock a key ring (GNOME Keyring or KWallet) for the kiosk’s user and start Foyer again, or take backend.token out and set FOYER_PLATFORM_TOKEN.',
    },
  );
  return { value: token.value, from: 'key_store' };
}

/** What the key store has under this name; it holds what is for real money only. */
async function storedIn(
  store: SecretStore,
  name: SecretName,
  about: { settings: Settings; platform: PlatformSettings; field: string },
): Promise<string | null> {
  if (about.platform.mode === 'test') return null;
  try {
    return await store.read(name);
  } catch {
    const file = path.basename(about.settings.file);
    throw new SettingsProblem(
      'settings',
      { file, field: about.field },
      `What the key store holds for ${about.field} can’t be read on this computer or by this user. Put it once more into ${file}.`,
    );
  }
}
