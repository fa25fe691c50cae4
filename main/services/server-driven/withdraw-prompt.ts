import type { Clock } from '../../ports/clock.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import { retryDelayMs } from '../retry-delay.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { endOf, isOnReader, type PromptEnd } from './what-is-on-it.ts';

/** A card that is being charged can't be taken back: its end is looked for this often. Milliseconds. */
const chargingMs = 1_000;

/**
 * Takes a prompt of ours off its reader: clears only what a look has just shown to be ours, as often as it takes, and
 * never what another till has put there since. Resolves with how the prompt had ended by itself, or null when it was
 * taken off, is gone, or `signal` aborted; the book is told.
 */
export async function withdrawPrompt(
  parts: ReaderParts,
  calls: ReaderCalls,
  prompt: ReaderPrompt,
  signal: AbortSignal,
): Promise<PromptEnd | null> {
  const { book, clock } = parts;
  const isOver = (): boolean => signal.aborted;
  const end = (outcome: string): void => book.endPrompt(prompt.id, outcome, clock.nowMs());
  for (let tries = 0; !isOver(); tries += 1) {
    const seen = await calls.look(prompt.readerId, signal);
    if (seen.kind === 'refused') {
      end(seen.code);
      return null;
    }
    if (seen.kind === 'done') {
      if (!isOnReader(prompt, seen.value)) {
        const how = endOf(prompt, seen.value);
        end(how?.kind ?? 'seen_gone');
        return how?.kind === 'replaced' ? null : how;
      }
      const answer = await calls.withdraw(prompt, signal);
      if (answer.kind === 'done') {
        end('withdrawn');
        return null;
      }
      if (answer.kind === 'refused' && answer.code === 'terminal_reader_busy') {
        await pause(clock, chargingMs, signal);
        continue;
      }
    }
    await pause(clock, retryDelayMs(prompt.id, tries), signal);
  }
  return null;
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await clock.sleep(ms, signal).catch(() => undefined);
}
