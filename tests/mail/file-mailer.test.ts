import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fileMailer } from '../../main/mail/file-mailer.ts';
import type { Letter, MailAnswer } from '../../main/ports/mailer.ts';
import { writeFileWhole } from '../../main/settings/write-file-whole.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { lindenYoga } from './mail-server.ts';
import { headerOf, readLetter } from './read-letter.ts';

const tempFolder = tempFolders();
const letter: Letter = {
  id: 'letter_1',
  to: 'zoë@example.com',
  subject: 'Your card on file',
  text: 'Zoë Müller agreed, for 20 €.\n',
};

function send(folder: string, changes: Partial<Letter> = {}): Promise<MailAnswer> {
  const mailer = fileMailer({ folder, from: lindenYoga, writeFileWhole });
  return mailer.send({ ...letter, ...changes }, new AbortController().signal);
}

it('puts each letter into a file that a mail program opens', async () => {
  const folder = path.join(tempFolder(), 'training', 'mail');

  expect(await send(folder)).toEqual({ kind: 'sent' });

  const raw = readFileSync(path.join(folder, 'letter_1.eml'), 'utf8');
  expect(headerOf(raw, 'To')).toBe('zoë@example.com');
  expect(headerOf(raw, 'Message-ID')).toBe('<letter_1@linden.example>');
  expect(readLetter(raw).words).toBe(letter.text);
});

it('has one file for one letter, however often it is sent, and nothing half written', async () => {
  const folder = tempFolder();

  await send(folder);
  await send(folder);
  await send(folder, { id: 'letter_2' });

  expect(readdirSync(folder).sort()).toEqual(['letter_1.eml', 'letter_2.eml']);
});

it('refuses what is no address, as the real one does', async () => {
  const folder = path.join(tempFolder(), 'mail');

  expect(await send(folder, { to: 'mia, zoe' })).toEqual({ kind: 'refused', code: 'address' });
  expect(existsSync(folder)).toBe(false);
});

it('leaves a letter unanswered that it can not keep', async () => {
  const folder = path.join(tempFolder(), 'mail');
  writeFileSync(folder, 'a file where the folder should be');

  expect(await send(folder)).toEqual({ kind: 'unanswered', code: 'EEXIST' });
});

it('writes nowhere else, whatever a letter is called', async () => {
  const folder = path.join(tempFolder(), 'mail');

  await expect(send(folder, { id: '../letter' })).rejects.toThrow('one plain word');
  expect(existsSync(path.join(folder, '..', 'letter.eml'))).toBe(false);
});
