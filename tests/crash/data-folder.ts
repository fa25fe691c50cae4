import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Memory that looks like a disk, where the system has some. */
const sharedMemory = '/dev/shm';

export interface DataFolder {
  readonly path: string;
  remove(): void;
}

/**
 * A kiosk's data folder, in memory where that is possible: a killed process takes nothing with it that the system holds
 * for it, be it on its way to a disk or not. What a power cut takes is another test's question.
 */
export function dataFolder(): DataFolder {
  const parent = existsSync(sharedMemory) ? sharedMemory : tmpdir();
  const folder = mkdtempSync(path.join(parent, 'foyer-crash-'));
  return {
    path: folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
