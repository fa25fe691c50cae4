import path from 'node:path';
import { fileMailer } from './mail/file-mailer.ts';
import { smtpMailer } from './mail/smtp-mailer.ts';
import type { Mailer } from './ports/mailer.ts';
import type { SecretStore } from './ports/secret-store.ts';
import { mailAccount } from './settings/mail-account.ts';
import type { Settings } from './settings/read-settings.ts';
import { writeFileWhole } from './settings/write-file-whole.ts';

/**
 * Who sends letters, or null where none are sent. Training sends none: it writes them as files into `mail` of its own
 * folder. To be called after the secret key was looked for: both may rewrite the settings file.
 */
export async function openMailer(
  settings: Settings,
  secrets: SecretStore,
  training: { readonly folder: string } | null,
): Promise<Mailer | null> {
  const account = await mailAccount(settings, secrets);
  if (training === null) return account === null ? null : smtpMailer(account);
  return fileMailer({
    folder: path.join(training.folder, 'mail'),
    writeFileWhole,
    from: settings.mail?.from ?? {
      name: settings.studioName,
      address: 'kiosk@training.invalid',
    },
  });
}
