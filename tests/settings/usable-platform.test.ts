import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../main/ports/secret-store.ts';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { usableKey } from '../../main/settings/secret-key.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { usablePlatform } from '../../main/settings/usable-platform.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const url = 'https://studio.example.com';

/** A key store in memory. */
class FakeStore implements SecretStore {
  readonly stored = new Map<string, string>();

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.stored.get(name) ?? null);
  }

  write(name: string, secret: string): Promise<void> {
    this.stored.set(name, secret);
    return Promise.resolve();
  }
}

const brokenStore: SecretStore = {
  read: () => Promise.reject(new Error('no key ring')),
  write: () => Promise.reject(new Error('no key ring')),
};

const sections = {
  'mariana-tek': { system: 'mariana-tek', url, mode: 'live', location: '123' },
  portal: { system: 'portal', url, mode: 'live', accountId: 'account_1' },
  'commerce-layer': { system: 'commerce-layer', url, mode: 'live' },
} as const;

interface Given {
  readonly backend?: object;
  readonly stripe?: object;
  readonly environment?: Readonly<Record<string, string>>;
}

function settingsOf(
  system: keyof typeof sections,
  { backend = { token: 'the-token' }, stripe, environment = {} }: Given = {},
): Settings {
  const dataDir = tempFolder();
  const usual = system === 'mariana-tek' ? {} : { secretKey: 'rk_live_51companion' };
  const file = { backend: { ...sections[system], ...backend }, stripe: stripe ?? usual };
  writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify(file));
  return readSettings({ dataDir, resourcesDir: '/resources', environment });
}

