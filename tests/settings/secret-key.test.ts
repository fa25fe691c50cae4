import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../main/ports/secret-store.ts';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { usableKey } from '../../main/settings/secret-key.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const restricted = 'rk_live_51restricted';

/** A key store in memory. */
class FakeStore implements SecretStore {
  stored: string | null = null;

  read(): Promise<string | null> {
    return Promise.resolve(this.stored);
  }

  write(_name: string, secret: string): Promise<void> {
    this.stored = secret;
    return Promise.resolve();
  }
}

const noStore = 'This computer has no key store that protects a live key. Install a key ring.';
const brokenStore: SecretStore = {
  read: () => Promise.reject(new Error(noStore)),
  write: () => Promise.reject(new Error(noStore)),
};

function settings(file: unknown, environment: Record<string, string> = {}): Settings {
  const dataDir = tempFolder();
  if (file !== null) writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify(file));
  return readSettings({ dataDir, resourcesDir: '/resources', environment });
}

const withKey = (secretKey: string): Settings =>
  settings({ studio: { name: 'Linden Yoga' }, stripe: { secretKey, location: 'tml_1' } });

async function problemOf(given: Settings, store: SecretStore): Promise<SettingsProblem> {
  try {
    await usableKey(given, store);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the key was taken');
}

describe('a test key', () => {
  it('may stay in the environment or the file, and is not put into the key store', async () => {
    const store = new FakeStore();

    for (const given of [
      settings(null, { FOYER_STRIPE_SECRET_KEY: 'sk_test_abc' }),
      settings(null, { FOYER_STRIPE_SECRET_KEY: 'rk_test_abc' }),
      withKey('sk_test_abc'),
    ]) {
      expect(await usableKey(given, store)).toMatchObject({ mode: 'test' });
    }
    expect(store.stored).toBeNull();
  });
});

describe('a live key', () => {
  it('is moved into the key store and out of the file, and the rest of the file stays', async () => {
    const store = new FakeStore();
    const given = withKey(restricted);

    expect(await usableKey(given, store)).toEqual({ secretKey: restricted, mode: 'live' });

    expect(store.stored).toBe(restricted);
    const text = readFileSync(given.file, 'utf8');
    expect(text).not.toContain('rk_live');
    expect(JSON.parse(text)).toEqual({
      studio: { name: 'Linden Yoga' },
      stripe: { location: 'tml_1' },
    });
  });

  it('is found in the key store at the next start', async () => {
    const store = new FakeStore();
    store.stored = restricted;

    expect(await usableKey(settings(null), store)).toEqual({
      secretKey: restricted,
      mode: 'live',
    });
  });

  it('stays in the file, unused, when the key store protects nothing', async () => {
    const given = withKey(restricted);
    const problem = await problemOf(given, brokenStore);

    expect(problem).toMatchObject({ kind: 'stripe_key', message: noStore });
    expect(readFileSync(given.file, 'utf8')).toContain(restricted);
  });

  it('with full rights is refused in words, wherever it is', async () => {
    for (const given of [
      withKey('sk_live_51full'),
      settings(null, { FOYER_STRIPE_SECRET_KEY: 'sk_live_51full' }),
    ]) {
      const store = new FakeStore();
      const problem = await problemOf(given, store);
      expect(problem.kind).toBe('stripe_key');
      expect(problem.message).toContain('restricted key');
      expect(problem.message).not.toContain('51full');
      expect(store.stored).toBeNull();
    }
  });

  it('is not taken from the environment', async () => {
    const given = settings(null, { FOYER_STRIPE_SECRET_KEY: restricted });
    const problem = await problemOf(given, new FakeStore());

    expect(problem).toMatchObject({ file: null, field: 'FOYER_STRIPE_SECRET_KEY' });
    expect(problem.message).not.toContain(restricted);
  });
});

describe('no key', () => {
  it('means that the kiosk trains', async () => {
    expect(await usableKey(settings(null), new FakeStore())).toBeNull();
  });

  it('but a key store that can not be read is said so, because it may hold one', async () => {
    expect((await problemOf(settings(null), brokenStore)).message).toBe(noStore);
  });

  it('is what something else in its place is not taken for', async () => {
    for (const value of ['pk_test_abc', 'whsec_abc', 'password', 'sk_test_']) {
      const problem = await problemOf(withKey(value), new FakeStore());
      expect(problem).toMatchObject({ file: 'foyer.json', field: 'stripe.secretKey' });
      expect(problem.message).not.toContain(value === 'sk_test_' ? 'never' : value);
    }
  });
});
