import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { asRefusal, DatabaseRefused } from './database-refused.ts';
import { applicationId, refuseForeignFile, refuseUnnamedFile } from './file-header.ts';
import { migrate } from './migrate.ts';
import { configure } from './pragmas.ts';
import { takeWriterLock } from './writer-lock.ts';

export { applicationId, DatabaseRefused };

export interface OpenDatabase {
  readonly db: Database.Database;
  readonly file: string;
  close(): void;
}

/**
 * Opens the kiosk's file, making it and its folder when absent, and brings it to the present schema.
 * Refuses, by DatabaseRefused, a file that is not ours, newer than we know, damaged, locked by another
 * program, or held by another kiosk process. A writer's lock is held until `close`.
 */
export function openDatabase(file: string): OpenDatabase {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw asRefusal(file, error);
  }
  refuseForeignFile(file);
  const lock = takeWriterLock(file);
  try {
    const db = new Database(file, { timeout: 2_000 });
    try {
      refuseUnnamedFile(db, file);
      configure(db, file);
      migrate(db, file);
      refuseWhileOthersWrite(db);
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      file,
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
