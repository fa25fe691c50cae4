import type { ReaderPrompt } from '../../ports/reader-book.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { endOf, isOnReader, mayStillCome, type PromptEnd } from './what-is-on-it.ts';

/** A card that is being charged can't be taken back: its end is looked for this often. Milliseconds. */
const chargingMs = 1_000;

/** A refund's call that may still arrive is looked for this often. Milliseconds. */
const lateMs = 2_000;

/** What came of one try to take a prompt off its reader. */
export type Withdrawn =
  /** It is off, and the book knows. `end` is how it had ended by itself; null when it was taken off, or is gone. */
  | { readonly kind: 'off'; readonly end: PromptEnd | null }
  | { readonly kind: 'still_there'; readonly againMs: number };

/**
 * Tries once to take a prompt of ours off its reader. Clears only what a look has just shown to be ours, and never what
 * another till has put there since. `tries` counts from 0.
 */
export async function withdrawPrompt(
  { book, clock }: ReaderParts,
  calls: ReaderCalls,
  prompt: ReaderPrompt,
  { tries, signal }: { readonly tries: number; readonly signal: AbortSignal },
): Promise<Withdrawn> {
  // Whoever looked at the reader since may have seen it gone.
  if (!book.openPrompts().some(({ id }) => id === prompt.id)) return { kind: 'off', end: null };
  const off = (outcome: string, end: PromptEnd | null): Withdrawn => {
    book.endPrompt(prompt.id, outcome, clock.nowMs());
    return { kind: 'off', end };
  };
  const seen = await calls.look(prompt.readerId, signal);
  if (seen.kind === 'refused') return off(seen.code, null);
  const againMs = retryDelayMs(prompt.id, tries);
  if (seen.kind !== 'done') return { kind: 'still_there', againMs };
  if (!isOnReader(prompt, seen.value)) {
    const end = endOf(prompt, seen.value);
    if (end?.kind === 'replaced' && mayStillCome(prompt, clock.nowMs())) {
      return { kind: 'still_there', againMs: lateMs };
    }
    return off(end?.kind ?? 'seen_gone', end?.kind === 'replaced' ? null : end);
  }
  const answer = await calls.withdraw(prompt, signal);
  if (answer.kind === 'done') return off('withdrawn', null);
  const isCharging = answer.kind === 'refused' && answer.code === 'terminal_reader_busy';
  return { kind: 'still_there', againMs: isCharging ? chargingMs : againMs };
}
