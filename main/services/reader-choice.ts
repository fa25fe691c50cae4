import type {
  ChosenReader,
  ReaderBook,
  ReaderChoice,
  ReaderOfSettings,
} from '../ports/reader-book.ts';

/**
 * The readers that this kiosk takes payments on now. Until staff have chosen, it is the one of the settings, led as
 * they say.
 */
export function readerChoice(
  book: Pick<ReaderBook, 'choice'>,
  fromSettings: ReaderOfSettings,
): ReaderChoice {
  return (
    book.choice() ?? {
      main: { ...fromSettings, label: '', isShared: false },
      spare: null,
      using: 'main',
    }
  );
}

/** The one of them that the next payment goes to; the main reader where there is no spare. */
export function readerInUse({ main, spare, using }: ReaderChoice): ChosenReader {
  return using === 'spare' ? (spare ?? main) : main;
}
