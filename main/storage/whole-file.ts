import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Gives a finished file its name. On return both the bytes and the name are on the disk. */
export function nameWholeFile(partial: string, file: string): void {
  sync(partial, 'r+');
  renameSync(partial, file);
  syncFolder(path.dirname(file));
}

/** Names that were given or taken in the folder are on the disk on return. */
export function syncFolder(folder: string): void {
  // Windows opens no folder, and keeps names in its own journal.
  if (process.platform !== 'win32') sync(folder, 'r');
}

function sync(file: string, mode: string): void {
  const handle = openSync(file, mode);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
