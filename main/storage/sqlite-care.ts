import type { StorageCare } from '../ports/storage-care.ts';
import { backupFolder } from './backup-files.ts';
import { namedSales } from './named-sales.ts';
import type { OpenDatabase } from './open.ts';
import type { Job } from './storage-job.ts';
import { inStorageThread } from './storage-thread.ts';
import type { FileLook } from './check-file.ts';

/** Far fewer than fill the log, and more than one sale has. */
const commitsBetween = 60;

export interface SqliteCareOptions {
  /** For the name of the week's backup. */
  readonly nowMs: () => number;
  /** A thread of its own unless given. */
  readonly run?: (job: Job) => Promise<FileLook>;
}

/** Looks after an open database: its checks and copies run in another thread. */
export function sqliteCare(
  database: OpenDatabase,
  { nowMs, run = inStorageThread }: SqliteCareOptions,
): StorageCare {
  const { file, reserve, transactions } = database;
  let isLengthened = false;
  let writtenBackAt = 0;
  let writing: Promise<unknown> | null = null;

  /** Every few sales, so that no commit has to. One that fails is no loss: a commit does it in the end. */
  function writeLogBack(): void {
    if (writing !== null || transactions.commits - writtenBackAt < commitsBetween) return;
    writtenBackAt = transactions.commits;
    writing = run({ kind: 'write_log_back', file }).then(
      () => (writing = null),
      () => (writing = null),
    );
  }

  return {
    check: async () => {
      const { faults, broken } = await run({ kind: 'check', file });
      return { sound: faults.length === 0, damaged: namedSales(broken) };
    },
    backUp: async () => {
      await run({ kind: 'back_up', file, folder: backupFolder(file), nowMs: nowMs() });
    },
    hasRoom: () => reserve.state.kind === 'ok',
    makeRoom: () => {
      if (!isLengthened) database.lengthenLog();
      isLengthened = true;
      reserve.take();
      writeLogBack();
    },
  };
}
