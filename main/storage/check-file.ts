import Database from 'better-sqlite3';
import { faultMessage } from '../domain/fault-message.ts';
import { brokenRecords } from './broken-records.ts';
import { brokenSeals } from './sealed-tables.ts';
import { strayRows } from './stored-owners.ts';
import { verifyAll } from './verify-journals.ts';

export interface FileLook {
  /** What is wrong with pages, indexes or the rows beside the sales; empty when all is whole. A few lines. */
  readonly faults: readonly string[];
  /** Ids of sales whose row or journal is not what was written, as the file has them. */
  readonly broken: readonly string[];
}

/**
 * Reads the whole file by a connection of its own: SQLite's own check of pages, indexes, constraints and references,
 * every sale's, setup's and refund's seal and chain, and the seals of all other rows. For a worker: it takes about a
 * second for a million sales' pages and more for their chains. Throws when the file can't be opened.
 */
export function checkFile(file: string): FileLook {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  const faults: string[] = [];
  let broken: readonly string[] = [];
  try {
    faults.push(...ownFaults(db));
    faults.push(...brokenSeals(db));
    faults.push(...brokenRecords(db));
    broken = verifyAll(db).map(({ saleId }) => saleId);
  } catch (error) {
    // A page that can't be read ends the look: that much is known.
    faults.push(faultMessage(error));
  } finally {
    db.close();
  }
  return { faults, broken };
}

/** `integrity_check` and not `quick_check`: an index that lacks a row would hide that row's work. */
function ownFaults(db: Database.Database): readonly string[] {
  const lines = db.prepare<[], string>('pragma integrity_check(10)').pluck().all();
  const strays = db.prepare('pragma foreign_key_check').all().length + strayRows(db);
  return [
    ...lines.filter((line) => line !== 'ok'),
    ...(strays === 0 ? [] : [`${strays} rows belong to nothing that is stored`]),
  ];
}
