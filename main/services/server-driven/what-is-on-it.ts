import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { ReaderAction, ReaderFacts } from '../../ports/readers-api.ts';

/** How a prompt of ours ended, as the reader tells it. A hint that wakes a read (P4). */
export type PromptEnd =
  | { readonly kind: 'collected' }
  | { readonly kind: 'processed' }
  /** The PaymentIntent tells it, and not the reader: what is on it must still be taken off. */
  | { readonly kind: 'charged' }
  | { readonly kind: 'failed'; readonly code: string }
  /** Something else is there now, or nothing. */
  | { readonly kind: 'replaced' };

/**
 * What a reader must not be taken away from; null when it is free. What it shows of a cart holds nobody up; a card
 * that was collected waits for its confirmation, whatever the status says.
 */
export function underWay({ action }: Pick<ReaderFacts, 'action'>): ReaderAction | null {
  if (action === null || action.kind === 'set_reader_display') return null;
  const isCollected = action.kind === 'collect_payment_method' && action.status === 'succeeded';
  return action.status === 'in_progress' || isCollected ? action : null;
}

/** True while this prompt's PaymentIntent is on the reader. Which of our calls put it there makes no difference. */
export function isOnReader(prompt: ReaderPrompt, reader: ReaderFacts): boolean {
  return underWay(reader)?.paymentIntentId === prompt.paymentIntentId;
}

/**
 * True when the reader has heard this very call. A failure that was there before it, in `before`, may be that of an
 * earlier prompt for the same PaymentIntent; a success can only be its last.
 */
export function hasTaken(
  prompt: ReaderPrompt,
  { action }: ReaderFacts,
  before: ReaderAction | null,
): boolean {
  if (!isOf(prompt, action)) return false;
  return action?.status !== 'failed' || !(isOf(prompt, before) && before?.status === 'failed');
}

function isOf({ kind, paymentIntentId }: ReaderPrompt, action: ReaderAction | null): boolean {
  return action?.kind === kind && action.paymentIntentId === paymentIntentId;
}

/** Null while it goes on. */
export function endOf(prompt: ReaderPrompt, { action }: ReaderFacts): PromptEnd | null {
  if (action === null || !isOf(prompt, action)) return { kind: 'replaced' };
  const isCollect = prompt.kind === 'collect_payment_method';
  switch (action.status) {
    case 'in_progress':
      // Whether a collect that has its card still counts as in progress is Stripe's secret: the card decides.
      return action.hasCard && isCollect ? { kind: 'collected' } : null;
    case 'succeeded':
      return { kind: isCollect ? 'collected' : 'processed' };
    case 'failed':
      return { kind: 'failed', code: wordOf(action.failureCode) };
  }
}

/** Stripe's codes are an open set; what is none of theirs is not shown as one. */
function wordOf(code: string | null): string {
  return code !== null && /^[a-z0-9_]{1,64}$/.test(code) ? code : 'unknown_failure';
}
