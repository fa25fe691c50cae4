import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { MailAccount } from '../../main/ports/mailer.ts';
import { accountAt, portOf } from './mail-server.ts';

/** Servers that hold a conversation of their own: what `talk` makes of each connection. Closed after the test. */
export function bareServers(): (talk: (socket: Socket) => void) => Promise<MailAccount> {
  const open: { server: Server; sockets: Set<Socket> }[] = [];
  afterEach(async () => {
    for (const { server, sockets } of open.splice(0)) {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    }
  });

  return async (talk) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      // The client may go away first: that is what some tests are about.
      socket.on('error', () => undefined);
      talk(socket);
    });
    open.push({ server, sockets });
    return accountAt(await portOf(server.listen(0, '127.0.0.1')));
  };
}

/** The least a server has to say for one letter to be handed to `taken`, which then has the last word or none. */
export function takeLetter(socket: Socket, taken: (raw: string) => void): void {
  let heard = '';
  let isLetter = false;
  socket.setEncoding('utf8');
  socket.write('220 mail.example\r\n');
  socket.on('data', (chunk: string) => {
    heard += chunk;
    const end = isLetter ? '\r\n.\r\n' : '\r\n';
    for (let at = heard.indexOf(end); at >= 0; at = heard.indexOf(end)) {
      const part = heard.slice(0, at);
      heard = heard.slice(at + end.length);
      if (isLetter) {
        taken(`${part}\r\n`);
        return;
      }
      isLetter = part === 'DATA';
      socket.write(isLetter ? '354 Go on\r\n' : '250 Fine\r\n');
    }
  });
}
