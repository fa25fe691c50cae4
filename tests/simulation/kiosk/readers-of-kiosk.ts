import type { KioskId } from '../../../main/domain/ids.ts';
import type { Clock } from '../../../main/ports/clock.ts';
import type { Ledger } from '../../../main/ports/ledger.ts';
import type { Log } from '../../../main/ports/log.ts';
import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import type {
  ChosenReader,
  ReaderBook,
  ReaderOfSettings,
} from '../../../main/ports/reader-book.ts';
import type { ReadersApi } from '../../../main/ports/readers-api.ts';
import type { Desk } from '../../../main/services/desk.ts';
import { ReaderKeeping } from '../../../main/services/reader-keeping.ts';
import type { ReaderPlan } from '../plan/sale-plan.ts';
import { mainReader, spareReader } from '../stripe/model-readers.ts';

export const readerOfSettings: ReaderOfSettings = {
  readerId: mainReader,
  integration: 'server_driven',
};

/** Staff choose the readers of a kiosk whose file knows of none. */
export function chooseReaders(
  book: ReaderBook,
  { hasSpare, isShared }: ReaderPlan,
  nowMs: number,
): void {
  if (book.choice() !== null || !(hasSpare || isShared)) return;
  const chosen = (readerId: ChosenReader['readerId']): ChosenReader => ({
    readerId,
    label: '',
    integration: 'server_driven',
    isShared,
  });
  const spare = hasSpare ? chosen(spareReader) : null;
  book.saveChoice({ main: chosen(mainReader), spare, using: 'main' }, 'Mara', nowMs);
}

/** What staff may do with the readers, as the kiosk puts it together. */
export function readersKept(parts: {
  readonly api: ReadersApi;
  readonly book: ReaderBook;
  readonly ledger: Ledger;
  readonly payments: PaymentsApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly kioskId: KioskId;
  readonly desk: Desk;
}): ReaderKeeping {
  const { api, desk, ...around } = parts;
  return new ReaderKeeping({
    ...around,
    readers: api,
    readerOfSettings,
    locationOfSdk: null,
    onChosen: () => desk.lead?.look(),
    look: (id) => {
      desk.look(id);
    },
    newKey: () => 'never used here',
  });
}
