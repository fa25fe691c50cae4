import {
  type PlatformClock,
  type PlatformServer,
  servePlatform,
} from '../platforms/serve-platform.ts';
import type { PlatformReply, PlatformRequest } from '../platforms/wire.ts';

/** What stands between a kiosk and Stripe: it passes everything on, and can do what a network and a Stripe can do. */
export function stripeInBetween(stripeUrl: string, clock: PlatformClock): Promise<PlatformServer> {
  return servePlatform(
    () => ({
      handle: (request) => passOn(stripeUrl, request),
      refusal: (status, message) => ({
        status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ error: { type: 'invalid_request_error', message } }),
      }),
    }),
    clock,
  );
}

async function passOn(
  stripeUrl: string,
  { method, path, query, headers, body }: PlatformRequest,
): Promise<PlatformReply> {
  const others = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || ofTheConnection.has(name) ? [] : [[name, value]],
  );
  const response = await fetch(`${stripeUrl}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: others,
    ...(body === '' ? {} : { body }),
  });
  const kept = [...response.headers].filter(([name]) => !ofTheConnection.has(name));
  const reply = { status: response.status, body: await response.text() };
  return { ...reply, headers: Object.fromEntries(kept) };
}

const ofTheConnection: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
]);
