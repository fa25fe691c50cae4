import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Room for a sale in hand to end: its steps, its journal and the database's own log. Bytes. */
export const reserveBytesUsual = 4 * 1024 * 1024;

/** `given_up`: the disk was full and the room is in use. A sale in hand ends, none begins. */
export interface ReserveState {
  readonly kind: 'ok' | 'given_up';
}

/**
 * A file of real bytes beside the database, kept for the moment in which the disk is full. Never throws: a disk
 * that can't hold the reserve is what it is there to tell.
 */
export class ReserveFile {
  readonly #file: string;
  readonly #bytes: number;
  #state: ReserveState['kind'] = 'given_up';

  /** `bytes` of zero keeps no reserve: it then always says `ok`. */
  constructor(database: string, bytes: number) {
    this.#file = `${database}-reserve`;
    this.#bytes = bytes;
  }

  get state(): ReserveState {
    return { kind: this.#bytes === 0 ? 'ok' : this.#state };
  }

  /**
   * Makes the reserve where it is missing and the disk has twice the room, lest the taking is what fills it. On
   * return the room is taken, or the state says that it is not; a power cut may take it back, and it is made again.
   */
  take(): void {
    if (this.#bytes === 0 || this.#state === 'ok') return;
    try {
      if (!this.#isWhole()) this.#make();
      if (this.#isWhole()) this.#state = 'ok';
    } catch {
      // Whatever keeps it from being made (a full disk, a folder that is gone) leaves the state that says so.
      this.#remove();
    }
  }

  /** Frees the room. True when there was some to free. */
  giveUp(): boolean {
    const had = this.#state === 'ok' && this.#bytes > 0;
    this.#state = 'given_up';
    this.#remove();
    return had;
  }

  #isWhole(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.size === this.#bytes;
  }

  #make(): void {
    rmSync(this.#file, { force: true });
    const { bavail, bsize } = statfsSync(path.dirname(this.#file));
    if (bavail * bsize < 2 * this.#bytes) return;
    // Not zeros: a file system that packs them would keep no room.
    const bytes = randomFillSync(Buffer.alloc(this.#bytes));
    const partial = `${this.#file}.partial`;
    const handle = openSync(partial, 'w');
    try {
      for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    } finally {
      closeSync(handle);
    }
    renameSync(partial, this.#file);
  }

  #remove(): void {
    for (const file of [this.#file, `${this.#file}.partial`]) {
      try {
        rmSync(file, { force: true });
      } catch {
        // It stays where it is and keeps its room: nothing more can be done from here.
      }
    }
  }
}
