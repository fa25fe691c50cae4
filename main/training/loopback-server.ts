import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { ApiError, invalidRequest } from './model/api-error.ts';
import type { ModelReply, ModelRequest } from './model/api/model-request.ts';
import { decodeForm } from './model/form/decode-form.ts';
import type { TrainingStripe } from './model/training-stripe.ts';
import { bodyBytesMax, readBody } from './read-body.ts';

/** How the model is put on a port. */
export interface LoopbackServerOptions {
  readonly model: TrainingStripe;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Awaited between a request's acceptance and its work; without it the work follows at once. */
  readonly beforeWork?: ((request: ModelRequest) => Promise<void>) | undefined;
  /** Told of what only a bug in the model can cause. The client gets a 500. */
  readonly onBug?: ((error: unknown) => void) | undefined;
}

/** A model that listens. */
export interface LoopbackServer {
  readonly port: number;
  /** Refuses new connections, lets answers under way finish, then resolves. */
  close(): Promise<void>;
}

/** Starts listening on the loopback address only. Rejects when the port is taken. */
export async function startLoopbackServer(options: LoopbackServerOptions): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    answer(options, request)
      .catch((error: unknown) => {
        options.onBug?.(error);
        return failed();
      })
      .then((reply) => write(response, reply))
      .catch((error: unknown) => options.onBug?.(error));
  });
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(options.port, '127.0.0.1', () => resolve(undefined));
  await promise;
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
      }),
  };
}

async function answer(
  options: LoopbackServerOptions,
  incoming: IncomingMessage,
): Promise<ModelReply> {
  const body = await readBody(incoming);
  if (body === null) {
    return refused(
      new ApiError(413, {
        type: 'invalid_request_error',
        message: `The request is too large: a body may have at most ${bodyBytesMax} bytes.`,
      }),
    );
  }
  const request = modelRequest(incoming, body);
  if ('status' in request) {
    return request;
  }
  const acceptance = options.model.accept(request);
  if (acceptance.kind === 'replied') {
    return acceptance.reply;
  }
  await options.beforeWork?.(request);
  return acceptance.complete();
}

function modelRequest(incoming: IncomingMessage, body: string): ModelRequest | ModelReply {
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2);
  const method = incoming.method ?? 'GET';
  try {
    if (method === 'POST' && body !== '' && !isForm(incoming)) {
      throw invalidRequest(
        'Invalid request: the body must be sent as application/x-www-form-urlencoded.',
      );
    }
    return {
      method,
      path,
      params: decodeForm(method === 'POST' ? body : query),
      headers: singleHeaders(incoming),
    };
  } catch (error) {
    if (error instanceof ApiError) {
      return refused(error);
    }
    throw error;
  }
}

function isForm(incoming: IncomingMessage): boolean {
  const type = incoming.headers['content-type'] ?? '';
  return type.toLowerCase().startsWith('application/x-www-form-urlencoded');
}

function singleHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

/** A refusal from before the model: the form could not even be read. */
function refused(error: ApiError): ModelReply {
  return {
    status: error.status,
    headers: { 'content-type': 'application/json' },
    body: { error: error.body },
  };
}

function failed(): ModelReply {
  return refused(
    new ApiError(500, {
      type: 'api_error',
      message: 'An unknown error occurred in training mode.',
    }),
  );
}

function write(response: ServerResponse, reply: ModelReply): void {
  const text = JSON.stringify(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
