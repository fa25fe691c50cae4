import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { KioskId } from './domain/ids.ts';
import type { ReaderOfSettings } from './ports/reader-book.ts';
import { type ReadersHandlers, readersHandlers } from './ipc/readers-handlers.ts';
import { type StaffHandlers, staffHandlers } from './ipc/staff-handlers.ts';
import { StaffMoney } from './ipc/staff-money.ts';
import { StaffSession } from './ipc/staff-session.ts';
import type { Backend } from './open-backend.ts';
import type { Records } from './open-records.ts';
import type { Log } from './ports/log.ts';
import type { Desk } from './services/desk.ts';
import type { Housekeeping } from './services/housekeeping.ts';
import { ReaderKeeping } from './services/reader-keeping.ts';
import { reportCsv } from './services/report-csv.ts';
import type { ServerTime } from './services/server-time.ts';
import type { Settings } from './settings/read-settings.ts';
import { openStaffPin } from './settings/staff-pin.ts';
import { writeFileWhole } from './settings/write-file-whole.ts';
import { writeSupportBundle } from './support-bundle.ts';

export interface StaffPageOptions {
  readonly dataDir: string;
  readonly logFolder: string;
  readonly settings: Settings;
  readonly versions: Readonly<Record<string, string>>;
  readonly desk: Desk;
  readonly records: Records;
  readonly time: ServerTime;
  readonly house: Housekeeping;
  readonly backend: Pick<Backend, 'payments' | 'readers' | 'reader'>;
  readonly kioskId: KioskId;
  readonly log: Log;
  readonly readerOfSettings: ReaderOfSettings;
  /** Staff have chosen a reader, or how it is led: it is stored. */
  readonly onReaderChosen: () => void;
}

export interface StaffPage {
  readonly handlers: StaffHandlers & ReadersHandlers;
  /** A page was loaded: whoever stands there has to give the PIN. */
  lock(): void;
  /** Gives up what is asked about readers, and waits for a file that is being written. */
  close(): Promise<void>;
}

/** What staff can see and do behind their PIN, put together. */
export function staffPage(options: StaffPageOptions): StaffPage {
  const { dataDir, desk, records, time, house, versions } = options;
  const session = new StaffSession(openStaffPin(dataDir, time), time);
  const money = new StaffMoney({
    desk,
    ledger: records.ledger,
    books: records.books,
    time,
    storage: () => house.health,
    recordsLost: records.lost,
    versions,
  });
  const keeping = readerKeeping(options);
  let writing: Promise<unknown> = Promise.resolve();

  const handlers = staffHandlers({
    session,
    money,
    reconciler: desk.reconciler,
    sweepNow: () => desk.sweep.sweepNow(),
    look: (id) => desk.look(id),
    hurry: () => {
      desk.hurry();
    },
    exportDay: () => Promise.resolve(writeReport(dataDir, desk)),
    writeBundle: () => {
      const bundle = writeSupportBundle(
        {
          dataDir,
          logFolder: options.logFolder,
          versions,
          settings: options.settings,
          databaseFile: records.database.file,
        },
        time.nowMs(),
      );
      writing = bundle.catch(() => undefined);
      return bundle;
    },
  });
  return {
    handlers: { ...handlers, ...readersHandlers({ session, keeping }) },
    lock: () => {
      session.lock();
    },
    close: async () => {
      await Promise.all([writing, keeping.close()]);
    },
  };
}

function readerKeeping(options: StaffPageOptions): ReaderKeeping {
  const { backend, records, desk, time, log, kioskId, readerOfSettings, onReaderChosen } = options;
  return new ReaderKeeping({
    readers: backend.readers,
    payments: backend.payments,
    book: records.readers,
    ledger: records.ledger,
    clock: time,
    log,
    kioskId,
    readerOfSettings,
    locationOfSdk: backend.reader.location,
    newKey: randomUUID,
    look: (id) => {
      desk.look(id);
    },
    onChosen: onReaderChosen,
  });
}

/** The running day as a file of its own in `reports`; returns its path. */
function writeReport(dataDir: string, desk: Desk): string {
  const report = desk.reconciler.report();
  const folder = path.join(dataDir, 'reports');
  mkdirSync(folder, { recursive: true });
  const time = new Date(report.toMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const file = path.join(folder, `foyer-day-${time}.csv`);
  writeFileWhole(file, reportCsv(report));
  return file;
}
