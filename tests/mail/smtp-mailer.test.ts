import { describe, expect, it } from 'vitest';
import { smtpMailer } from '../../main/mail/smtp-mailer.ts';
import type { Letter, MailAccount, MailAnswer } from '../../main/ports/mailer.ts';
import { bareServers, takeLetter } from './bare-server.ts';
import { mailServers, reply } from './mail-server.ts';
import { headerOf, readLetter } from './read-letter.ts';

const mailServer = mailServers();
const bareServer = bareServers();

const consent: Letter = {
  id: 'letter_0mi1kqbas00mail00000001',
  to: 'mia@example.com',
  subject: 'Your card on file at Linden Yoga',
  text: [
    'Zoë Müller, 李娜 and Ōe agreed:',
    '',
    `A line far longer than seventy-eight characters, ${'as a lawyer’s sentence is, '.repeat(12)}end.`,
    '.',
    'From here on = a line that mail programs like to change ',
    '  indented, and ended by a tab\t',
    '1 200,50 € · £7 · ¥9\n',
  ].join('\n'),
};

const neverAborted = new AbortController().signal;

function send(account: MailAccount, changes: Partial<Letter> = {}): Promise<MailAnswer> {
  return smtpMailer(account).send({ ...consent, ...changes }, neverAborted);
}

