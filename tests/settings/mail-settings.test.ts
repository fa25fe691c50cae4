import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MailSettings } from '../../main/settings/mail-settings.ts';
import { readSettings } from '../../main/settings/read-settings.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const least = { host: 'smtp.example.com', from: 'kiosk@linden.example' };

function mailOf(
  mail: unknown,
  environment: Record<string, string> = {},
): MailSettings | null | undefined {
  const dataDir = tempFolder();
  writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify({ mail }));
  return readSettings({ dataDir, resourcesDir: '/resources', environment }).mail;
}

function problemOf(mail: unknown): SettingsProblem {
  try {
    mailOf(mail);
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
  throw new Error('the settings were taken');
}

describe('mail', () => {
  it('is not sent where nobody has set it up', () => {
    expect(mailOf(undefined, { FOYER_MAIL_PASSWORD: 'for nobody' })).toBeUndefined();
  });

  it('needs a server and a sender, and turns to TLS on port 587 unless told otherwise', () => {
    expect(mailOf(least)).toEqual({
      host: 'smtp.example.com',
      port: 587,
      secure: false,
      user: null,
      password: null,
      fileHoldsPassword: false,
      from: { name: '', address: 'kiosk@linden.example' },
    });
  });

  it('is encrypted from the first byte on port 465', () => {
    expect(mailOf({ ...least, port: 465 })?.secure).toBe(true);
    expect(mailOf({ ...least, port: 2465, secure: true })?.secure).toBe(true);
  });

  it.each([
    ['Linden Yoga <kiosk@linden.example>', 'Linden Yoga'],
    ['"Linden, Yoga & Co." <kiosk@linden.example>', 'Linden, Yoga & Co.'],
    ['Студия «Липа» <kiosk@linden.example>', 'Студия «Липа»'],
    [' <kiosk@linden.example> ', ''],
    [' kiosk@linden.example', ''],
  ])('from %j has that name and address', (from, name) => {
    expect(mailOf({ ...least, from })?.from).toEqual({ name, address: 'kiosk@linden.example' });
  });

  it('takes a server by name, by either kind of address, and on this computer', () => {
    for (const host of ['mail', 'smtp-relay.example.com.', '192.0.2.7', '2001:db8::7', '::1']) {
      expect(mailOf({ ...least, host })?.host).toBe(host);
    }
  });

  it('has its password from the environment rather than from the file, and remembers both', () => {
    const mail = { ...least, user: 'kiosk', password: 'in the file' };

    expect(mailOf(mail)).toMatchObject({
      password: { value: 'in the file', from: 'file' },
      fileHoldsPassword: true,
    });
    expect(mailOf(mail, { FOYER_MAIL_PASSWORD: 'given' })).toMatchObject({
      password: { value: 'given', from: 'environment' },
      fileHoldsPassword: true,
    });
  });
});

describe('mail that is refused', () => {
  it.each([
    [{ from: least.from }, 'mail.host', 'smtp.example.com'],
    [{ ...least, host: 'smtps://smtp.example.com' }, 'mail.host', 'only the name'],
    [{ ...least, host: 'smtp.example.com:587' }, 'mail.host', 'only the name'],
    [{ ...least, host: '' }, 'mail.host', 'only the name'],
    [{ ...least, port: 0 }, 'mail.port', '587 or 465'],
    [{ ...least, port: 65_536 }, 'mail.port', '587 or 465'],
    [{ ...least, port: '587' }, 'mail.port', '587 or 465'],
    [{ ...least, port: 465, secure: false }, 'mail.secure', 'must be true with port 465'],
    [{ ...least, port: 587, secure: true }, 'mail.secure', 'must be false with port 587'],
    [{ ...least, secure: true }, 'mail.secure', 'must be false with port 587'],
    [{ ...least, secure: 'yes' }, 'mail.secure', 'true or false'],
    [{ ...least, user: 'kiosk\r\nQUIT' }, 'mail.user', 'the mail server knows'],
    [{ ...least, password: 'sesame' }, 'mail.user', 'mail.password belongs to'],
    [{ ...least, user: 'kiosk', password: '' }, 'mail.password', 'must not be empty'],
    [{ host: least.host }, 'mail.from', 'Linden Yoga <kiosk@example.com>'],
    [{ ...least, from: 'Linden Yoga' }, 'mail.from', 'Linden Yoga <kiosk@example.com>'],
    [{ ...least, from: 'Linden\r\nBcc: <a@b.example>' }, 'mail.from', 'Linden Yoga <kiosk@'],
    [{ ...least, from: 'a@b.example, c@d.example' }, 'mail.from', 'Linden Yoga <kiosk@'],
    [{ ...least, from: 'Linden <a@b.example> <c@d.example>' }, 'mail.from', 'Linden Yoga <kiosk@'],
    [{ ...least, from: 'kiosk@студия.example' }, 'mail.from', 'Linden Yoga <kiosk@'],
    [{ ...least, tls: false }, 'mail.tls', 'mend its spelling'],
  ])('%j names the file, the field and the fix, and no password', (mail, field, fix) => {
    const problem = problemOf(mail);

    expect(problem).toMatchObject({ kind: 'settings', file: 'foyer.json', field });
    expect(problem.message).toContain('foyer.json');
    expect(problem.message).toContain(fix);
    expect(problem.message).not.toContain('sesame');
  });
});
