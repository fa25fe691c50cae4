import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** The kiosk's own origin. A privileged scheme, not `file://`: https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols */
export const appOrigin = 'app://kiosk';
export const appUrl = `${appOrigin}/index.html`;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Must run before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files of `folder`, and nothing outside it, each with the policy of this mode. */
export function serveApp(folder: string, mode: string): void {
  const root = path.resolve(folder);
  const headers = {
    'content-security-policy': contentSecurityPolicy(mode),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = path.resolve(root, `.${decodeURIComponent(pathname)}`);
    const contentType = contentTypes[path.extname(file)];
    const isInside = file.startsWith(root + path.sep);
    if (host !== 'kiosk' || !isInside || contentType === undefined || request.method !== 'GET') {
      return new Response('Not found', { status: 404, headers });
    }
    try {
      const body = await readFile(file);
      return new Response(new Uint8Array(body), {
        headers: { ...headers, 'content-type': contentType },
      });
    } catch {
      return new Response('Not found', { status: 404, headers });
    }
  });
}
