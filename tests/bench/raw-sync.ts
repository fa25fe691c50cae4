import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

export interface RawSync {
  /** Writes the same 4 KiB again and syncs: what the medium itself takes for one durable write. */
  overwrite(): void;
  close(): void;
}

/** A file of one page to be overwritten. */
export function rawSync(file: string): RawSync {
  const handle = openSync(file, 'w');
  const page = Buffer.alloc(4_096, 1);
  const overwrite = (): void => {
    page[0] = (page[0] ?? 0) ^ 1;
    writeSync(handle, page, 0, page.length, 0);
    fsyncSync(handle);
  };
  overwrite();
  return { overwrite, close: () => closeSync(handle) };
}
