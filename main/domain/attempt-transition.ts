import {
  beginning,
  findOut,
  giveUp,
  ignore,
  liveAttempt,
  move,
  process,
  type Transition,
} from './sale-moves.ts';
import type { ProcessHint, SaleEvent } from './sale-event.ts';
import type { CancelReason, PaymentAttempt, ProcessWord, Sale } from './sale.ts';

type AttemptEvent = Extract<SaleEvent, { attemptId: unknown }>;

/** What the reader, or the customer about the card it read, said of one attempt. Late words of old attempts are dropped. */
export function attemptEvent(sale: Sale, event: AttemptEvent): Transition {
  if (liveAttempt(sale, event.attemptId) === null) return ignore('that attempt is over');
  // A restart leaves an attempt as it stood while it is found out what became of it: no card is wanted for it any more.
  if (!endsCharging.has(event.kind) && sale.state !== 'presenting') {
    return ignore('no card is asked for');
  }
  switch (event.kind) {
    case 'reader_called':
      return stageMove(sale, ['sent'], (attempt) =>
        move(sale, { attempt: { ...attempt, serverDriven: event.steps } }),
      );
    case 'reader_moved':
      return stageMove(sale, ['sent'], (attempt) => moved(sale, attempt));
    case 'reader_prompted':
      return stageMove(sale, ['sent'], (attempt) =>
        move(sale, { attempt: { ...attempt, stage: 'awaiting_card' } }),
      );
    case 'card_collected':
      return stageMove(sale, ['sent', 'awaiting_card', 'still_paying'], (attempt) =>
        event.askFirst
          ? move(sale, { attempt: { ...attempt, stage: 'card_read', windowHoldsCard: true } })
          : process(sale, attempt),
      );
    case 'customer_accepted':
      return stageMove(sale, ['card_read'], (attempt) => process(sale, attempt));
    case 'collect_failed':
      return stageMove(sale, ['sent', 'awaiting_card', 'still_paying'], () =>
        giveUp(sale, whyNotCollected(event.code)),
      );
    case 'reader_finished':
      return readerFinished(sale, event.hint);
    case 'process_answered':
      return stageMove(sale, ['processing'], (attempt) => processAnswered(sale, attempt, event));
  }
}

/** What is heard of an attempt also after its card was asked for. */
const endsCharging: ReadonlySet<AttemptEvent['kind']> = new Set([
  'reader_finished',
  'process_answered',
]);

/** Who leads the spare is known when it is asked. */
function moved(sale: Sale, { ordinal, chargeBefore, atSpare }: PaymentAttempt): Transition {
  if (atSpare === true) return ignore('there is no reader after the spare');
  return move(sale, { attempt: { ...beginning(sale, ordinal), chargeBefore, atSpare: true } });
}

function readerFinished(sale: Sale, hint: ProcessHint): Transition {
  if (sale.attempt?.serverDriven === undefined) return ignore('main does not lead that reader');
  const prompted = ['sent', 'awaiting_card', 'still_paying'] as const;
  // A former run of the kiosk asked the reader to charge the card: how that ended is told without a count.
  const lost = sale.state === 'finding_out' && sale.attempt.hint === 'none';
  return stageMove(sale, lost ? [...prompted, 'processing'] : prompted, (attempt) => {
    const processCount = Math.max(1, attempt.processCount);
    return ended(sale, { ...attempt, stage: 'processing', processCount }, hint);
  });
}

function whyNotCollected(code: string): CancelReason {
  if (canceledOnReader(code)) return 'customer_on_reader';
  if (code === 'reader_in_use') return 'reader_in_use';
  return code === 'terminal_reader_busy' ? 'reader_busy' : 'reader_unavailable';
}

/** Both words are Stripe's: the first of the server-driven integration, the second of the JS SDK. */
function canceledOnReader(code: string): boolean {
  return code === 'customer_canceled' || code === 'canceled_by_customer';
}

/** Runs `next` on the live attempt when it stands at one of `stages`. */
export function stageMove(
  sale: Sale,
  stages: readonly PaymentAttempt['stage'][],
  next: (attempt: PaymentAttempt) => Transition,
): Transition {
  const { attempt } = sale;
  if (attempt === null || !stages.includes(attempt.stage))
    return ignore('the attempt is elsewhere');
  return next(attempt);
}

function processAnswered(
  sale: Sale,
  attempt: PaymentAttempt,
  event: Extract<SaleEvent, { kind: 'process_answered' }>,
): Transition {
  if (event.count !== attempt.processCount) return ignore('that processPayment is over');
  return ended(sale, attempt, event.hint);
}

/** What the reader said decides nothing: a read does, at once, or on the screen that finds out (P4). */
function ended(sale: Sale, attempt: PaymentAttempt, hint: ProcessHint): Transition {
  const answered: PaymentAttempt = {
    ...attempt,
    inFlight: false,
    hint: wordOf(hint),
    answeredAt: sale.revision + 1,
  };
  if (mustFindOut.has(answered.hint) || sale.state === 'finding_out')
    return findOut(sale, { attempt: answered });
  return move(sale, { state: 'authorizing', attempt: answered }, [
    { kind: 'payment_intent.read', afterMs: 0 },
  ]);
}

/** After these a card may have been charged although nobody said so. */
const mustFindOut: ReadonlySet<ProcessWord> = new Set(['unknown', 'disconnected', 'replaced']);

function wordOf(hint: ProcessHint): ProcessWord {
  if (hint.kind === 'processed') return 'processed';
  if (hint.code === 'connection_error') return 'disconnected';
  if (hint.code === 'prompt_replaced') return 'replaced';
  if (hint.paymentIntentStatus !== 'requires_payment_method') return 'unknown';
  return hint.code === 'canceled' || canceledOnReader(hint.code) ? 'canceled' : 'refused';
}
