import path from 'node:path';
import type { SecretStore } from '../ports/secret-store.ts';
import { moveToKeyStore } from './move-to-key-store.ts';
import type { Settings } from './read-settings.ts';
import { SettingsProblem } from './settings-problem.ts';

export interface UsableKey {
  readonly secretKey: string;
  readonly mode: 'test' | 'live';
}

/**
 * The key to use, or null when the kiosk has none and trains. A test key may stay where it is. A live key must be
 * a restricted one (`rk_live_`): it is moved from the file into the operating system's key store, and on return it
 * is out of the file. Refuses, by SettingsProblem, everything else, and a key store that is none.
 * https://docs.stripe.com/keys/restricted-api-keys
 */
export async function usableKey(settings: Settings, store: SecretStore): Promise<UsableKey | null> {
  const given = settings.stripe.secretKey;
  if (given === null) return storedKey(store);
  const where =
    given.from === 'file'
      ? { file: path.basename(settings.file), field: 'stripe.secretKey' }
      : { file: null, field: 'FOYER_STRIPE_SECRET_KEY' };
  const problem = (sentence: string): SettingsProblem =>
    new SettingsProblem('stripe_key', where, sentence);

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
  const { file } = settings;
  const place = { name: 'stripe-secret-key', section: 'stripe', field: 'secretKey' } as const;
  await moveToKeyStore(
    store,
    { ...place, secret: given.value, noun: 'key', file },
    { problem, refused: sentenceOf },
  );
  return { secretKey: given.value, mode: 'live' };
}

async function storedKey(store: SecretStore): Promise<UsableKey | null> {
  try {
    const secretKey = await store.read('stripe-secret-key');
    return secretKey === null ? null : { secretKey, mode: 'live' };
  } catch (error) {
    const where = { file: null, field: null };
    throw new SettingsProblem('stripe_key', where, sentenceOf(error));
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The key store can’t be used.';
}
