import type { Caller } from './caller.ts';
import type { Endpoint } from './endpoint.ts';
import { secretKeyRequired } from './read-by-secret.ts';

/** What reads a caller's request. Refuses a page where only a server may ask. */
export function preparerFor(endpoint: Endpoint, caller: Caller): Endpoint['prepare'] {
  const prepare = caller === 'secret' ? endpoint.prepare : endpoint.prepareForPage;
  if (prepare === undefined) {
    throw secretKeyRequired();
  }
  return prepare;
}
