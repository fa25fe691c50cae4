import type { Answer } from '../../ports/payments-api.ts';

/** A refusal of this kiosk's own, not the platform's: its status is 0. */
export function refusedHere(code: string): Extract<Answer<never>, { kind: 'refused' }> {
  return { kind: 'refused', status: 0, code, requestId: undefined };
}
