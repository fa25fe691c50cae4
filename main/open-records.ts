import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { KioskId } from './domain/ids.ts';
import type { Books } from './ports/books.ts';
import type { CardBook } from './ports/card-book.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { ReaderBook } from './ports/reader-book.ts';
import type { RefundBook } from './ports/refund-book.ts';
import type { StorageCare } from './ports/storage-care.ts';
import { dropCopyFlag, isCopy } from './storage/copy-flag.ts';
import { restoreNewestBackup, setBackupsAside, setDamagedFileAside } from './storage/lost-file.ts';
import { LostMark, type RecordsLost } from './storage/lost-mark.ts';
import { asRefusal } from './storage/database-refused.ts';
import {
  DatabaseDamaged,
  type OpenDatabase,
  openDatabase,
  type OpenOptions,
} from './storage/open.ts';
import { sqliteBooks } from './storage/sqlite-books.ts';
import { sqliteCardBook } from './storage/sqlite-card-book.ts';
import { sqliteCare } from './storage/sqlite-care.ts';
import { sqliteLedger } from './storage/sqlite-ledger.ts';
import { sqliteReaderBook } from './storage/sqlite-reader-book.ts';
import { sqliteRefundBook } from './storage/sqlite-refund-book.ts';

/** The file that remembers, in all its parts. */
export interface Records {
  readonly database: OpenDatabase;
  readonly ledger: Ledger;
  readonly books: Books;
  readonly readers: ReaderBook;
  readonly cards: CardBook;
  readonly refunds: RefundBook;
  readonly care: StorageCare;
  /** Whose the newest stored sale is; null without one. */
  readonly recordedKiosk: KioskId | null;
  /** Of this start or a former one, until `foundAgain`. */
  readonly lost: RecordsLost | null;
  /** Stripe has been asked for everything that may be held: the loss is made good. */
  foundAgain(): void;
  /** The open file was found damaged: the next start sets it aside. */
  foundUnsound(): void;
}

export interface RecordsOptions {
  /** Names this run of the kiosk in the rows it stores. */
  readonly boot: string;
  readonly nowMs: () => number;
  readonly log: Log;
}

/**
 * Opens the file. One of ours that can't be read is kept under another name, and the newest whole backup, or an empty
 * file, takes its place. Refuses, by DatabaseRefused, what is not ours, newer, or in use: that is left as it is.
 */
export function openRecords(file: string, options: RecordsOptions): Records {
  const mark = new LostMark(file);
  const opened = openOrReplace(file, mark, options);
  const { database } = opened;
  if (isCopy(database.db)) {
    mark.set(mark.read() ?? { aside: null, restoredFromMs: null });
    dropCopyFlag(database.db);
  }
  const lost = mark.read();
  if (lost !== null) {
    options.log.write('error', 'records.lost', {
      file: lost.aside ?? 'gone',
      outcome: lost.restoredFromMs === null ? 'begun anew' : 'restored from a backup',
    });
  }
  return {
    ...opened,
    care: sqliteCare(database, { nowMs: options.nowMs }),
    lost,
    foundAgain: () => {
      mark.clear();
    },
    foundUnsound: () => {
      mark.setUnsound();
    },
  };
}

type Opened = Pick<
  Records,
  'database' | 'ledger' | 'books' | 'readers' | 'cards' | 'refunds' | 'recordedKiosk'
>;

function openOrReplace(file: string, mark: LostMark, options: RecordsOptions): Opened {
  // A writer of ours was here, so there was a file.
  const isGone = existsSync(`${file}-writer`) && sizeOf(file) === 0;
  if (isGone || mark.isUnsound) return replaced(file, mark, options);
  try {
    return openReadable(file, options);
  } catch (error) {
    if (!(error instanceof DatabaseDamaged)) throw error;
    options.log.write('error', 'records.damaged', { file: error.file, why: error.message });
    return replaced(file, mark, options);
  }
}

/** The mark is on the disk before anything takes the lost file's place. */
function replaced(file: string, mark: LostMark, options: RecordsOptions): Opened {
  const isThere = ['', '-wal', '-shm'].some((part) => existsSync(file + part));
  const wasEmpty = sizeOf(file) === 0;
  const moved = isThere ? path.basename(setDamagedFileAside(file, options.nowMs())) : null;
  const aside = wasEmpty || moved === null ? (mark.read()?.aside ?? null) : moved;
  mark.set({ aside, restoredFromMs: null });
  mark.clearUnsound();
  const restored = restoreNewestBackup(file);
  if (restored.kind === 'restored') mark.set({ aside, restoredFromMs: restored.takenAtMs });
  setBackupsAside(file, options.nowMs());
  return openReadable(file, options, { beginsAnew: true });
}

/** Refuses, by DatabaseDamaged, a file that opens but in which not even what every start asks for can be read. */
function openReadable(file: string, { boot }: RecordsOptions, how: OpenOptions = {}): Opened {
  const database = openDatabase(file, how);
  try {
    const ledger = sqliteLedger(database, { boot });
    const books = sqliteBooks(database);
    const readers = sqliteReaderBook(database);
    const cards = sqliteCardBook(database);
    const refunds = sqliteRefundBook(database);
    const recordedKiosk = ledger.newestKiosk();
    ledger.damagedSales();
    ledger.waitingWork(1);
    books.eventCursor();
    books.lastSweep();
    readers.choice();
    readers.openPrompts();
    cards.unfinishedSetups();
    refunds.unfinishedRefunds();
    return { database, ledger, books, readers, cards, refunds, recordedKiosk };
  } catch (error) {
    database.close();
    throw asRefusal(file, error);
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
