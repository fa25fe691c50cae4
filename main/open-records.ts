import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Books } from './ports/books.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { StorageCare } from './ports/storage-care.ts';
import { restoreNewestBackup, setDamagedFileAside } from './storage/lost-file.ts';
import { LostMark, type RecordsLost } from './storage/lost-mark.ts';
import { DatabaseDamaged, type OpenDatabase, openDatabase } from './storage/open.ts';
import { sqliteBooks } from './storage/sqlite-books.ts';
import { sqliteCare } from './storage/sqlite-care.ts';
import { sqliteLedger } from './storage/sqlite-ledger.ts';

/** The file that remembers, in all its parts. */
export interface Records {
  readonly database: OpenDatabase;
  readonly ledger: Ledger;
  readonly books: Books;
  readonly care: StorageCare;
  /** Of this start or a former one, until `foundAgain`. */
  readonly lost: RecordsLost | null;
  /** Stripe has been asked for everything that may be held: the loss is made good. */
  foundAgain(): void;
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
  const database = openOrReplace(file, mark, options);
  const lost = mark.read();
  if (lost !== null) {
    options.log.write('error', 'records.lost', {
      file: lost.aside ?? 'gone',
      outcome: lost.restoredFromMs === null ? 'begun anew' : 'restored from a backup',
    });
  }
  return {
    database,
    ledger: sqliteLedger(database, { boot: options.boot }),
    books: sqliteBooks(database),
    care: sqliteCare(database, { nowMs: options.nowMs }),
    lost,
    foundAgain: () => {
      mark.clear();
    },
  };
}

function openOrReplace(file: string, mark: LostMark, options: RecordsOptions): OpenDatabase {
  // A writer of ours was here, so there was a file.
  const isGone = existsSync(`${file}-writer`) && sizeOf(file) === 0;
  if (isGone) mark.set(mark.read() ?? { aside: null, restoredFromMs: null });
  try {
    return openDatabase(file);
  } catch (error) {
    if (!(error instanceof DatabaseDamaged)) throw error;
    options.log.write('error', 'records.damaged', { file: error.file, why: error.message });
    return replaced(file, mark, options);
  }
}

/** The mark is on the disk before anything takes the lost file's place. */
function replaced(file: string, mark: LostMark, options: RecordsOptions): OpenDatabase {
  const moved = sizeOf(file) === 0 ? null : setDamagedFileAside(file, options.nowMs());
  const aside = moved === null ? (mark.read()?.aside ?? null) : path.basename(moved);
  mark.set({ aside, restoredFromMs: null });
  const restored = existsSync(file) ? null : restoreNewestBackup(file);
  if (restored?.kind !== 'restored') return openDatabase(file, { beginsAnew: true });
  mark.set({ aside, restoredFromMs: restored.takenAtMs });
  return openDatabase(file);
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
