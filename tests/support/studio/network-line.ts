import { connect, createServer, type Server, type Socket } from 'node:net';
import { quiet } from './requests-under-way.ts';

/** The network between one kiosk and Stripe. What goes through it is nobody's business; it can be cut and mended. */
export class NetworkLine {
  readonly url: string;
  readonly #port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  private constructor(server: Server, sockets: Set<Socket>) {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The line is not laid.');
    this.#port = address.port;
    this.url = `http://127.0.0.1:${address.port}`;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Lays a line to this port of the loopback address. */
  static async lay(port: number): Promise<NetworkLine> {
    const sockets = new Set<Socket>();
    const hold = (socket: Socket): void => {
      sockets.add(socket.setNoDelay(true));
      socket.on('close', () => sockets.delete(socket));
      // A line that was cut breaks in the middle of whatever was said.
      socket.on('error', () => undefined);
    };
    const server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      hold(near);
      hold(far);
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    await listening(server, 0);
    return new NetworkLine(server, sockets);
  }

  /**
   * From now on nothing gets through. Cut between two requests: one that breaks in the middle is repeated by Stripe's
   * client after a wait of the machine's own time.
   */
  async cut(): Promise<void> {
    await quiet(() => false);
    await this.close();
    await quiet(() => false);
  }

  mend(): Promise<void> {
    return listening(this.#server, this.#port);
  }

  /** Breaks whatever is being said. */
  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#server.close(() => resolve(undefined));
    for (const socket of this.#sockets) socket.destroy();
    await promise;
  }
}

async function listening(server: Server, port: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.listen(port, '127.0.0.1', () => resolve(undefined));
  await promise;
}
