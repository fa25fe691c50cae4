import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { callName, type CallName } from './call-names.ts';
import { Mishaps } from './mishaps.ts';
import type { LoggedRequest } from './request-log.ts';
import type { Mishap, RequestMishap } from './scenario.ts';

/** How the model is told that it must fail: it keeps that answer under the key, as Stripe does. */
export const serverErrorHeader = 'x-rehearsed-server-error';

export interface StripeFrontOptions {
  /** Where the model listens. */
  readonly modelUrl: string;
  readonly modelKey: string;
  /** The key the kiosk was given. */
  readonly kioskKey: string;
  readonly mishaps: readonly RequestMishap[];
  readonly isStored: (key: string) => boolean;
  readonly sleep: (ms: number) => Promise<void>;
  readonly inDashboard: (does: 'cancel' | 'capture', path: string) => void;
  readonly passDays: (days: number) => void;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** What stands between the kiosk and the model: it writes down what arrives, and rehearses what a network can do. */
export class StripeFront {
  readonly log: LoggedRequest[] = [];
  readonly #options: StripeFrontOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #mishaps: Mishaps;
  readonly #server = createServer((incoming, response) => {
    this.#serve(incoming, response).catch(() => {
      response.destroy();
    });
  });

  constructor(options: StripeFrontOptions) {
    this.#options = options;
    this.#mishaps = new Mishaps(options.mishaps);
  }

  async listen(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#server.listen(0, '127.0.0.1', () => resolve(undefined));
    await promise;
    const address = this.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#server.close(() => resolve(undefined));
    this.#server.closeAllConnections();
    await promise;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const path = incoming.url ?? '/';
    const call = callName(incoming.method ?? 'GET', path);
    this.#note(incoming, call, path, body);
    const mishap = this.#mishaps.of(call);
    const isOnItsWay = await this.#onTheWay(mishap, path, response);
    if (!isOnItsWay) return;
    const answer = await this.#forward(incoming, path, body, mishap);
    await this.#onTheWayBack(mishap, answer, response);
  }

  /** What happens before Stripe hears of it; false when it never will. */
  async #onTheWay(mishap: Mishap | null, path: string, response: ServerResponse): Promise<boolean> {
    const { sleep, inDashboard, passDays } = this.#options;
    if (mishap?.kind === 'request_slow') await sleep(mishap.ms);
    if (mishap?.kind === 'dashboard') inDashboard(mishap.does, path);
    if (mishap?.kind === 'days_pass') passDays(mishap.days);
    if (mishap?.kind === 'request_lost') response.destroy();
    if (mishap?.kind === 'turned_away') write(response, turnedAway(mishap.status));
    return mishap?.kind !== 'request_lost' && mishap?.kind !== 'turned_away';
  }

  async #onTheWayBack(
    mishap: Mishap | null,
    answer: Answer,
    response: ServerResponse,
  ): Promise<void> {
    if (mishap?.kind === 'reply_slow') await this.#options.sleep(mishap.ms);
    if (mishap?.kind === 'reply_lost') response.destroy();
    else if (mishap?.kind === 'reply_cut') cut(response, answer);
    else write(response, answer);
  }

  #note(incoming: IncomingMessage, call: CallName, path: string, body: Buffer): void {
    const header = incoming.headers['idempotency-key'];
    const key = typeof header === 'string' && header !== '' ? header : null;
    this.log.push({
      call,
      isChange: incoming.method !== 'GET',
      path,
      parameters: body.toString('utf8'),
      key,
      wasStored: key !== null && this.#options.isStored(key),
    });
  }

  #forward(
    incoming: IncomingMessage,
    path: string,
    body: Buffer,
    mishap: Mishap | null,
  ): Promise<Answer> {
    const { modelUrl, modelKey, kioskKey } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const { authorization = '' } = incoming.headers;
    const headers = {
      ...incoming.headers,
      authorization: authorization.replace(kioskKey, modelKey),
      connection: 'keep-alive',
      ...(mishap?.kind === 'server_error' ? { [serverErrorHeader]: mishap.effect } : {}),
    };
    const outgoing = request(
      new URL(path, modelUrl),
      { method: incoming.method ?? 'GET', headers, agent: this.#agent },
      (reply) => {
        bodyOf(reply).then(
          (text) =>
            resolve({ status: reply.statusCode ?? 500, headers: reply.headers, body: text }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
    return promise;
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function turnedAway(status: 409 | 429 | 503): Answer {
  const code = status === 409 ? 'lock_timeout' : 'rate_limit';
  const error =
    status === 503
      ? { type: 'api_error', message: 'Stripe is not available.' }
      : { type: 'invalid_request_error', code, message: 'Please try again later.' };
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ error })),
  };
}

function headersOf({ headers, body }: Answer): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || name === 'connection' || name === 'keep-alive' ? [] : [[name, value]],
  );
  return { ...(Object.fromEntries(kept) as object), 'content-length': String(body.length) };
}

/** The first half of it comes, then the connection breaks. */
function cut(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, headersOf(answer));
  response.write(answer.body.subarray(0, answer.body.length / 2), () => response.destroy());
}

function write(response: ServerResponse, answer: Answer): void {
  // Whoever asked may be gone.
  if (response.destroyed) return;
  response.writeHead(answer.status, headersOf(answer));
  response.end(answer.body);
}
