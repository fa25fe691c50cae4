import { existsSync, mkdirSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { backupOfWeek, dropOldBackups } from './backup-files.ts';
import { canFollow, copyChanges } from './copy-changes.ts';
import { applicationId } from './file-header.ts';
import { schemaVersion } from './migrate.ts';
import { bearCopyFlag } from './copy-flag.ts';
import { nameWholeFile } from './whole-file.ts';

export interface BackedUp {
  readonly file: string;
  readonly kind: 'full' | 'changes';
  /** Sales that are damaged in the source: the copy keeps what it had of them. */
  readonly broken: readonly string[];
}

/**
 * Copies the database into this week's file: whole the first time, afterwards only what changed since. On return
 * the copy is on the disk. For a worker: by a connection of its own that can't write to the source. The last four
 * weeks are kept. Throws when the source can't be read or the copy not be written; an earlier copy is then as it was.
 */
export function backUp(source: string, folder: string, nowMs: number): BackedUp {
  mkdirSync(folder, { recursive: true });
  const file = backupOfWeek(folder, nowMs);
  const from = new Database(source, { readonly: true, fileMustExist: true });
  try {
    const broken = bringUpToDate(from, file);
    if (broken !== null) return { file, kind: 'changes', broken };
    copyWhole(from, file);
    dropOldBackups(folder);
    return { file, kind: 'full', broken: [] };
  } finally {
    from.close();
  }
}

function copyWhole(from: Database.Database, file: string): void {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  from.prepare('vacuum into ?').run(partial);
  const copy = new Database(partial, { fileMustExist: true });
  try {
    bearCopyFlag(copy);
  } finally {
    copy.close();
  }
  nameWholeFile(partial, file);
}

/** Null when there is no copy of this week that could be brought up to date. */
function bringUpToDate(from: Database.Database, file: string): readonly string[] | null {
  if (!existsSync(file)) return null;
  let copy: Database.Database | null = null;
  try {
    copy = new Database(file, { fileMustExist: true });
    copy.pragma('journal_mode = delete');
    copy.pragma('synchronous = full');
    copy.pragma('fullfsync = 1');
    if (!isSound(copy) || !canFollow(from, copy)) return null;
    const broken = copyChanges(from, copy);
    bearCopyFlag(copy);
    return broken;
  } catch (error) {
    if (isUnusable(error)) return null;
    throw error;
  } finally {
    copy?.close();
  }
}

/** Its pages are not read: every chain is verified on the way into it, and all of it before it is restored. */
function isSound(copy: Database.Database): boolean {
  return (
    copy.pragma('application_id', { simple: true }) === applicationId &&
    copy.pragma('user_version', { simple: true }) === schemaVersion
  );
}

function isUnusable(error: unknown): boolean {
  return (
    error instanceof Database.SqliteError &&
    /^SQLITE_(CORRUPT|NOTADB|FORMAT|CONSTRAINT)/.test(error.code)
  );
}
