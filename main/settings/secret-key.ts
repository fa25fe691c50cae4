import path from 'node:path';
import type { SecretName, SecretStore } from '../ports/secret-store.ts';
import { moveToKeyStore } from './move-to-key-store.ts';
import { platformNeeds } from './platform-needs.ts';
import type { PlatformSettings } from './platform-settings.ts';
import type { Settings } from './read-settings.ts';
import { SettingsProblem } from './settings-problem.ts';

export interface UsableKey {
  readonly secretKey: string;
  readonly mode: 'test' | 'live';
}

/** What the file or the environment gives; null when neither has a key. Refuses as `usableKey` does; moves nothing. */
export function givenKey(settings: Settings): UsableKey | null {
  const given = settings.stripe.secretKey;
  if (given === null) return null;
  const problem = problemAt(settings);
  if (settings.stripe.fileHoldsLiveKey && given.from === 'environment') {
    throw problem(
      `${path.basename(settings.file)} holds a live key while the environment sets another one. Take one of them away: a live key must not lie in a file.`,
    );
  }
  if (/^(sk|rk)_test_[0-9A-Za-z_]{3,}$/.test(given.value)) {
    return { secretKey: given.value, mode: 'test' };
  }
  if (given.value.startsWith('sk_live_')) {
    throw problem(
      'This is a full live key (sk_live_). A kiosk takes only a restricted key (rk_live_): make one in the Stripe dashboard and put it here instead.',
    );
  }
  if (!/^rk_live_[0-9A-Za-z]{3,}$/.test(given.value)) {
    throw problem(
      'This is not a Stripe secret key. It begins with sk_test_, rk_test_ or rk_live_.',
    );
  }
  if (given.from === 'environment') {
    throw problem(
      'A live key does not stay in the environment. Put it once into foyer.json under stripe.secretKey; Foyer moves it into the key store.',
    );
  }
  return { secretKey: given.value, mode: 'live' };
}

/**
 * The key to use, or null when the kiosk has none: then it trains, or its platform needs none. A test key may stay
 * where it is. A live key must be a restricted one (`rk_live_`): it is moved from the file into the operating system's
 * key store, under a name of its system's, and on return it is out of the file. Refuses, by SettingsProblem, everything
 * else, and a key store that is none.
 * https://docs.stripe.com/keys/restricted-api-keys
 */
export async function usableKey(settings: Settings, store: SecretStore): Promise<UsableKey | null> {
  const { file, platform } = settings;
  const name = keyNameOf(platform);
  const given = givenKey(settings);
  if (given === null) {
    return isStored(platform) ? storedKey(store, name) : null;
  }
  if (given.mode === 'test') return given;
  await moveToKeyStore(
    store,
    { name, section: 'stripe', field: 'secretKey', secret: given.secretKey, noun: 'key', file },
    { problem: problemAt(settings), refused: sentenceOf },
  );
  return given;
}

/** A key of the studio's own and one beside a platform may be of two accounts: neither stands in for the other. */
export function keyNameOf(platform: PlatformSettings | null): SecretName {
  return platform === null ? 'stripe-secret-key' : `${platform.system}-stripe-key`;
}

/** The key store holds live keys only. */
function isStored(platform: PlatformSettings | null): boolean {
  if (platform === null) return true;
  return platform.mode === 'live' && platformNeeds[platform.system].stripeKey === 'required';
}

/** The problem that a sentence about the key makes, where the key was found. */
function problemAt(settings: Settings): (sentence: string) => SettingsProblem {
  const where =
    settings.stripe.secretKey?.from === 'file'
      ? { file: path.basename(settings.file), field: 'stripe.secretKey' }
      : { file: null, field: 'FOYER_STRIPE_SECRET_KEY' };
  return (sentence) => new SettingsProblem('stripe_key', where, sentence);
}

async function storedKey(store: SecretStore, name: SecretName): Promise<UsableKey | null> {
  try {
    const secretKey = await store.read(name);
    return secretKey === null ? null : { secretKey, mode: 'live' };
  } catch (error) {
    const where = { file: null, field: null };
    throw new SettingsProblem('stripe_key', where, sentenceOf(error));
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The key store can’t be used.';
}
