import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** As strict as the product's own, so that a style or script the product would block fails here. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
].join('; ');

/** A running server of the built page. */
export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves dist/renderer on a free port of this machine. Refuses when it has not been built. */
export async function servePage(): Promise<PageServer> {
  const root = new URL('../../../dist/renderer/', import.meta.url).pathname;
  await readFile(join(root, 'index.html'));
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === '/favicon.ico') {
      // A browser asks for it by itself; the product's window has no tab to put it on.
      response.writeHead(204).end();
      return;
    }
    const file = path === '/' ? 'index.html' : path;
    readFile(join(root, file)).then(
      (body) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
        });
        response.end(body);
      },
      () => {
        response.writeHead(404).end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
