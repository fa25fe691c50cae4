import { SqliteError } from 'better-sqlite3';

/** Full disk, as SQLite names it where it writes: in a page, in the log's index, at the end of the log. */
const noRoom: ReadonlySet<string> = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_WRITE',
  'SQLITE_IOERR_SHMSIZE',
]);

/** True when the disk is full. */
export function isNoRoom(error: unknown): boolean {
  return error instanceof SqliteError && noRoom.has(error.code);
}
