import type { SMTPServerOptions } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { smtpMailer } from '../../main/mail/smtp-mailer.ts';
import type { MailAccount, MailAnswer } from '../../main/ports/mailer.ts';
import { mailServers } from './mail-server.ts';

const mailServer = mailServers();
const login = { user: 'kiosk@linden.example', password: 'open sésame' };

/**
 * Reaches the test's server on loopback, but nothing in it says so: what a host elsewhere is asked for must hold here.
 */
const elsewhere = '0.0.0.0';

/** A server that knows `login`, and notes who tries to be let in. */
function guarded(tried: string[] = []): SMTPServerOptions {
  return {
    authOptional: false,
    onAuth: ({ username, password }, _session, done) => {
      tried.push(username ?? '');
      const isKnown = username === login.user && password === login.password;
      done(null, isKnown ? { user: username } : {});
    },
  };
}

function send(account: MailAccount): Promise<MailAnswer> {
  const letter = { id: 'letter_1', to: 'mia@example.com', subject: 'Kept', text: 'Your card.\n' };
  return smtpMailer(account).send(letter, new AbortController().signal);
}

describe('the login', () => {
  it('is given after the connection has turned to TLS', async () => {
    const server = await mailServer(guarded());

    expect(await send(server.account({ login }))).toEqual({ kind: 'sent' });

    expect(server.arrived).toMatchObject([{ encrypted: true, user: login.user }]);
  });

  it('is given on a connection that is encrypted from its first byte', async () => {
    const server = await mailServer({ ...guarded(), secure: true });

    expect(await send(server.account({ login, secure: true }))).toEqual({ kind: 'sent' });

    expect(server.arrived).toMatchObject([{ encrypted: true, user: login.user }]);
  });

  it('with a wrong password is no fault of the letter’s: it goes once the password is mended', async () => {
    const server = await mailServer(guarded());
    const wrong = { ...login, password: 'sesame' };

    expect(await send(server.account({ login: wrong }))).toEqual({
      kind: 'unanswered',
      code: '535',
    });
    expect(server.arrived).toEqual([]);
    expect(await send(server.account({ login }))).toEqual({ kind: 'sent' });
  });

  it('that the server asks for and nobody has set is no fault of the letter’s either', async () => {
    const server = await mailServer(guarded());

    expect(await send(server.account())).toEqual({ kind: 'unanswered', code: '530' });
  });

  it('is never left out because a server does not ask for it', async () => {
    const server = await mailServer({ disabledCommands: ['AUTH'] });

    expect(await send(server.account({ login }))).toEqual({ kind: 'unanswered', code: '500' });
    expect(server.arrived).toEqual([]);
  });
});

describe('a server elsewhere', () => {
  it('that offers no TLS is told neither the login nor the letter', async () => {
    const tried: string[] = [];
    const server = await mailServer({
      ...guarded(tried),
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
    });

    expect(await send(server.account({ login, host: elsewhere }))).toEqual({
      kind: 'unanswered',
      code: '500',
    });

    expect(tried).toEqual([]);
    expect(server.arrived).toEqual([]);
    // The same server is good enough on this computer.
    expect(await send(server.account({ login }))).toEqual({ kind: 'sent' });
  });

  it.each([false, true])(
    'whose certificate is not its own is told nothing (encrypted from the first byte: %s)',
    async (secure) => {
      const tried: string[] = [];
      const server = await mailServer({ ...guarded(tried), secure });

      const answer = await send(server.account({ login, secure, host: elsewhere }));

      expect(answer.kind).toBe('unanswered');
      expect(tried).toEqual([]);
      expect(server.arrived).toEqual([]);
    },
  );
});
