import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { assert } from '../domain/assert.ts';
import type { MailAnswer, Mailer, MailSender } from '../ports/mailer.ts';
import { answerToFault } from './answer-to-fault.ts';
import { isMailAddress } from './is-mail-address.ts';
import { messageOf } from './message-of.ts';

export interface FileMailerOptions {
  /** Made when the first letter is sent. */
  readonly folder: string;
  readonly from: MailSender;
  /** Writes a file so that it is there whole or not at all. */
  readonly writeFileWhole: (file: string, text: string) => void;
}

/**
 * For training: each letter becomes `<id>.eml` in the folder, byte for byte what the studio's mail server would be
 * given, and no one receives anything. On `sent` the file is on disk; a repeat replaces it.
 */
export function fileMailer({ folder, from, writeFileWhole }: FileMailerOptions): Mailer {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  return {
    async send(letter): Promise<MailAnswer> {
      if (!isMailAddress(letter.to)) return { kind: 'refused', code: 'address' };
      const { message } = await composer.sendMail(messageOf(letter, from));
      assert(Buffer.isBuffer(message), 'a composer with `buffer` gives the whole letter');
      try {
        mkdirSync(folder, { recursive: true });
        writeFileWhole(path.join(folder, `${letter.id}.eml`), message.toString('utf8'));
        return { kind: 'sent' };
      } catch (error) {
        return answerToFault(error);
      }
    },
  };
}
