import { faultMessage } from '../domain/fault-message.ts';
import type { Books } from '../ports/books.ts';
import type { Log } from '../ports/log.ts';

/**
 * When the last day was closed; null when none was, or when its record was changed since: then nothing counts as
 * closed, which only makes more to compare.
 */
export function lastCloseAtMs(books: Books, log: Log): number | null {
  try {
    return books.lastDayClose()?.atMs ?? null;
  } catch (error) {
    const why = faultMessage(error);
    log.write('error', 'day_close.not_believed', { why });
    return null;
  }
}
