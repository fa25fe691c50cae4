import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that answers everything with the same. */
export async function htmlServer(answer: {
  readonly status: number;
  readonly body: string;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    const contentType = answer.body.startsWith('{') ? 'application/json' : 'text/html';
    response.writeHead(answer.status, { 'content-type': contentType });
    response.end(answer.body);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** An address at which nothing listens. */
export async function closedPort(): Promise<string> {
  const server = await htmlServer({ status: 200, body: '' });
  await server.close();
  return server.url;
}
