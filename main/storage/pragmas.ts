import path from 'node:path';
import type Database from 'better-sqlite3';
import { DatabaseRefused } from './database-refused.ts';
import { logPagesUsual } from './full-length-log.ts';

/**
 * This build of SQLite does not sync a commit in WAL mode unless told to, so every pragma that money
 * depends on is set and read back. https://www.sqlite.org/pragma.html
 */
export function configure(db: Database.Database, file: string): void {
  const wanted: readonly [string, string | number, unknown][] = [
    ['journal_mode', 'wal', 'wal'],
    ['synchronous', 'full', 2],
    ['fullfsync', 1, 1],
    ['checkpoint_fullfsync', 1, 1],
    ['foreign_keys', 1, 1],
    ['trusted_schema', 0, 0],
    ['cell_size_check', 1, 1],
    ['mmap_size', 0, undefined],
    // The log is never cut, and written back before it outgrows its first length: by the storage worker, so that
    // no sale waits for it; this is for the case that nobody did.
    ['journal_size_limit', -1, undefined],
    ['wal_autocheckpoint', logPagesUsual, logPagesUsual],
  ];
  for (const [name, value, expected] of wanted) {
    db.pragma(`${name} = ${value}`);
    if (expected === undefined) continue;
    const inForce: unknown = db.pragma(name, { simple: true });
    if (inForce !== expected) {
      throw new DatabaseRefused(
        file,
        `${path.basename(file)} can't be kept safe here: ${name} is ${String(inForce)}. Choose a data folder on a local disk.`,
      );
    }
  }
}
