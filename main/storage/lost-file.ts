import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { backupFolder, type BackupFile, backupsIn } from './backup-files.ts';
import { checkFile } from './check-file.ts';
import { DatabaseDamaged } from './database-refused.ts';
import { applicationId } from './file-header.ts';
import { schemaVersion } from './migrate.ts';
import { nameWholeFile, syncFolder } from './whole-file.ts';
import { takeWriterLock } from './writer-lock.ts';

export type Restored =
  | {
      readonly kind: 'restored';
      /** The backup's file name. */
      readonly from: string;
      readonly takenAtMs: number;
    }
  | { readonly kind: 'none' };

/**
 * Moves a damaged database with its log out of the way and returns its new name; nothing is deleted. Refuses, by
 * DatabaseRefused, while another process has it.
 */
export function setDamagedFileAside(file: string, nowMs: number): string {
  const lock = takeWriterLock(file);
  try {
    const time = new Date(nowMs).toISOString().replaceAll(':', '-');
    const aside = freeName(`${file}.damaged-${time}`);
    // The log first: without its database it would be taken for the next one's.
    for (const part of ['-wal', '-shm', '']) {
      if (existsSync(file + part)) renameSync(file + part, aside + part);
    }
    syncFolder(path.dirname(file));
    return aside;
  } finally {
    lock.close();
  }
}

/**
 * Puts the newest backup that is whole in the place of a database that is gone. What was stored after it must be
 * found again at Stripe. Refuses, by throwing, to replace a file that holds anything.
 */
export function restoreNewestBackup(file: string): Restored {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new Error(`${path.basename(file)} is there: nothing is restored`);
  const lock = takeWriterLock(file);
  try {
    const backup = fullestOf(backupFolder(file));
    if (backup === null) return { kind: 'none' };
    const partial = `${file}.partial`;
    // A log without its database would be played into the restored one.
    for (const part of ['-wal', '-shm']) {
      if (existsSync(file + part)) renameSync(file + part, freeName(`${file}.stray${part}`));
    }
    rmSync(partial, { force: true });
    copyFileSync(backup.file, partial);
    nameWholeFile(partial, file);
    return { kind: 'restored', from: path.basename(backup.file), takenAtMs: backup.takenAtMs };
  } finally {
    lock.close();
  }
}

/**
 * Refuses, by DatabaseDamaged, to begin an empty database where one was that has been backed up: its sales would be
 * forgotten without a word.
 */
export function refuseLostFile(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 || backupsIn(backupFolder(file)).length === 0) return;
  const name = path.basename(file);
  throw new DatabaseDamaged(
    file,
    `${name} is gone, though it was backed up. Nothing was changed; restore the backup before selling.`,
  );
}

/** The whole backup that knows most: its name is of a clock that may have been set. */
function fullestOf(folder: string): BackupFile | null {
  let fullest: { readonly backup: BackupFile; readonly entries: number } | null = null;
  for (const backup of backupsIn(folder)) {
    const entries = isWhole(backup.file) ? lastEntryOf(backup.file) : null;
    if (entries !== null && (fullest === null || entries > fullest.entries)) {
      fullest = { backup, entries };
    }
  }
  return fullest?.backup ?? null;
}

function lastEntryOf(file: string): number {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return Number(db.prepare('select coalesce(max(rowid), 0) from sale_events').pluck().get());
  } catch {
    // The first schema numbers no entries.
    return 0;
  } finally {
    db.close();
  }
}

/** Out of the way of the new file's own backups, which must not be mixed with them. */
export function setBackupsAside(file: string, nowMs: number): void {
  const folder = backupFolder(file);
  if (!existsSync(folder)) return;
  const time = new Date(nowMs).toISOString().replaceAll(':', '-');
  renameSync(folder, freeName(`${folder}-before-${time}`));
  syncFolder(path.dirname(folder));
}

function isWhole(file: string): boolean {
  try {
    const db = new Database(file, { readonly: true, fileMustExist: true });
    try {
      if (db.pragma('application_id', { simple: true }) !== applicationId) return false;
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version < 1 || version > schemaVersion) return false;
      // A backup of the first schema has no chain to look at; it is migrated when it is opened.
      if (version === 1) return db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } finally {
      db.close();
    }
    const { faults, broken } = checkFile(file);
    return faults.length === 0 && broken.length === 0;
  } catch {
    // What can't be opened or read is no backup; the next one is tried.
    return false;
  }
}

function freeName(wanted: string): string {
  let name = wanted;
  for (let count = 2; existsSync(name); count += 1) name = `${wanted}-${count}`;
  return name;
}