async function problemOf(settings: Settings, store: SecretStore): Promise<SettingsProblem> {
  try {
    await usablePlatform(settings, store);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the platform was taken');
}

describe('a platform’s token', () => {
  it.each(['mariana-tek', 'portal', 'commerce-layer'] as const)(
    'for real money moves into the key store, under the name of %s, and out of the file',
    async (system) => {
      const store = new FakeStore();
      const settings = settingsOf(system);

      const platform = await usablePlatform(settings, store);

      expect(platform?.token.value).toBe('the-token');
      expect(store.stored).toEqual(new Map([[`${system}-token`, 'the-token']]));
      const text = readFileSync(settings.file, 'utf8');
      expect(text).not.toContain('the-token');
      expect(text).toContain(url);
    },
  );

  it('is found in the key store at the next start, and never by another system', async () => {
    const store = new FakeStore();
    store.stored.set('portal-token', 'of the portal');

    const found = await usablePlatform(settingsOf('portal', { backend: {} }), store);
    expect(found?.token).toEqual({ value: 'of the portal', from: 'key_store' });
    const problem = await problemOf(settingsOf('commerce-layer', { backend: {} }), store);
    expect(problem).toMatchObject({ field: 'backend.token', kind: 'settings' });
  });

  it('of a trial may stay where it is, and one for real money does not stand in for it', async () => {
    const store = new FakeStore();
    const trial = settingsOf('mariana-tek', { backend: { mode: 'test', token: 'trial' } });
    expect((await usablePlatform(trial, store))?.token).toEqual({ value: 'trial', from: 'file' });
    expect(store.stored.size).toBe(0);

    store.stored.set('mariana-tek-token', 'for real money');
    const without = settingsOf('mariana-tek', { backend: { mode: 'test' } });
    expect((await problemOf(without, store)).message).toBe(
      'Mariana Tek needs an access token and there is none. Put it into foyer.json under backend.token, or set FOYER_PLATFORM_TOKEN.',
    );
  });

  it('of the environment wins and stays there', async () => {
    const store = new FakeStore();
    store.stored.set('mariana-tek-token', 'stored');
    const environment = { FOYER_PLATFORM_TOKEN: 'set' };
    const settings = settingsOf('mariana-tek', { backend: {}, environment });

    const platform = await usablePlatform(settings, store);

    expect(platform?.token).toEqual({ value: 'set', from: 'environment' });
    expect(store.stored.get('mariana-tek-token')).toBe('stored');
  });

  it('for real money may not lie in the file beside one of the environment', async () => {
    const environment = { FOYER_PLATFORM_TOKEN: 'set' };
    const problem = await problemOf(settingsOf('mariana-tek', { environment }), new FakeStore());
    expect(problem.field).toBe('backend.token');
    expect(problem.message).not.toContain('the-token');
  });

  it('stays in the file, unused, where no key store protects it', async () => {
    const settings = settingsOf('mariana-tek');
    expect((await problemOf(settings, brokenStore)).message).toContain('no key store');
    expect(readFileSync(settings.file, 'utf8')).toContain('the-token');
  });

  it('that can not be read is not taken for one that is missing', async () => {
    const settings = settingsOf('mariana-tek', { backend: {} });
    expect((await problemOf(settings, brokenStore)).message).toContain('can’t be read');
  });
});

describe('Stripe’s key beside a platform', () => {
  it.each(['portal', 'commerce-layer'] as const)('must be there for %s', async (system) => {
    const store = new FakeStore();
    store.stored.set('stripe-secret-key', 'rk_live_studios');
    const settings = settingsOf(system, { stripe: {} });

    const problem = await problemOf(settings, store);

    expect(problem).toMatchObject({ kind: 'stripe_key', field: 'stripe.secretKey' });
    expect(problem.message).toContain('restricted Stripe key');
    // Nothing was moved before it was refused.
    expect(readFileSync(settings.file, 'utf8')).toContain('the-token');
  });

  it('is kept under a name of its own, so that the studio’s own key is not used for it', async () => {
    const store = new FakeStore();
    const settings = settingsOf('portal');
    await usablePlatform(settings, store);
    await usableKey(settings, store);

    expect(store.stored).toEqual(
      new Map([
        ['portal-token', 'the-token'],
        ['portal-stripe-key', 'rk_live_51companion'],
      ]),
    );
    const next = settingsOf('portal', { backend: {}, stripe: {} });
    expect((await usablePlatform(next, store))?.token.value).toBe('the-token');
    expect(await usableKey(next, store)).toEqual({
      secretKey: 'rk_live_51companion',
      mode: 'live',
    });
  });

  it('must be of the platform’s mode, and is not moved before that is seen', async () => {
    const store = new FakeStore();
    const settings = settingsOf('portal', { backend: { token: 'the-token', mode: 'test' } });
    const problem = await problemOf(settings, store);
    expect(problem.message).toContain('This is a live key, while backend.mode is "test"');
    expect(store.stored.size).toBe(0);
  });

  it('is not wanted with Mariana Tek, wherever it is, and a stored one is left alone', async () => {
    const inFile = settingsOf('mariana-tek', { stripe: { secretKey: 'rk_live_51companion' } });
    expect(await problemOf(inFile, new FakeStore())).toMatchObject({
      field: 'stripe.secretKey',
      message:
        'Mariana Tek is used without a Stripe key of the kiosk’s own. Take stripe.secretKey out.',
    });
    const environment = { FOYER_STRIPE_SECRET_KEY: 'sk_test_abc' };
    const set = settingsOf('mariana-tek', { environment });
    expect(await problemOf(set, new FakeStore())).toMatchObject({
      file: null,
      field: 'FOYER_STRIPE_SECRET_KEY',
    });
    const store = new FakeStore();
    store.stored.set('stripe-secret-key', 'rk_live_studios');
    expect(await usableKey(settingsOf('mariana-tek'), store)).toBeNull();
  });
});

describe('what a platform can not be used with', () => {
  it('is plain http beyond this computer for real money', async () => {
    const over = (address: string, mode: 'test' | 'live'): Settings =>
      settingsOf('mariana-tek', { backend: { token: 'the-token', url: address, mode } });
    const problem = await problemOf(over('http://studio.example.com', 'live'), new FakeStore());
    expect(problem).toMatchObject({ file: 'foyer.json', field: 'backend.url' });
    const disguised = await problemOf(over('http://127.example.com', 'live'), new FakeStore());
    expect(disguised.field).toBe('backend.url');
    for (const fine of [
      over('http://127.0.0.1:8080', 'live'),
      over('http://studio.example.com', 'test'),
    ]) {
      expect(await usablePlatform(fine, new FakeStore())).not.toBeNull();
    }
  });

  it('is main’s lead of the reader where it has no key to lead with', async () => {
    const stripe = { integration: 'server_driven' };
    const problem = await problemOf(settingsOf('mariana-tek', { stripe }), new FakeStore());
    expect(problem.field).toBe('stripe.integration');
    const led = settingsOf('portal', { stripe: { ...stripe, secretKey: 'rk_live_51companion' } });
    expect(await usablePlatform(led, new FakeStore())).not.toBeNull();
  });
});

it('is null for direct Stripe, named or not', async () => {
  const dataDir = tempFolder();
  const file = path.join(dataDir, 'foyer.json');
  for (const text of ['{}', '{"backend":{"system":"stripe"}}']) {
    writeFileSync(file, text);
    const settings = readSettings({ dataDir, resourcesDir: '/resources', environment: {} });
    expect(await usablePlatform(settings, brokenStore)).toBeNull();
  }
});
