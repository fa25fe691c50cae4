import type { Ledger } from '../ledger.ts';
import { endAction } from './end-action.ts';
import { enterPhase, readerState } from './reader-phases.ts';

/**
 * The customer presses cancel. Returns false when the reader shows no cancel button: it prompts
 * only where `enable_customer_cancellation` was sent.
 */
export function cancelOnReader(ledger: Ledger, readerId: string): boolean {
  const { phase } = readerState(ledger, readerId);
  if (phase.kind !== 'prompting' || !phase.order.cancelable) {
    return false;
  }
  ledger.withoutCause(() => {
    endAction(ledger, readerId, {
      status: 'failed',
      code: 'customer_canceled',
      message: 'This action could not be completed due to an error on the card reader.',
      apiError: null,
    });
  });
  enterPhase(ledger, readerId, { kind: 'resting' });
  return true;
}
