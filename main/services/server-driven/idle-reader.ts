import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { IdleReader, ReaderFacts } from '../../ports/readers-api.ts';
import { underWay } from './what-is-on-it.ts';

/**
 * The reader as one that may show something, or null while a payment is on it or may be on its way to it. To be used
 * at once, in the reader's own line, where no prompt of ours can come between. A reader that other kiosks use as well
 * must not be given here: nothing keeps theirs away.
 */
export function idleReader(
  reader: ReaderFacts,
  openPrompts: readonly ReaderPrompt[],
): IdleReader | null {
  if (underWay(reader) !== null) return null;
  if (openPrompts.some(({ readerId }) => readerId === reader.id)) return null;
  return { id: reader.id } as IdleReader;
}
