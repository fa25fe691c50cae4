import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach } from 'vitest';
import type { MailAccount } from '../../main/ports/mailer.ts';

/** A letter as it came over the wire. */
export interface Arrived {
  readonly raw: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly encrypted: boolean;
  readonly user: string | null;
}

export interface MailServer {
  readonly port: number;
  readonly arrived: readonly Arrived[];
  account(changes?: Partial<MailAccount>): MailAccount;
}

export const lindenYoga = { name: 'Linden Yoga', address: 'kiosk@linden.example' };

/** What a server of a test says no with: a reply of three digits. */
export function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** Real SMTP servers on loopback, each closed after the test that opened it. `judge` may refuse a letter after its last byte. */
export function mailServers(): (
  options?: SMTPServerOptions,
  judge?: (letter: Arrived) => Error | null,
) => Promise<MailServer> {
  const open: SMTPServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => closed(server)));
  });

  return async (options = {}, judge = () => null) => {
    const arrived: Arrived[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      // Also keeps it from warning of its well-known certificate, which is right for a test.
      logger: false,
      closeTimeout: 1,
      ...options,
      onData(stream, session, done) {
        void text(stream).then((raw) => {
          const { mailFrom, rcptTo } = session.envelope;
          const letter = {
            raw,
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            encrypted: session.secure,
            user: typeof session.user === 'string' ? session.user : null,
          };
          arrived.push(letter);
          done(judge(letter));
        });
      },
    });
    // A client that goes away in the middle is what some tests are about.
    server.on('error', () => undefined);
    open.push(server);
    const port = await portOf(server.listen(0, '127.0.0.1'));
    return { port, arrived, account: (changes) => accountAt(port, changes) };
  };
}

/** An account without a login at a server on this computer. */
export function accountAt(port: number, changes: Partial<MailAccount> = {}): MailAccount {
  return { host: '127.0.0.1', port, secure: false, login: null, from: lindenYoga, ...changes };
}

/** Where a server listens that was told to take any port. */
export async function portOf(server: Server): Promise<number> {
  if (!server.listening) await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
