import type { HistoryLine } from '../../preload/contract/staff.ts';
import type { PaymentIntentFacts } from '../domain/payment-intent.ts';
import type { JournalEntry, SaleHistory, StoredCall } from '../ports/ledger.ts';

/** A sale's steps and calls in one line of time. */
export function historyLines({ entries, calls }: SaleHistory): readonly HistoryLine[] {
  const lines = [...entries.map(stepLine), ...calls.map(callLine)];
  // What was asked comes before the step its answer led to, and both are stored in one transaction.
  return lines.sort(
    (left, right) =>
      left.atMs - right.atMs || Number(left.kind === 'step') - Number(right.kind === 'step'),
  );
}

function stepLine({ atMs, event, state }: JournalEntry): HistoryLine {
  return {
    kind: 'step',
    atMs,
    what: event.kind,
    state,
    detail: detailOf(event),
    by: 'by' in event ? event.by : null,
    why: 'by' in event ? event.why : null,
    answer: null,
  };
}

function callLine(call: StoredCall): HistoryLine {
  const { outcome, status, code, requestId, durationMs, times, lastAtMs } = call;
  return {
    kind: 'call',
    atMs: call.firstAtMs,
    what: call.work,
    state: null,
    detail: null,
    by: null,
    why: null,
    answer: { outcome, status, code, requestId, durationMs, times, lastAtMs },
  };
}

/** The one thing of an event that its name does not say. */
function detailOf(event: JournalEntry['event']): string | null {
  if ('paymentIntent' in event) {
    return event.paymentIntent === null ? 'none' : statusOf(event.paymentIntent);
  }
  if ('hint' in event) {
    return event.hint.kind === 'processed' ? null : (event.hint.declineCode ?? event.hint.code);
  }
  if ('step' in event) return 'code' in event ? `${event.step} ${event.code}` : event.step;
  if ('code' in event) return event.code;
  if ('wait' in event) return event.wait;
  if ('tender' in event) return event.tender;
  return 'decision' in event ? event.decision : null;
}

function statusOf({ status, lastPaymentError }: PaymentIntentFacts): string {
  const declined = lastPaymentError?.declineCode ?? lastPaymentError?.code ?? null;
  return declined === null ? status : `${status} ${declined}`;
}
