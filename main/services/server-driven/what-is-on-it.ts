import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { ReaderAction, ReaderFacts } from '../../ports/readers-api.ts';

/** How a prompt of ours ended, as the reader tells it. A hint that wakes a read (P4). */
export type PromptEnd =
  | { readonly kind: 'collected' }
  | { readonly kind: 'processed' }
  /** Stripe's record of what was asked for tells it, and not the reader: what is on it must still be taken off. */
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

/** True while what this prompt is about is on the reader. Which of our calls put it there makes no difference. */
export function isOnReader(prompt: ReaderPrompt, reader: ReaderFacts): boolean {
  return underWay(reader)?.object === prompt.object;
}

/**
 * Whether the reader has heard this very call. A failure that was there before it, in `before`, may be that of an
 * earlier prompt for the same object; a success can only be its last. Not so of a refund: a part of a Charge may have
 * been given back before, and another part just so, so there an end like the one before it tells nothing.
 */
export function heardOf(
  prompt: ReaderPrompt,
  { action }: ReaderFacts,
  before: ReaderAction | null,
): 'taken' | 'not_taken' | 'not_seen' {
  if (action === null || !isOf(prompt, action)) return 'not_taken';
  const wasSo = isOf(prompt, before) && before?.status === action.status;
  if (!wasSo || action.status === 'in_progress') return 'taken';
  if (prompt.kind === 'refund_payment') return 'not_seen';
  return action.status === 'failed' ? 'not_taken' : 'taken';
}

function isOf({ kind, object }: ReaderPrompt, action: ReaderAction | null): boolean {
  return action?.kind === kind && action.object === object;
}

/** How long a call that nobody answered may still be on its way to a reader. Milliseconds. */
const onItsWayMs = 120_000;

/**
 * True while a prompt that is not on its reader may still come there by a late call. Of a refund alone: a payment's and
 * a setup's intent is ended when nobody wants it any more, and then takes no card; a Charge can always be given back.
 */
export function mayStillCome({ kind, placedAtMs }: ReaderPrompt, nowMs: number): boolean {
  return kind === 'refund_payment' && Math.abs(nowMs - placedAtMs) < onItsWayMs;
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
