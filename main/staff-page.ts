import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type ReadersHandlers, readersHandlers } from './ipc/readers-handlers.ts';
import { type StaffHandlers, staffHandlers } from './ipc/staff-handlers.ts';
import { StaffMoney } from './ipc/staff-money.ts';
import { StaffSession } from './ipc/staff-session.ts';
import type { Records } from './open-records.ts';
import type { Desk } from './services/desk.ts';
import type { Housekeeping } from './services/housekeeping.ts';
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
}

export interface StaffPage {
  readonly handlers: StaffHandlers & ReadersHandlers;
  /** A page was loaded: whoever stands there has to give the PIN. */
  lock(): void;
  /** Waits for a file that is being written. */
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
    handlers: { ...handlers, ...readersHandlers({ session }) },
    lock: () => {
      session.lock();
    },
    close: async () => {
      await writing;
    },
  };
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
