import type { Answer } from '../../ports/payments-api.ts';
import { refusedHere } from '../platform-http/refused-here.ts';

/** What the declaration says this system can't do, and so is never asked. */
export function notSupported(): Promise<Answer<never>> {
  return Promise.resolve(refusedHere('not_supported'));
}
