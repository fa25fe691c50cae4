import type { KioskId, SaleId } from '../../../main/domain/ids.ts';
import type { Abilities } from '../../../main/ports/abilities.ts';
import { orderHash } from '../../../main/order-hash.ts';
import type { IdSource } from '../../../main/ports/id-source.ts';
import type { Log } from '../../../main/ports/log.ts';
import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import type { ReadersApi } from '../../../main/ports/readers-api.ts';
import { Housekeeping } from '../../../main/services/housekeeping.ts';
import type { CardSettings } from '../../../main/services/cards/card-settings.ts';
import { Desk } from '../../../main/services/desk.ts';
import type { ReaderKeeping } from '../../../main/services/reader-keeping.ts';
import { ServerTime } from '../../../main/services/server-time.ts';
import { ReserveFile } from '../../../main/storage/reserve-file.ts';
import { mendSale } from '../../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../../main/storage/open.ts';

import { sqliteBooks } from '../../../main/storage/sqlite-books.ts';
import { sqliteCardBook } from '../../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../../main/storage/sqlite-reader-book.ts';
import { sqliteRefundBook } from '../../../main/storage/sqlite-refund-book.ts';
import type { ReaderPage } from '../people/reader-page.ts';
import type { Boundary } from '../plan/fault.ts';
import type { ReaderPlan } from '../plan/sale-plan.ts';
import { FileView } from '../promises/file-view.ts';
import type { Agenda } from '../time/agenda.ts';
import { KioskClock, type WallClock } from '../time/kiosk-clock.ts';
import type { Network } from '../wire/network.ts';
import type { Asker } from '../wire/readers-wire.ts';
import { type BesidePorts, besideOf } from './beside-kiosk.ts';
import { careOfDisk } from './care-of-disk.ts';
import type { Disk } from './disk.ts';
import { KioskProcess, ProcessGone } from './kiosk-process.ts';
import { mortalPorts, type OnCommit } from './mortal-ports.ts';
import { catalogue } from './price-list.ts';
import { chooseReaders, readerOfSettings, readersKept } from './readers-of-kiosk.ts';

/** In memory a longer log saves nothing, and the reserve is a number of pages that the disk gives back. */
const openOptions = { logPages: 0, reserveBytes: 4_096 };
/** Of so many kills one leaves the log as it lies there. */
const tidyKills = 3;
/** What the reserve frees. */
const reservePages = 256;
/** Larger than any file of a seed. */
const pagesMax = 1_000_000;

export interface MachineParts {
  readonly agenda: Agenda;
  readonly wall: WallClock;
  readonly disk: Disk;
  readonly network: Network;
  readonly kioskId: KioskId;
  readonly askBeforeCharging: boolean;
  /** Null: the page leads the reader. */
  readonly readers: ReaderPlan | null;
  readonly waiting: CardSettings['waiting'];
  /** What the system behind it declares. */
  readonly abilities: Abilities;
  readonly ids: IdSource;
  readonly logOf: (process: KioskProcess) => Log;
  readonly paymentsOf: (process: KioskProcess, time: ServerTime) => PaymentsApi;
  readonly readersOf: (process: KioskProcess, time: ServerTime, asker: Asker) => ReadersApi;
  readonly besideOf: (process: KioskProcess, time: ServerTime) => BesidePorts;
  readonly pageOf: (process: KioskProcess) => ReaderPage;
  /** How long the machine stays down when the process dies here; null when it lives on. */
  readonly diesAt: (boundary: Boundary) => number | null;
  readonly onCommit: OnCommit;
  readonly onChange: () => void;
  /** The file is open, and nothing has been done with it yet. */
  readonly onOpened: (view: FileView) => void;
  /** A run of the process has begun, and is ready for customers. */
  readonly onRunning: (desk: Desk) => void;
  /** SQLite met the full disk, and the reserve made room. */
  readonly onReserveGivenUp: () => void;
  readonly onEnd: (how: 'died' | 'closed') => void;
}

interface Running {
  readonly process: KioskProcess;
  readonly time: ServerTime;
  readonly database: OpenDatabase;
  readonly desk: Desk;
  readonly housekeeping: Housekeeping;
  readonly page: ReaderPage;
  /** Null while the page leads the reader. */
  readonly keeping: ReaderKeeping | null;
}

/** The machine in the foyer: starts the kiosk's process on its disk, lets it die, starts it again. */
export class KioskMachine {
  readonly #parts: MachineParts;
  #running: Running | null = null;
  #view: FileView | null = null;
  #boots = 0;
  #isFull = false;
  #isLost = false;

  constructor(parts: MachineParts) {
    this.#parts = parts;
  }

  get desk(): Desk | null {
    return this.#running?.process.isGone === false ? this.#running.desk : null;
  }

  get page(): ReaderPage | null {
    return this.#running?.page ?? null;
  }

