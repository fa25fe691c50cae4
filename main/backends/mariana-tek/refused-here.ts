import type { Answer } from '../../ports/payments-api.ts';

/** Refused by this kiosk: no call was made. */
export function refusedHere(code: string): Extract<Answer<never>, { kind: 'refused' }> {
  return { kind: 'refused', status: 0, code, requestId: undefined };
}

/** What the declaration says this system can't do, and so is never asked. */
export function notSupported(): Promise<Answer<never>> {
  return Promise.resolve(refusedHere('not_supported'));
}
