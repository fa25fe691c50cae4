import Database from 'better-sqlite3';
import { backUp } from './back-up.ts';
import { checkFile, type FileLook } from './check-file.ts';

/** What the storage worker is asked for. */
export type Job =
  | { readonly kind: 'check'; readonly file: string }
  | {
      readonly kind: 'back_up';
      readonly file: string;
      readonly folder: string;
      readonly nowMs: number;
    }
  /** Writes the log back into the file, as far as nobody reads it, so that no sale's commit has to. */
  | { readonly kind: 'write_log_back'; readonly file: string };

export type JobResult =
  | { readonly kind: 'done'; readonly value: FileLook }
  | { readonly kind: 'failed'; readonly why: string };

/** Carries the job out. Throws when it can't. */
export function carryOutJob(job: Job): FileLook {
  switch (job.kind) {
    case 'check':
      return checkFile(job.file);
    case 'back_up':
      return { faults: [], broken: backUp(job.file, job.folder, job.nowMs).broken };
    case 'write_log_back': {
      const db = new Database(job.file, { fileMustExist: true, timeout: 0 });
      db.pragma('synchronous = full');
      db.pragma('checkpoint_fullfsync = 1');
      db.pragma('wal_checkpoint(passive)');
      db.close();
      return { faults: [], broken: [] };
    }
  }
}
