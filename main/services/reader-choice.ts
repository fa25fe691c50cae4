import type { ReaderId } from '../domain/ids.ts';
import type { ChosenReader, ReaderBook, ReaderChoice } from '../ports/reader-book.ts';

/**
 * The readers that this kiosk takes payments on now. Until staff have chosen, it is the one of the settings, led by
 * the JS SDK: as it was before there was a choice.
 */
export function readerChoice(
  book: Pick<ReaderBook, 'choice'>,
  fromSettings: ReaderId | null,
): ReaderChoice {
  return (
    book.choice() ?? {
      main: { readerId: fromSettings, label: '', integration: 'sdk', isShared: false },
      spare: null,
      using: 'main',
    }
  );
}

/** The one of them that the next payment goes to; the main reader where there is no spare. */
export function readerInUse({ main, spare, using }: ReaderChoice): ChosenReader {
  return using === 'spare' ? (spare ?? main) : main;
}
