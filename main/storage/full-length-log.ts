import type Database from 'better-sqlite3';
import { isNoRoom } from './no-room.ts';

/** As long as the log gets before it is written back into the file and begun anew. Pages of 4 KiB. */
export const logPagesUsual = 1_500;
/** Small enough that pages of a transaction overflow into the log before it is committed. */
const spillingCachePages = 16;

/**
 * Makes the write-ahead log as long as it will get: a commit that lengthens it takes half as long again. Done by a
 * large write that is taken back, so nothing in the file changes and the database does not grow.
 */
export function lengthenLog(db: Database.Database, pages: number): void {
  const usual: unknown = db.pragma('cache_size', { simple: true });
  const pageSize: unknown = db.pragma('page_size', { simple: true });
  db.pragma(`cache_size = ${spillingCachePages}`);
  db.exec('begin immediate');
  try {
    db.prepare(
      `insert into quarantine (sale_id, at_ms, why, outcome, rows) values ('none', 0, ?, 'proved', '{}')`,
    ).run(' '.repeat(pages * Number(pageSize)));
  } catch (error) {
    // A disk without that much room still has to let a sale in hand end.
    if (!isNoRoom(error)) throw error;
  } finally {
    if (db.inTransaction) db.exec('rollback');
    db.pragma(`cache_size = ${String(usual)}`);
  }
}
