import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../../main/training/read-body.ts';
import { answerWithFault, type Delivery } from './answer-with-fault.ts';
import { type PlatformFault, PlatformFaults } from './faults.ts';
import { emptyReply, type PlatformModel, type PlatformRequest } from './wire.ts';

/** The time a platform goes by. */
export interface PlatformClock {
  nowMs(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A call as it came in, and what became of it. */
export interface ReceivedCall extends PlatformRequest {
  readonly fault: PlatformFault['kind'] | null;
  /** Whether the platform did what was asked, whatever the kiosk heard of it. */
  readonly worked: boolean;
  /** Null when the socket was closed without an answer. */
  readonly status: number | null;
}

/** A platform's model on a port of the loopback address. */
export interface PlatformServer {
  readonly url: string;
  readonly faults: PlatformFaults;
  /** Every call, in the order they were answered. */
  readonly received: readonly ReceivedCall[];
  /** What only a mistake of the model's can cause: each was answered by 500. A test expects none. */
  readonly bugs: readonly unknown[];
  /** Stops listening, and drops answers that are still being waited for. */
  close(): Promise<void>;
}

/** Starts listening on a free port. `make` is given the address, for a model that writes links to itself. */
export async function servePlatform<Model extends PlatformModel>(
  make: (url: string) => Model,
  clock: PlatformClock,
): Promise<PlatformServer & { readonly model: Model }> {
  const faults = new PlatformFaults();
  const received: ReceivedCall[] = [];
  const bugs: unknown[] = [];
  const closing = new AbortController();
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      if (!closing.signal.aborted) bugs.push(error);
      response.destroy();
    });
  });
  const listening = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    listening.resolve(undefined);
  });
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const model = make(url);
  const sleep = (ms: number): Promise<void> => clock.sleep(ms, closing.signal);

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(incoming);
    const fault = faults.take(request);
    const delivery = await answerWithFault(model, request, fault, sleep).catch((error: unknown) => {
      if (closing.signal.aborted) throw error;
      bugs.push(error);
      return { reply: emptyReply(500), worked: true, cut: false, skewMs: 0 };
    });
    received.push({
      ...request,
      fault: fault?.kind ?? null,
      worked: delivery.worked,
      status: delivery.reply?.status ?? null,
    });
    write(response, delivery, clock.nowMs());
  }

  return {
    url,
    model,
    faults,
    received,
    bugs,
    close: () => {
      closing.abort();
      const closed = Promise.withResolvers<undefined>();
      server.close(() => {
        closed.resolve(undefined);
      });
      server.closeAllConnections();
      return closed.promise;
    },
  };
}

async function read(incoming: IncomingMessage): Promise<PlatformRequest> {
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: (await readBody(incoming)) ?? '',
  };
}

function write(response: ServerResponse, { reply, cut, skewMs }: Delivery, nowMs: number): void {
  if (reply === null) {
    response.socket?.resetAndDestroy();
    return;
  }
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(nowMs + skewMs).toUTCString(),
    ...(bytes.length === 0 ? {} : { 'content-length': bytes.length }),
  });
  if (!cut) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => {
    response.destroy();
  });
}
