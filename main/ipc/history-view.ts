import type { HistoryLine } from '../../preload/contract/staff.ts';
import type { PaymentIntentFacts } from '../domain/payment-intent.ts';
import type { JournalEntry, SaleHistory, StoredCall } from '../ports/ledger.ts';
import type { RefundEntry } from '../ports/refund-book.ts';
import type { RefundHistory } from '../services/refunds/refund-history.ts';

/** A sale's steps and calls, and those of its refunds, in one line of time. */
export function historyLines(
  { entries, calls }: SaleHistory,
  refunds: readonly RefundHistory[] = [],
): readonly HistoryLine[] {
  const lines = [
    ...inTurn(entries.map(stepLine)),
    ...inTurn(calls.map(callLine)),
    ...refunds.flatMap((refund) => [
      ...inTurn(refund.entries.map((entry) => refundLine(refund, entry))),
      ...inTurn(refund.calls.map(callLine)),
    ]),
  ];
  // What was asked comes before the step its answer led to, and both are stored in one transaction.
  return lines
    .sort(
      (left, right) =>
        left.turnMs - right.turnMs ||
        Number(left.line.kind === 'step') - Number(right.line.kind === 'step'),
    )
    .map(({ line }) => line);
}

interface Turn {
  readonly line: HistoryLine;
  /** Never before that of the line before it. */
  readonly turnMs: number;
}

/** Each list is in its order already. The time is Stripe's in whole seconds, so a later line may bear an earlier one. */
function inTurn(lines: readonly HistoryLine[]): readonly Turn[] {
  let turnMs = 0;
  return lines.map((line) => {
    turnMs = Math.max(turnMs, line.atMs);
    return { line, turnMs };
  });
}

function stepLine({ atMs, event, state }: JournalEntry): HistoryLine {
  return {
    kind: 'step',
    atMs,
    what: event.kind,
    state,
    detail: detailOf(event),
    by: 'by' in event ? (event.by ?? null) : null,
    why: 'by' in event ? (event.why ?? null) : null,
    answer: null,
  };
}

/** Names and reasons stand where they were given: at its beginning, and where staff have dealt with a failure. */
function refundLine({ refund }: RefundHistory, { atMs, event, state }: RefundEntry): HistoryLine {
  const said = event.kind === 'added' ? refund : 'by' in event ? event : null;
  return {
    kind: 'step',
    atMs,
    what: event.kind === 'added' ? 'refund.asked' : `refund.${event.kind}`,
    state: null,
    detail: refundDetail(event, state),
    by: said?.by ?? null,
    why: said?.why ?? null,
    answer: null,
  };
}

/** How it stood then, and the word that led to it. */
function refundDetail(event: RefundEntry['event'], state: RefundEntry['state']): string {
  if (event.kind === 'refund_read') {
    const { failureReason } = event.stripeRefund;
    return failureReason === null ? state : `${state} ${failureReason}`;
  }
  if ('hint' in event && event.hint.kind === 'failed') return `${state} ${event.hint.code}`;
  return 'code' in event ? `${state} ${event.code}` : state;
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

/** What a platform says of its order goes before what of the PaymentIntent may not be seen any more. */
function statusOf({ status, lastPaymentError, platform, unseen }: PaymentIntentFacts): string {
  const order = platform === undefined ? null : `order_${platform.status}`;
  if (order !== null && (unseen === true || platform?.status !== 'open')) return order;
  const declined = lastPaymentError?.declineCode ?? lastPaymentError?.code ?? null;
  return declined === null ? status : `${status} ${declined}`;
}
