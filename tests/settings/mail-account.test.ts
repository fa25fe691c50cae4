import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MailAccount } from '../../main/ports/mailer.ts';
import { mailAccount } from '../../main/settings/mail-account.ts';
import type { SecretStore } from '../../main/ports/secret-store.ts';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { usableKey } from '../../main/settings/secret-key.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const password = 'open sésame';
const mail = { host: 'smtp.example.com', user: 'kiosk', from: 'Linden Yoga <kiosk@l.example>' };

/** A key store in memory, one entry for each name. */
class FakeSecretStore implements SecretStore {
  readonly kept = new Map<string, string>();

  read(name: string): Promise<string | null> {
    return Promise.resolve(this.kept.get(name) ?? null);
  }

  write(name: string, secret: string): Promise<void> {
    this.kept.set(name, secret);
    return Promise.resolve();
  }
}

const brokenStore: SecretStore = {
  read: () => Promise.reject(new Error('locked')),
  write: () => Promise.reject(new Error('locked')),
};

function settings(file: unknown, environment: Record<string, string> = {}): Settings {
  const dataDir = tempFolder();
  writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify(file));
  return readSettings({ dataDir, resourcesDir: '/resources', environment });
}

function passwordOf(account: MailAccount | null): string | null {
  return account?.login?.password ?? null;
}

async function problemOf(given: Settings, store: SecretStore): Promise<SettingsProblem> {
  try {
    await mailAccount(given, store);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the account was taken');
}

describe('the mail account', () => {
  it('is none where no mail is set up, and no key store is asked', async () => {
    expect(await mailAccount(settings({}), brokenStore)).toBeNull();
  });

  it('needs neither password nor key store at a server that asks for no login', async () => {
    const given = settings({ mail: { ...mail, user: undefined } });

    expect(await mailAccount(given, brokenStore)).toEqual({
      host: 'smtp.example.com',
      port: 587,
      secure: false,
      from: { name: 'Linden Yoga', address: 'kiosk@l.example' },
      login: null,
    });
  });
});

describe('the mail password', () => {
  it('is moved into the key store and out of the file, and the rest of the file stays', async () => {
    const store = new FakeSecretStore();
    const given = settings({ studio: { name: 'Linden' }, mail: { ...mail, password } });

    expect(await mailAccount(given, store)).toMatchObject({ login: { user: 'kiosk', password } });

    expect([...store.kept]).toEqual([['mail-password', password]]);
    expect(JSON.parse(readFileSync(given.file, 'utf8'))).toEqual({
      studio: { name: 'Linden' },
      mail,
    });
  });

  it('is found in the key store at the next start', async () => {
    const store = new FakeSecretStore();
    await mailAccount(settings({ mail: { ...mail, password } }), store);

    expect(passwordOf(await mailAccount(settings({ mail }), store))).toBe(password);
  });

  it('is moved beside the live key: each has an entry, and leaves the file without the other', async () => {
    const store = new FakeSecretStore();
    const given = settings({
      stripe: { secretKey: 'rk_live_51restricted', location: 'tml_1' },
      mail: { ...mail, password },
    });

    await usableKey(given, store);
    expect(readFileSync(given.file, 'utf8')).toContain(password);
    await mailAccount(given, store);

    expect(Object.fromEntries(store.kept)).toEqual({
      'stripe-secret-key': 'rk_live_51restricted',
      'mail-password': password,
    });
    expect(JSON.parse(readFileSync(given.file, 'utf8'))).toEqual({
      stripe: { location: 'tml_1' },
      mail,
    });
  });

  it('of the environment wins over the stored one, and is stored nowhere', async () => {
    const store = new FakeSecretStore();
    store.kept.set('mail-password', 'the former');
    const given = settings({ mail }, { FOYER_MAIL_PASSWORD: password });

    expect(passwordOf(await mailAccount(given, store))).toBe(password);
    expect(passwordOf(await mailAccount(given, brokenStore))).toBe(password);
    expect(store.kept.get('mail-password')).toBe('the former');
  });
});

describe('a mail password that is refused', () => {
  it('is missing', async () => {
    const problem = await problemOf(settings({ mail }), new FakeSecretStore());

    expect(problem).toMatchObject({ kind: 'settings', file: 'foyer.json', field: 'mail.password' });
    expect(problem.message).toContain('Put it once into foyer.json under mail.password');
  });

  it('is in the file while the environment sets another', async () => {
    const given = settings({ mail: { ...mail, password } }, { FOYER_MAIL_PASSWORD: 'another' });
    const problem = await problemOf(given, new FakeSecretStore());

    expect(problem).toMatchObject({ file: 'foyer.json', field: 'mail.password' });
    expect(problem.message).toContain('Take one of them away');
    expect(problem.message).not.toMatch(/sésame|another\b(?! one)/);
  });

  it('can not be kept: it stays in the file, and the sentence says what else can be done', async () => {
    const given = settings({ mail: { ...mail, password } });
    const problem = await problemOf(given, brokenStore);

    expect(problem.message).toMatch(/key ring.*FOYER_MAIL_PASSWORD/);
    expect(readFileSync(given.file, 'utf8')).toContain(password);
  });

  it('can not be read back', async () => {
    const problem = await problemOf(settings({ mail }), brokenStore);

    expect(problem.message).toMatch(/can’t be read.*under mail\.password/);
  });

  it('can not be taken out of the file: staff are asked to, for it must not lie there', async () => {
    const store = new FakeSecretStore();
    const given = settings({ mail: { ...mail, password } });
    // The draft of the new file can't be written where a folder lies.
    mkdirSync(`${given.file}.new`);

    const problem = await problemOf(given, store);

    expect(problem.message).toMatch(/in the key store now.*Take mail\.password out/);
    expect(store.kept.get('mail-password')).toBe(password);
    expect(lstatSync(given.file).isFile()).toBe(true);
  });
});
