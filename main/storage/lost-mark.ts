import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { nameWholeFile } from './whole-file.ts';

/** The former file was damaged or gone; what it held is asked of Stripe. */
export interface RecordsLost {
  /** The name the damaged file was kept under; null when it was gone. */
  readonly aside: string | null;
  /** When the backup that took its place was made, epoch milliseconds; null when there was none. */
  readonly restoredFromMs: number | null;
}

const form = z.object({ aside: z.string().nullable(), restoredFromMs: z.int().nullable() });

/**
 * A note beside the database that its records were lost, kept until they are made good: a kiosk that dies in the
 * middle of it must not take a restored file for the whole truth.
 */
export class LostMark {
  readonly #file: string;
  readonly #unsound: string;

  constructor(database: string) {
    this.#file = `${database}-lost.json`;
    this.#unsound = `${database}-unsound`;
  }

  /** On return the note is on the disk. */
  set(lost: RecordsLost): void {
    writeWhole(this.#file, JSON.stringify(lost));
  }

  /** Null when nothing was lost. A note that can't be read says all the same that something was. */
  read(): RecordsLost | null {
    if (!existsSync(this.#file)) return null;
    try {
      return form.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return { aside: null, restoredFromMs: null };
    }
  }

  clear(): void {
    rmSync(this.#file, { force: true });
  }

  /** The file was found damaged while it was open: the next start sets it aside. On return that is on the disk. */
  setUnsound(): void {
    writeWhole(this.#unsound, '');
  }

  get isUnsound(): boolean {
    return existsSync(this.#unsound);
  }

  clearUnsound(): void {
    rmSync(this.#unsound, { force: true });
  }
}

function writeWhole(file: string, text: string): void {
  const partial = `${file}.partial`;
  writeFileSync(partial, text);
  nameWholeFile(partial, file);
}
