import type { SendMailOptions } from 'nodemailer';
import { assert } from '../domain/assert.ts';
import type { Letter, MailSender } from '../ports/mailer.ts';

/**
 * The letter as the library sends it: plain text in UTF-8, nothing to load and nothing that reports back. Its
 * Message-ID follows from the letter's id alone (https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4).
 */
export function messageOf(letter: Letter, from: MailSender): SendMailOptions {
  assert(/^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$/.test(letter.id), 'a letter’s id is one plain word');
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    messageId: `<${letter.id}@${domain}>`,
    from: { ...from },
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    headers: {
      // Left to itself the library sends short English lines bare, and servers on the way strip spaces from their ends.
      'Content-Transfer-Encoding': 'quoted-printable',
      // No out-of-office answers: nobody reads them (https://www.rfc-editor.org/rfc/rfc3834#section-5).
      'Auto-Submitted': 'auto-generated',
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
