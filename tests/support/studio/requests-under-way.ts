import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';

let underWay = 0;

subscribe('http.client.request.start', (message) => {
  const request =
    typeof message === 'object' && message !== null && 'request' in message
      ? message.request
      : null;
  if (!(request instanceof ClientRequest)) return;
  underWay += 1;
  request.once('close', () => {
    underWay -= 1;
  });
});

// What `fetch` sends is told of in other words. https://undici.nodejs.org/#/docs/api/DiagnosticsChannel
const fetched = new WeakSet();

subscribe('undici:request:create', (message) => {
  const request = requestOf(message);
  if (request === null) return;
  fetched.add(request);
  underWay += 1;
});

for (const end of ['undici:request:trailers', 'undici:request:error']) {
  subscribe(end, (message) => {
    const request = requestOf(message);
    if (request !== null && fetched.delete(request)) underWay -= 1;
  });
}

function requestOf(message: unknown): object | null {
  if (typeof message !== 'object' || message === null || !('request' in message)) return null;
  return typeof message.request === 'object' ? message.request : null;
}

/** A server of this process waits for the test's own time: its request is not one that time should wait for. */
export async function asleep<Value>(wait: Promise<Value>): Promise<Value> {
  underWay -= 1;
  try {
    return await wait;
  } finally {
    underWay += 1;
  }
}

/** So many turns of the event loop without a request: what an answer leads to has been done by then. */
const calmTurns = 6;

/**
 * Resolves once no HTTP request of this process is under way and nothing more comes of the last answer, or as soon as
 * `isEnough`. It waits for that and not for a time, so a slow machine is waited for and a fast one is not.
 */
export async function quiet(isEnough: () => boolean): Promise<void> {
  for (let calm = 0; calm < calmTurns && !isEnough();) {
    await new Promise((resolve) => setImmediate(resolve));
    calm = underWay === 0 ? calm + 1 : 0;
  }
}
