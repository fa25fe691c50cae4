import type { ProcessHint } from '../../domain/sale-event.ts';
import type { PromptKind } from '../../ports/reader-book.ts';
import type { PromptEnd } from './what-is-on-it.ts';

/** What asked for the card can't take one any more: it is done, or ended, and a read tells which. */
export const unknown: ProcessHint = failedWith('intent_invalid_state', null);

/** How a prompt ended, for the machine of what asked for the card; null ends are those that were taken off, or are gone. */
export function hintOf(kind: PromptKind, end: PromptEnd | null): ProcessHint {
  switch (end?.kind) {
    case undefined:
      return failed('canceled');
    case 'collected':
    case 'processed':
    case 'charged':
      return { kind: 'processed' };
    case 'replaced':
      return failed('prompt_replaced');
    case 'failed':
      return isLost(kind, end.code) ? failedWith(end.code, null) : failed(end.code);
  }
}

/** The reader says that this try is over; what of it reached the bank is read. */
export function failed(code: string): ProcessHint {
  return failedWith(code, 'requires_payment_method');
}

/**
 * The reader lost Stripe on the way, so what became of a setup or a refund may be seen later than now. A payment's
 * machine knows this word itself.
 */
function isLost(kind: PromptKind, code: string): boolean {
  const isPayment = kind !== 'process_setup_intent' && kind !== 'refund_payment';
  return !isPayment && code === 'connection_error';
}

function failedWith(code: string, paymentIntentStatus: string | null): ProcessHint {
  return { kind: 'failed', code, declineCode: null, paymentIntentStatus };
}
