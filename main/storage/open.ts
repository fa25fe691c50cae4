import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { asRefusal, DatabaseDamaged, DatabaseRefused } from './database-refused.ts';
import { applicationId, refuseForeignFile, refuseUnnamedFile } from './file-header.ts';
import { lengthenLog, logPagesUsual } from './full-length-log.ts';
import { refuseChangedSchema } from './known-schema.ts';
import { refuseLostFile } from './lost-file.ts';
import { migrate } from './migrate.ts';
import { configure } from './pragmas.ts';
import { ReserveFile, reserveBytesUsual } from './reserve-file.ts';
import { Transactions } from './transactions.ts';
import { takeWriterLock } from './writer-lock.ts';

export { applicationId, DatabaseDamaged, DatabaseRefused };

export interface OpenDatabase {
  readonly db: Database.Database;
  readonly file: string;
  readonly transactions: Transactions;
  readonly reserve: ReserveFile;
  /** Makes the log as long as it will get, lest commits have to. Takes a moment: not while a customer waits. */
  lengthenLog(): void;
  close(): void;
}

/** What is made ready at the start, beside the file. A run without a disk of its own wants less. */
export interface OpenOptions {
  /** Bytes kept for the moment in which the disk is full; zero for none. */
  readonly reserveBytes?: number;
  /** Length that the log is given, in pages; zero lets it grow. */
  readonly logPages?: number;
  /** Begins an empty file although there was one: nothing of it could be restored. */
  readonly beginsAnew?: boolean;
}

/**
 * Opens the kiosk's file, making it and its folder when absent, and brings it to the present schema.
 * Refuses, by DatabaseRefused, a file that is not ours, newer than we know, damaged, locked by another
 * program, gone though it was backed up, or held by another kiosk process. Of these DatabaseDamaged is what
 * lost-file.ts can mend. A writer's lock is held until `close`.
 */
export function openDatabase(file: string, options: OpenOptions = {}): OpenDatabase {
  const { reserveBytes = reserveBytesUsual, logPages = logPagesUsual } = options;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw asRefusal(file, error);
  }
  refuseForeignFile(file);
  if (options.beginsAnew !== true) refuseLostFile(file);
  const lock = takeWriterLock(file);
  try {
    const db = new Database(file, { timeout: 2_000 });
    try {
      refuseUnnamedFile(db, file);
      configure(db, file);
      migrate(db, file);
      refuseChangedSchema(db, file);
      refuseWhileOthersWrite(db);
    } catch (error) {
      db.close();
      throw error;
    }
    const reserve = new ReserveFile(file, reserveBytes);
    reserve.take();
    return {
      db,
      file,
      transactions: new Transactions(db, reserve),
      reserve,
      lengthenLog: () => {
        if (logPages > 0) lengthenLog(db, logPages);
      },
      close: () => {
        db.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw asRefusal(file, error);
  }
}

/** Asked by a write that is taken back: who can't write now would find out in the middle of a sale. */
function refuseWhileOthersWrite(db: Database.Database): void {
  db.exec('begin immediate');
  db.exec('rollback');
}
