import type { Protocol } from './cdp.ts';
import type { SchemeHandler } from './protocol.ts';
import type { SchemeMapping } from './scheme-mapping.ts';

type Paused = Protocol.Events['Fetch.requestPaused'];
type Fulfilled = Protocol.CommandParameters['Fetch.fulfillRequest'];

/** Headers that only the hop to the browser would need, or that name an encoding already undone. */
const notPassedOn: ReadonlySet<string> = new Set(['content-encoding', 'transfer-encoding']);

/** Makes the request that a scheme's handler sees: its own addresses everywhere. */
export function toOwnRequest(paused: Paused, mapping: SchemeMapping): Request {
  const { url, method, headers, postDataEntries, urlFragment } = paused.request;
  const own = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    const isAddress = /^(origin|referer)$/i.test(name);
    // Node's Request keeps some headers for itself; the app's handler has no use for those.
    if (!name.startsWith(':')) own.set(name, isAddress ? mapping.fromChromium(value) : value);
  }
  const body = Buffer.concat(
    (postDataEntries ?? []).map((entry) => Buffer.from(entry.bytes ?? '', 'base64')),
  );
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0;
  return new Request(mapping.fromChromium(url + (urlFragment ?? '')), {
    method,
    headers: own,
    ...(hasBody ? { body } : {}),
  });
}

/** Asks the handler and puts its answer into the words of Chromium's interception. */
export async function answerWith(
  handler: SchemeHandler,
  paused: Paused,
  mapping: SchemeMapping,
): Promise<Fulfilled> {
  const response = await handler(toOwnRequest(paused, mapping));
  if (!(response instanceof Response)) throw new TypeError('ERR_UNEXPECTED: not a Response');
  if (response.type === 'error') throw new TypeError('ERR_FAILED: an error response');
  const body = Buffer.from(await response.arrayBuffer());
  return {
    requestId: paused.requestId,
    responseCode: response.status,
    responseHeaders: [...response.headers]
      .filter(([name]) => !notPassedOn.has(name))
      .map(([name, value]) => ({ name, value: mapping.headerToChromium(value) })),
    body: body.toString('base64'),
  };
}
