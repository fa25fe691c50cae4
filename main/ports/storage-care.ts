import type { SaleId } from '../domain/ids.ts';

/** What a look through the whole file came to. */
export interface FileChecked {
  /** SQLite's own structures are whole. */
  readonly sound: boolean;
  /** Sales whose journal or row is not what was written. */
  readonly damaged: readonly SaleId[];
}

/** Looks after the file that remembers, beside the sales: nothing here runs in a sale's way. */
export interface StorageCare {
  /** Reads the whole file in the background. Rejects when it could not be read at all. */
  check(): Promise<FileChecked>;
  /** On return the copy is on disk, synced, and verified. Rejects with a sentence. */
  backUp(): Promise<void>;
  /** False once the disk was full and the reserve had to be given up: a sale in hand ends, none begins. */
  hasRoom(): boolean;
  /** To be called now and then: keeps the log short and ready, and takes the reserve again when the disk has room. */
  makeRoom(): void;
}
