import path from 'node:path';
import Database from 'better-sqlite3';
import { DatabaseRefused } from './database-refused.ts';

/**
 * A second file whose exclusive lock is held while we live: the operating system frees it when we die,
 * and readers of the database itself (backups, reports) are not shut out. Refuses, by DatabaseRefused, while
 * another process holds it.
 */
export function takeWriterLock(file: string): { close(): void } {
  const lock = new Database(`${file}-writer`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    throw new DatabaseRefused(
      file,
      `${path.basename(file)} is in use by another Foyer. Close that one first; nothing was changed.`,
      error,
    );
  }
}
