import type { Clock } from '../ports/clock.ts';
import type { ReaderChoice } from '../ports/reader-book.ts';
import type { LocationFacts, ReaderFacts, ReadersApi } from '../ports/readers-api.ts';
import type { ReaderId } from '../domain/ids.ts';
import { readerChoice } from './reader-choice.ts';
import { isSmartReader } from './reader-kind.ts';
import { readerUse, type ReaderUse, type ReaderUseOptions } from './reader-use.ts';
import { whyUnread } from './reader-words.ts';

export interface ReaderListOptions extends ReaderUseOptions {
  /** Null where the system behind the kiosk has no readers to tell of. */
  readonly readers: Pick<ReadersApi, 'list' | 'listLocations'> | null;
  readonly clock: Pick<Clock, 'nowMs'>;
  /** False where readers can be listed and kept, and the window alone can lead them. */
  readonly canLead?: boolean;
}

/** A reader as staff see it: everything but its use is a hint that may be minutes old. */
export interface ReaderRow extends Omit<ReaderFacts, 'action'> {
  readonly isSmart: boolean;
  readonly locationName: string | null;
  /** Zero to one; Stripe's endpoints tell it of no reader. */
  readonly battery: number | null;
  readonly role: 'main' | 'spare' | null;
  readonly lastFailure: { readonly code: string; readonly message: string | null } | null;
  readonly use: ReaderUse;
}

export interface ReaderList extends ReaderChoice {
  readonly nowMs: number;
  readonly serverDrivenOffered: boolean;
  readonly readers: readonly ReaderRow[];
  readonly locations: readonly LocationFacts[];
  /** Why something of it is missing, with what to do; null when it is whole. */
  readonly sentence: string | null;
}

/**
 * Every reader of the account with whose payment is on it, every location, and what staff have chosen. What could not
 * be listed is empty, and a sentence says why; the choice is always there.
 */
export async function listReaders(
  options: ReaderListOptions,
  signal: AbortSignal,
): Promise<ReaderList> {
  const { readers, book, clock, readerOfSettings } = options;
  const empty = { readers: [], locations: [] };
  const known = (): ReaderChoice & Pick<ReaderList, 'nowMs' | 'serverDrivenOffered'> => ({
    ...readerChoice(book, readerOfSettings),
    nowMs: clock.nowMs(),
    serverDrivenOffered: readers !== null && (options.canLead ?? true),
  });
  if (readers === null) return { ...known(), ...empty, sentence: noReaders };

  const [listed, located] = await Promise.all([
    readers.list(signal),
    readers.listLocations(signal),
  ]);
  if (listed.kind !== 'done') {
    return { ...known(), ...empty, sentence: `No readers are listed. ${whyUnread(listed)}` };
  }
  const locations = located.kind === 'done' ? located.value : [];
  const rows = await Promise.all(
    listed.value.map(async (reader) => ({
      ...rowOf(reader, locations),
      use: await readerUse(reader, options, signal),
    })),
  );
  const now = known();
  return {
    ...now,
    readers: rows.map((row) => ({ ...row, role: roleOf(row.id, now, rows.length) })),
    locations,
    sentence:
      located.kind === 'done' ? null : `The locations could not be listed. ${whyUnread(located)}`,
  };
}

/** What staff read where readers can't be asked about at all. */
export const noReaders =
  'The system behind this kiosk tells nothing of readers. The kiosk reaches its reader from its own page, with Stripe’s JS SDK; register and name readers in the Stripe dashboard.';

function rowOf(
  { action, ...reader }: ReaderFacts,
  locations: readonly LocationFacts[],
): Omit<ReaderRow, 'role' | 'use'> {
  const hasFailed = action?.status === 'failed';
  return {
    ...reader,
    isSmart: isSmartReader(reader.deviceType),
    locationName: locations.find(({ id }) => id === reader.locationId)?.name ?? null,
    battery: null,
    lastFailure: hasFailed
      ? { code: action.failureCode ?? 'unknown', message: action.failureMessage }
      : null,
  };
}

/** A main reader without a name is the only one there is. */
function roleOf(id: ReaderId, { main, spare }: ReaderChoice, count: number): ReaderRow['role'] {
  if (main.readerId === id || (main.readerId === null && count === 1)) return 'main';
  return spare?.readerId === id ? 'spare' : null;
}
