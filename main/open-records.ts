import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Books } from './ports/books.ts';
import type { Ledger } from './ports/ledger.ts';
import type { Log } from './ports/log.ts';
import type { StorageCare } from './ports/storage-care.ts';
import { restoreNewestBackup, setDamagedFileAside } from './storage/lost-file.ts';
import { DatabaseDamaged, type OpenDatabase, openDatabase } from './storage/open.ts';
import { sqliteBooks } from './storage/sqlite-books.ts';
import { sqliteCare } from './storage/sqlite-care.ts';
import { sqliteLedger } from './storage/sqlite-ledger.ts';

/** The former file was damaged or gone; what it held is asked of Stripe. */
export interface RecordsLost {
  /** The name the damaged file was kept under; null when it was gone. */
  readonly aside: string | null;
  /** When the backup that took its place was made; null when there was none. */
  readonly restoredFromMs: number | null;
}

/** The file that remembers, in all its parts. */
export interface Records {
  readonly database: OpenDatabase;
  readonly ledger: Ledger;
  readonly books: Books;
  readonly care: StorageCare;
  readonly lost: RecordsLost | null;
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
  const { database, lost } = openOrReplace(file, options);
  return {
    database,
    ledger: sqliteLedger(database, { boot: options.boot }),
    books: sqliteBooks(database),
    care: sqliteCare(database, { nowMs: options.nowMs }),
    lost,
  };
}

function openOrReplace(
  file: string,
  options: RecordsOptions,
): { readonly database: OpenDatabase; readonly lost: RecordsLost | null } {
  // A writer of ours was here, so there was a file.
  const isGone = existsSync(`${file}-writer`) && sizeOf(file) === 0;
  try {
    const database = openDatabase(file);
    return { database, lost: isGone ? told({ aside: null, restoredFromMs: null }, options) : null };
  } catch (error) {
    if (!(error instanceof DatabaseDamaged)) throw error;
    return replaced(file, error, options);
  }
}

function replaced(
  file: string,
  damage: DatabaseDamaged,
  options: RecordsOptions,
): { readonly database: OpenDatabase; readonly lost: RecordsLost } {
  options.log.write('error', 'records.damaged', { file: damage.file, why: damage.message });
  const aside = sizeOf(file) === 0 ? null : setDamagedFileAside(file, options.nowMs());
  const restored = existsSync(file) ? null : restoreNewestBackup(file);
  const takenAtMs = restored?.kind === 'restored' ? restored.takenAtMs : null;
  const database = openDatabase(file, { beginsAnew: takenAtMs === null });
  const lost = { aside: aside === null ? null : path.basename(aside), restoredFromMs: takenAtMs };
  return { database, lost: told(lost, options) };
}

function told(lost: RecordsLost, { log }: RecordsOptions): RecordsLost {
  log.write('error', 'records.replaced', {
    file: lost.aside ?? 'gone',
    outcome: lost.restoredFromMs === null ? 'begun anew' : 'restored from a backup',
  });
  return lost;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
