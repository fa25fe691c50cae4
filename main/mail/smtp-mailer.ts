import { createTransport } from 'nodemailer';
import type { MailAccount, MailAnswer, Mailer } from '../ports/mailer.ts';
import { answerToFault } from './answer-to-fault.ts';
import { isLoopback } from './is-loopback.ts';
import { isMailAddress } from './is-mail-address.ts';
import { messageOf } from './message-of.ts';

/**
 * Milliseconds for one letter, from the first look for the host to the server's last word. Long, for some servers read
 * the whole letter before they say yes, and one that is given up on then is sent twice.
 */
const sendLimitMs = 60_000;
/** Milliseconds for finding and reaching the host. */
const connectLimitMs = 15_000;
/** Milliseconds for the server to begin to speak. */
const greetingLimitMs = 15_000;

/**
 * Hands letters to the studio's mail server by SMTP, one connection for each: a kiosk writes few. The login and the
 * letter go only through TLS with a certificate that is good for the host. On this very computer, where nobody listens
 * on the way, any certificate will do, and none.
 */
export function smtpMailer(account: MailAccount): Mailer {
  const staysHere = isLoopback(account.host);
  const options = {
    host: account.host,
    port: account.port,
    secure: account.secure,
    requireTLS: !account.secure && !staysHere,
    tls: { rejectUnauthorized: !staysHere },
    connectionTimeout: connectLimitMs,
    dnsTimeout: connectLimitMs,
    greetingTimeout: greetingLimitMs,
    socketTimeout: sendLimitMs,
    ...loginOf(account),
  };

  return {
    async send(letter, signal): Promise<MailAnswer> {
      if (!isMailAddress(letter.to)) return { kind: 'refused', code: 'address' };
      const limit = AbortSignal.any([signal, AbortSignal.timeout(sendLimitMs)]);
      const message = { ...messageOf(letter, account.from), signal: limit };
      try {
        await createTransport(options).sendMail(message);
        return { kind: 'sent' };
      } catch (error) {
        return answerToFault(error);
      }
    },
  };
}

/** Without `forceAuth` the library sends without a login where the server offers none. */
function loginOf({ login }: MailAccount): object {
  if (login === null) return {};
  return { auth: { user: login.user, pass: login.password }, forceAuth: true };
}
