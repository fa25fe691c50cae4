import { afterEach } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

/** A fresh folder for each call, removed after the test that asked for it. */
export function tempFolders(): () => string {
  const made: ReturnType<typeof temporaryFolder>[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) folder.remove();
  });
  return () => {
    const folder = temporaryFolder();
    made.push(folder);
    return folder.path;
  };
}
