import path from 'node:path';
import type { MailAccount } from '../ports/mailer.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { MailSettings } from './mail-settings.ts';
import { moveToKeyStore } from './move-to-key-store.ts';
import type { Settings } from './read-settings.ts';
import { SettingsProblem } from './settings-problem.ts';

const noKeyStore =
  'This computer has no key store that protects the mail password. Install and unlock a key ring (GNOME Keyring or KWallet) for the kiosk’s user and start Foyer again, or take mail.password out and set FOYER_MAIL_PASSWORD.';
/**
 * The mail server with its login, or null when no letters are sent. A password in the file is moved into the operating
 * system's key store: on return it is out of the file. One in the environment is used and stays there. Refuses, by
 * SettingsProblem, a login without a password, two passwords, and a key store that is none.
 */
export async function mailAccount(
  settings: Settings,
  store: SecretStore,
): Promise<MailAccount | null> {
  const { mail } = settings;
  if (mail === undefined) return null;
  const { host, port, secure, from, user } = mail;
  const login =
    user === null ? null : { user, password: await passwordOf(mail, settings.file, store) };
  return { host, port, secure, from, login };
}

async function passwordOf(mail: MailSettings, file: string, store: SecretStore): Promise<string> {
  const name = path.basename(file);
  const problem = (sentence: string): SettingsProblem =>
    new SettingsProblem('settings', { file: name, field: 'mail.password' }, sentence);

  if (mail.password === null) {
    const stored = await readOrExplain(store, problem);
    if (stored !== null) return stored;
    throw problem(
      `${name} names mail.user, but there is no password for it. Put it once into ${name} under mail.password; Foyer moves it into the key store.`,
    );
  }
  const { value, from } = mail.password;
  if (from === 'environment') {
    if (!mail.fileHoldsPassword) return value;
    throw problem(
      `${name} holds a mail password while FOYER_MAIL_PASSWORD sets another one. Take one of them away: a password must not lie in a file.`,
    );
  }
  const place = { name: 'mail-password', section: 'mail', field: 'password' } as const;
  await moveToKeyStore(
    store,
    { ...place, secret: value, noun: 'mail password', file },
    { problem, refused: () => noKeyStore },
  );
  return value;
}

async function readOrExplain(
  store: SecretStore,
  problem: (sentence: string) => SettingsProblem,
): Promise<string | null> {
  try {
    return await store.read('mail-password');
  } catch {
    throw problem(
      'The mail password in the key store can’t be read on this computer or by this user. Put it once more into the settings file under mail.password, or set FOYER_MAIL_PASSWORD.',
    );
  }
}
