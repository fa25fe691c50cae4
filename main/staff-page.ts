import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { KioskId } from './domain/ids.ts';
import { sha256 } from './open-beside.ts';
import type { Approval } from './ports/approval.ts';
import type { ReaderOfSettings } from './ports/reader-book.ts';
import type { AllStaffHandlers } from './ipc/closed-handlers.ts';
import { type MembersHandlers, membersHandlers } from './ipc/members-handlers.ts';
import { readersHandlers } from './ipc/readers-handlers.ts';
import { type RefundsHandlers, refundsHandlers } from './ipc/refunds-handlers.ts';
import { staffHandlers } from './ipc/staff-handlers.ts';
import { StaffMoney } from './ipc/staff-money.ts';
import { StaffSession } from './ipc/staff-session.ts';
import type { Backend } from './open-backend.ts';
import type { Records } from './open-records.ts';
import type { Log } from './ports/log.ts';
import type { BesideSales } from './services/beside-sales.ts';
import type { Desk } from './services/desk.ts';
import type { Housekeeping } from './services/housekeeping.ts';
import { listedReaders } from './services/listed-readers.ts';
import { ReaderKeeping } from './services/reader-keeping.ts';
import { ApprovedDecisions } from './services/refunds/approved-decisions.ts';
import { reportCsv } from './services/report-csv.ts';
import type { ServerTime } from './services/server-time.ts';
import type { Settings } from './settings/read-settings.ts';
import type { StaffPin } from './settings/staff-pin.ts';
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
  readonly backend: Pick<Backend, 'payments' | 'readers' | 'readerList' | 'reader' | 'abilities'>;
  readonly kioskId: KioskId;
  readonly log: Log;
  readonly readerOfSettings: ReaderOfSettings;
  readonly pin: StaffPin;
  readonly beside: BesideSales;
  /** Who agrees to releasing or giving back money. */
  readonly approval: Approval;
  /** Staff have chosen a reader, or how it is led: it is stored. */
  readonly onReaderChosen: () => void;
}

export interface StaffPage {
  readonly handlers: AllStaffHandlers;
  /** A page was loaded: whoever stands there has to give the PIN. */
  lock(): void;
  /** Gives up what is asked about readers, and waits for a file that is being written. */
  close(): Promise<void>;
}

/** What staff can see and do behind their PIN, put together. */
export function staffPage(options: StaffPageOptions): StaffPage {
  const { dataDir, desk, records, time, house, versions } = options;
  const session = new StaffSession(options.pin, time);
  const money = new StaffMoney({
    desk,
    ledger: records.ledger,
    books: records.books,
    refunds: records.refunds,
    time,
    storage: () => house.health,
    recordsLost: records.lost,
    versions,
    abilities: options.backend.abilities,
  });
  const keeping = readerKeeping(options);
  let writing: Promise<unknown> = Promise.resolve();

  const handlers = staffHandlers({
    session,
    money,
    reconciler: desk.reconciler,
    decisions: new ApprovedDecisions({
      ledger: records.ledger,
      reconciler: desk.reconciler,
      approval: options.approval,
    }),
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
    handlers: {
      ...handlers,
      ...readersHandlers({ session, keeping }),
      ...besideHandlers(options, session),
    },
    lock: () => {
      session.lock();
    },
    close: async () => {
      await Promise.all([writing, keeping.close()]);
    },
  };
}

/** Members' cards, and money given back. */
function besideHandlers(
  { desk, beside, records, time, dataDir, settings }: StaffPageOptions,
  session: StaffSession,
): Pick<AllStaffHandlers, keyof MembersHandlers | keyof RefundsHandlers> {
  const { cards, giving } = beside;
  const { ledger, books } = records;
  return {
    ...membersHandlers({
      session,
      desk: cards,
      ledger,
      book: records.cards,
      books,
      clock: time,
      hash: sha256,
      writeConsents: (text, memberId) => writeConsents(dataDir, text, memberId, time.nowMs()),
    }),
    ...refundsHandlers({
      session,
      refunds: giving.refunds,
      findSale: (id) => ledger.findSale(id),
      dayFromMs: () => desk.reconciler.report().fromMs,
      asksProof: settings.refunds.askPin,
    }),
  };
}

/** One member's consents as a file of its own in `reports`; returns its path. */
function writeConsents(dataDir: string, text: string, memberId: string, nowMs: number): string {
  const who = memberId.replaceAll(/[^\p{L}\p{N}-]/gu, '-');
  return writeReportFile(dataDir, `foyer-consents-${who}`, 'txt', text, nowMs);
}

function writeReportFile(
  dataDir: string,
  name: string,
  ending: 'csv' | 'txt',
  text: string,
  nowMs: number,
): string {
  const folder = path.join(dataDir, 'reports');
  mkdirSync(folder, { recursive: true });
  const time = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const file = path.join(folder, `${name}-${time}.${ending}`);
  writeFileWhole(file, text);
  return file;
}

function readerKeeping(options: StaffPageOptions): ReaderKeeping {
  const { beside, backend, records, desk, time, log, kioskId, readerOfSettings, onReaderChosen } =
    options;
  return new ReaderKeeping({
    readers:
      backend.readers ??
      (backend.readerList == null
        ? null
        : listedReaders(backend.readerList, options.settings.studioName)),
    canLead: backend.readers !== null,
    payments: backend.payments,
    book: records.readers,
    ledger: records.ledger,
    errands: beside.errands,
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
  return writeReportFile(dataDir, 'foyer-day', 'csv', reportCsv(report), report.toMs);
}