  /** What staff do with readers; null where the page leads the only one, or nothing runs. */
  get keeping(): ReaderKeeping | null {
    return this.desk === null ? null : (this.#running?.keeping ?? null);
  }

  /** The file as the checker sees it; also while the machine is down. */
  get file(): FileView | null {
    return this.#view;
  }

  /** The time as the running kiosk reckons it. */
  get nowMs(): number {
    return this.#running?.time.nowMs() ?? 0;
  }

  /** How often the process was started. */
  get boots(): number {
    return this.#boots;
  }

  /** False once the disk was full and no new sale may begin. */
  get hasRoom(): boolean {
    return this.#running?.database.reserve.state.kind === 'ok';
  }

  get isUp(): boolean {
    return this.desk !== null;
  }

  boot(): void {
    if (this.#running !== null) return;
    const { agenda, wall, disk, network, ids, kioskId, readers } = this.#parts;
    this.#boots += 1;
    let downMs: number | null = null;
    const process = new KioskProcess(this.#boots, (boundary) => {
      downMs = this.#parts.diesAt(boundary);
      if (downMs === null) return false;
      this.#died(downMs);
      return true;
    });
    this.#view?.close();
    this.#view = null;
    disk.sweepFormer();
    const database = openDatabase(disk.file, openOptions);
    this.#view = new FileView(disk.file);
    this.#parts.onOpened(this.#view);
    this.#limitPages(database);
    const { reserve } = database;
    reserve.giveUp = () => {
      const had = ReserveFile.prototype.giveUp.call(reserve);
      if (had && this.#isFull) {
        this.#limitPages(database, reservePages);
        this.#parts.onReserveGivenUp();
      }
      return had;
    };
    const clock = new KioskClock(agenda, wall, () => process.isGone);
    const time = new ServerTime(clock);
    const boot = ids.next('boot');
    const fileBook = sqliteReaderBook(database);
    if (readers !== null) chooseReaders(fileBook, readers, clock.nowMs());
    const ports = mortalPorts(
      {
        ledger: sqliteLedger(database, { boot }),
        books: sqliteBooks(database),
        readerBook: fileBook,
        cardBook: sqliteCardBook(database),
        refundBook: sqliteRefundBook(database),
      },
      process,
      this.#parts.onCommit,
    );
    const { ledger, books, readerBook } = ports;
    const page = this.#parts.pageOf(process);
    const log = this.#parts.logOf(process);
    const care = careOfDisk(database, process);
    const mend = (id: SaleId): void => {
      process.mustLive();
      mendSale(database, id, time.nowMs());
    };
    const payments = this.#parts.paymentsOf(process, time);
    const api = readers === null ? null : this.#parts.readersOf(process, time, 'driver');
    const desk: Desk = new Desk({
      ledger,
      books,
      payments,
      abilities: this.#parts.abilities,
      driver: page,
      ...(api === null
        ? {}
        : { readers: { api, book: readerBook, fromSettings: readerOfSettings } }),
      beside: besideOf(ports, this.#parts.besideOf(process, time), ids, this.#parts.waiting),
      time,
      log,
      ids,
      orderHash,
      kioskId,
      catalogue,
      askBeforeCharging: this.#parts.askBeforeCharging,
      maySell: () => care.hasRoom() && !this.#isLost,
      isRestored: this.#isLost,
      onSwept: ({ kind }) => {
        if (kind === 'complete' && !process.isGone) this.#isLost = false;
      },
      mend,
      onChange: () => {
        if (!process.isGone) this.#parts.onChange();
      },
    });
    const housekeeping = new Housekeeping({
      care,
      clock: time,
      log,
      mend: (id) => {
        desk.mend(id);
      },
      onUnsound: ignore,
      onChange: ignore,
    });
    const keeping =
      readers === null
        ? null
        : readersKept({
            api: this.#parts.readersOf(process, time, 'staff'),
            book: readerBook,
            ledger,
            payments,
            clock: time,
            log,
            kioskId,
            desk,
          });
    this.#running = { process, time, database, desk, housekeeping, page, keeping };
    network.kioskRuns(true);
    try {
      desk.start();
      housekeeping.start();
      process.mustLive();
      this.#parts.onRunning(desk);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
    }
  }

  /** SIGKILL, a power cut: whatever was not committed is gone. */
  kill(downMs: number): void {
    if (this.#running === null || this.#running.process.isGone) return;
    this.#running.process.end();
    this.#died(downMs);
  }

  /** The kiosk closes as it should, then stays off. `whileDown` is done to its disk before it starts again. */
  close(downMs: number): void {
    const running = this.#running;
    if (running === null || running.process.isGone) return;
    const { agenda, network } = this.#parts;
    void closed(running).then(() => {
      if (running.process.isGone) return;
      running.process.end();
      running.database.close();
      this.#running = null;
      network.kioskRuns(false);
      this.#parts.onEnd('closed');
      agenda.after(downMs, () => {
        this.boot();
      });
    });
  }

  /** The file was lost: until the account has been compared with what is there, nothing is sold. */
  lostRecords(): void {
    this.#isLost = true;
  }

  /** The disk can hold no further page, or can again. */
  fill(isFull: boolean): void {
    this.#isFull = isFull;
    if (this.#running !== null && !this.#running.process.isGone) {
      this.#limitPages(this.#running.database);
    }
  }

  /** At the end of a seed. */
  async shut(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running !== null) {
      if (!running.process.isGone) await closed(running);
      running.process.end();
      running.database.close();
    }
    this.#view?.close();
    this.#view = null;
  }

  #limitPages({ db }: OpenDatabase, more = 0): void {
    const count = Number(db.pragma('page_count', { simple: true })) + more;
    const pages = this.#isFull ? count : pagesMax;
    db.pragma(`max_page_count = ${String(pages)}`);
  }

  /** The dead process's code is still on the stack: its file is looked after once that has ended. */
  #died(downMs: number): void {
    const { agenda, network, disk } = this.#parts;
    network.kioskRuns(false);
    this.#parts.onEnd('died');
    agenda.after(0, () => {
      const running = this.#running;
      if (running === null) return;
      // Without a copy the log is tidied up by the close, as after a start that found nothing to mend.
      if (this.#boots % tidyKills === 0) disk.keepAsKilled();
      running.database.close();
      this.#running = null;
    });
    agenda.after(Math.max(1, downMs), () => {
      this.boot();
    });
  }
}

async function closed({ desk, housekeeping, keeping }: Running): Promise<void> {
  await keeping?.close();
  await housekeeping.close();
  await desk.close();
}

function ignore(): void {
  // The window hears of the file's health elsewhere.
}
