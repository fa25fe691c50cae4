import type { AttemptId } from './ids.ts';
import type { ProcessHint, SaleEvent } from './sale-event.ts';

/** One card asked for at a reader, for something that is not a sale: a setup, or a refund in person. */
export interface ReaderAttempt {
  readonly id: AttemptId;
  /** 1 for the first. */
  readonly ordinal: number;
  readonly stage: 'sent' | 'awaiting_card' | 'processing';
  /** Main leads the reader, as for a sale. Absent while the page leads. */
  readonly serverDriven?: 'one_step' | 'two_step';
  /** The first reader did not answer, and the spare was asked. */
  readonly atSpare?: true;
  /** What the driver said at the end; null before. */
  readonly hint: ProcessHint | null;
}

/** What a driver tells of an attempt, whatever it is for. */
export type ReaderEvent = Extract<SaleEvent, { attemptId: AttemptId }>;

const readerEventKinds: ReadonlySet<string> = new Set<ReaderEvent['kind']>([
  'reader_called',
  'reader_moved',
  'reader_prompted',
  'reader_finished',
  'card_collected',
  'customer_accepted',
  'collect_failed',
  'process_answered',
]);

export function isReaderEvent(event: { readonly kind: string }): event is ReaderEvent {
  return readerEventKinds.has(event.kind);
}

export type AttemptMove =
  | { readonly kind: 'ignored'; readonly why: string }
  | { readonly kind: 'goes_on'; readonly attempt: ReaderAttempt }
  /** The card is read: it is to be processed. */
  | { readonly kind: 'process'; readonly attempt: ReaderAttempt }
  /** The reader is done: what came of it is read from Stripe (P4). */
  | { readonly kind: 'ended'; readonly attempt: ReaderAttempt }
  /** No card was read. `code` is Stripe's, or one of ours. */
  | { readonly kind: 'not_collected'; readonly code: string };

export function firstWord(id: AttemptId, ordinal: number): ReaderAttempt {
  return { id, ordinal, stage: 'sent', hint: null };
}

/** What a driver's word means to an attempt. Late words of old attempts are dropped. */
export function attemptMove(live: ReaderAttempt | null, event: ReaderEvent): AttemptMove {
  if (live?.id !== event.attemptId) return ignored('that attempt is over');
  const isProcessing = live.stage === 'processing';
  switch (event.kind) {
    case 'reader_called':
      return live.stage === 'sent'
        ? { kind: 'goes_on', attempt: { ...live, serverDriven: event.steps } }
        : ignored('the reader was called before');
    case 'reader_moved': {
      if (live.stage !== 'sent' || live.atSpare === true) return ignored('it is with its reader');
      return { kind: 'goes_on', attempt: { ...firstWord(live.id, live.ordinal), atSpare: true } };
    }
    case 'reader_prompted':
      return live.stage === 'sent'
        ? { kind: 'goes_on', attempt: { ...live, stage: 'awaiting_card' } }
        : ignored('the prompt is known');
    case 'card_collected':
      return isProcessing
        ? ignored('the card is known')
        : { kind: 'process', attempt: { ...live, stage: 'processing' } };
    case 'collect_failed':
      return isProcessing
        ? ignored('a card was read')
        : { kind: 'not_collected', code: event.code };
    case 'reader_finished':
      return ended(live, event.hint);
    case 'process_answered':
      return isProcessing ? ended(live, event.hint) : ignored('nothing was processed');
    case 'customer_accepted':
      return ignored('nobody is asked once more');
  }
}

function ended(live: ReaderAttempt, hint: ProcessHint): AttemptMove {
  return { kind: 'ended', attempt: { ...live, stage: 'processing', hint } };
}

function ignored(why: string): AttemptMove {
  return { kind: 'ignored', why };
}

/** True when the driver says that nothing came of it, by a word that leaves no doubt about its being over. */
export function saysFailed({ hint }: ReaderAttempt): boolean {
  return hint?.kind === 'failed' && hint.paymentIntentStatus !== null;
}