describe('a letter', () => {
  it('arrives with its words to the letter, from the studio, to the one it is for', async () => {
    const server = await mailServer();

    expect(await send(server.account())).toEqual({ kind: 'sent' });

    const [letter] = server.arrived;
    expect(letter).toMatchObject({ from: 'kiosk@linden.example', to: ['mia@example.com'] });
    expect(readLetter(letter!.raw).words).toBe(consent.text);
    expect(headerOf(letter!.raw, 'From')).toBe('Linden Yoga <kiosk@linden.example>');
    expect(headerOf(letter!.raw, 'Subject')).toBe(consent.subject);
    expect(headerOf(letter!.raw, 'Content-Type')).toBe('text/plain; charset=utf-8');
  });

  it('in plain English, too, holds nothing that a server on the way may strip', async () => {
    const server = await mailServer();
    const text = 'Linden Yoga may charge this card \nfrom then on, \nuntil you say no.\n';

    await send(server.account(), { text });

    const { raw } = server.arrived[0]!;
    expect(raw).not.toMatch(/[ \t]\r\n/);
    expect(readLetter(raw).words).toBe(text);
  });

  it('may be from and about names of any script', async () => {
    const server = await mailServer();
    const from = { name: 'Студия «Липа», Ōsaka', address: 'kiosk@linden.example' };

    await send(server.account({ from }), { subject: 'Zoë, 你的卡 is kept' });

    const { raw } = server.arrived[0]!;
    expect(/^[\x20-\x7e\r\n\t]*$/.test(raw)).toBe(true);
    expect(decoded(headerOf(raw, 'From'))).toBe('Студия «Липа», Ōsaka <kiosk@linden.example>');
    expect(decoded(headerOf(raw, 'Subject'))).toBe('Zoë, 你的卡 is kept');
  });

  it('asks for no automatic answer, loads nothing and reports nothing back', async () => {
    const server = await mailServer();

    await send(server.account());

    const { raw } = server.arrived[0]!;
    expect(headerOf(raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(raw).not.toMatch(
      /text\/html|multipart|https?:|Disposition-Notification|Return-Receipt/i,
    );
  });

  it('can not be given a further header or receiver by what people write', async () => {
    const server = await mailServer();
    const from = { name: 'Linden\r\nBcc: eve@example.com', address: 'kiosk@linden.example' };

    const answer = await send(server.account({ from }), {
      subject: 'Kept\r\nBcc: eve@example.com\r\n\r\nAnother letter',
    });

    expect(answer).toEqual({ kind: 'sent' });
    const { raw, to } = server.arrived[0]!;
    expect(to).toEqual(['mia@example.com']);
    expect(readLetter(raw).headers).not.toMatch(/^bcc:/im);
    expect(readLetter(raw).words).toBe(consent.text);
  });

  it.each([
    'mia@example.com, eve@example.com',
    'mia@example.com\r\nBcc: eve@example.com',
    'Mia <mia@example.com>',
    'mia@example.com> SIZE=1',
    'eve@example.com@example.com',
    'everyone: mia@example.com;',
    'mia',
    '',
    `${'m'.repeat(250)}@example.com`,
  ])('to %j is refused before a server is asked: that is not one address', async (to) => {
    const server = await mailServer();

    expect(await send(server.account(), { to })).toEqual({ kind: 'refused', code: 'address' });

    expect(server.arrived).toEqual([]);
  });
});

describe('what the server says', () => {
  it('refuses an address that does not exist, for good', async () => {
    const server = await mailServer({
      onRcptTo: (_address, _session, done) => {
        done(reply(550, '5.1.1 No such person'));
      },
    });

    expect(await send(server.account())).toEqual({ kind: 'refused', code: '550' });
  });

  it('refuses the words, for good', async () => {
    const server = await mailServer({}, () => reply(554, '5.7.1 Looks like spam'));

    expect(await send(server.account())).toEqual({ kind: 'refused', code: '554' });
  });

  it('puts off a sender it does not know yet, and takes the same letter later', async () => {
    let isKnown = false;
    const server = await mailServer({
      onRcptTo: (_address, _session, done) => {
        done(isKnown ? null : reply(451, '4.7.1 Greylisted, come back later'));
        isKnown = true;
      },
    });

    expect(await send(server.account())).toEqual({ kind: 'unanswered', code: '451' });
    expect(await send(server.account())).toEqual({ kind: 'sent' });
  });

  it('puts off the words: its disk is full', async () => {
    const server = await mailServer({}, () => reply(452, '4.3.1 Insufficient storage'));

    expect(await send(server.account())).toEqual({ kind: 'unanswered', code: '452' });
  });

  it('does not make a letter’s fault of a sender it will not have', async () => {
    const server = await mailServer({
      onMailFrom: (_address, _session, done) => {
        done(reply(550, '5.7.1 Not your address'));
      },
    });

    expect(await send(server.account())).toEqual({ kind: 'unanswered', code: '550' });
  });
});

describe('no answer', () => {
  it('after the last byte leaves the letter unanswered, and the repeat bears the same Message-ID', async () => {
    const taken: string[] = [];
    const account = await bareServer((socket) => {
      takeLetter(socket, (raw) => {
        taken.push(raw);
        if (taken.length === 1) socket.destroy();
        else socket.write('250 Taken\r\n');
      });
    });

    const first = await send(account);
    const second = await send(account);

    expect(first.kind).toBe('unanswered');
    expect(second).toEqual({ kind: 'sent' });
    expect(taken.map((raw) => headerOf(raw, 'Message-ID'))).toEqual([
      '<letter_0mi1kqbas00mail00000001@linden.example>',
      '<letter_0mi1kqbas00mail00000001@linden.example>',
    ]);
    expect(readLetter(taken[1]!).words).toBe(readLetter(taken[0]!).words);
  });

  it('because nobody listens there', async () => {
    const server = await mailServer();

    // Port 1 is kept for a service that no one has run for decades.
    expect(await send(server.account({ port: 1 }))).toMatchObject({ kind: 'unanswered' });
  });

  it('from something that is no mail server', async () => {
    const account = await bareServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

    expect(await send(account)).toMatchObject({ kind: 'unanswered' });
  });

  it('is not waited for any longer when the kiosk closes', async () => {
    const closing = new AbortController();
    const account = await bareServer((socket) => {
      takeLetter(socket, () => {
        closing.abort();
      });
    });

    expect(await smtpMailer(account).send(consent, closing.signal)).toEqual({
      kind: 'unanswered',
      code: 'EABORT',
    });
  });
});

/** A header’s words, of the form that RFC 2047 gives to what is not ASCII. */
function decoded(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, how: string, word: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('latin1')
        : word
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/g, (_hex, hex: string) =>
              String.fromCharCode(parseInt(hex, 16)),
            ),
    )
    .replaceAll(/[\x80-\xff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}
