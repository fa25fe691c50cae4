import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const keptWeeks = 4;
const dayMs = 24 * 60 * 60_000;
const pattern = /^foyer-week-\d{4}-\d{2}-\d{2}\.db$/;

export interface BackupFile {
  readonly file: string;
  /** When it was last brought up to date, epoch milliseconds. */
  readonly takenAtMs: number;
}

/** Where the backups of a database lie. */
export function backupFolder(database: string): string {
  return path.join(path.dirname(database), 'backups');
}

/** The file of the week of that moment, named by its Monday, UTC. */
export function backupOfWeek(folder: string, nowMs: number): string {
  const sinceMonday = (new Date(nowMs).getUTCDay() + 6) % 7;
  const monday = new Date(nowMs - sinceMonday * dayMs).toISOString().slice(0, 10);
  return path.join(folder, `foyer-week-${monday}.db`);
}

/** Newest week first. Copies that were cut off are not among them. */
export function backupsIn(folder: string): readonly BackupFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .toSorted()
    .toReversed()
    .map((name) => path.join(folder, name))
    .map((file) => ({ file, takenAtMs: Math.round(statSync(file).mtimeMs) }));
}

/** Deletes all but the newest weeks. */
export function dropOldBackups(folder: string): void {
  for (const { file } of backupsIn(folder).slice(keptWeeks)) rmSync(file);
}
