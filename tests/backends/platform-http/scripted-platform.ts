import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed; null for a request without a body. */
  readonly body: unknown;
}

export type Script = (response: ServerResponse, request: Received) => void;

export interface ScriptedPlatform extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
}

/** A server that speaks JSON and answers each request by the next script, the last one over and over. */
export async function scriptedPlatform(...scripts: readonly Script[]): Promise<ScriptedPlatform> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const one: Received = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
      const script = scripts[Math.min(received.length, scripts.length - 1)];
      received.push(one);
      script?.(response, one);
    });
  });
  const listening = Promise.withResolvers<undefined>();
  server.listen(0, '127.0.0.1', () => {
    listening.resolve(undefined);
  });
  await listening.promise;
  const close = async (): Promise<void> => {
    const closed = Promise.withResolvers<undefined>();
    server.close(() => {
      closed.resolve(undefined);
    });
    server.closeAllConnections();
    await closed.promise;
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received, close, [Symbol.asyncDispose]: close };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Script {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

export function html(status: number): Script {
  return text(status, '<!doctype html><title>Sign in to the studio’s Wi-Fi</title>', {
    'content-type': 'text/html; charset=utf-8',
  });
}

export const noContent: Script = text(204, '');

/** Promises a whole reply and hangs up half-way. */
export const cutHalfWay: Script = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"status":"Submi');
  setImmediate(() => response.destroy());
};

/** The request arrived; the connection breaks without a word. */
export const hangUp: Script = (response) => {
  response.socket?.resetAndDestroy();
};

export const silence: Script = () => undefined;
