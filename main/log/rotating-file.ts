import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** 5 MB: opens in any editor, and goes by e-mail when compressed. */
export const fileBytesMax = 5 * 1024 * 1024;

/**
 * Ten files, 50 MB at most on a disk that SQLite needs more. A sale writes about 4 kB of lines, so a busy studio's
 * 500 sales a day stay for three weeks: longer than a capture may wait and a statement takes.
 */
export const filesMax = 10;

/** `foyer.log` for 0, which is written; `foyer.log.9` for the oldest. */
function nameOf(age: number): string {
  return age === 0 ? 'foyer.log' : `foyer.log.${age}`;
}

/** The log's files that are there, oldest first. */
export function logFiles(folder: string): readonly string[] {
  return Array.from({ length: filesMax }, (_, index) => nameOf(filesMax - 1 - index))
    .map((name) => path.join(folder, name))
    .filter((file) => existsSync(file));
}

/** Lines in files of at most `fileBytesMax` bytes, of which `filesMax` are kept. */
export class RotatingFile {
  readonly #folder: string;
  /** Kept open: a line is written while a customer waits, and finding the file costs more than writing it. */
  #open: { readonly handle: number; bytes: number } | null = null;
  /** The last line may be a torn one: of a process that died, or of a disk that took half of it. */
  #mayBeTorn = true;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Adds the line and its line break. Throws when the disk refuses it; then the next try begins anew. */
  append(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    try {
      this.#closeIfTakenAway();
      let open = this.#open ?? this.#begin();
      if (open.bytes + bytes.length > fileBytesMax) {
        this.#close();
        this.#turnOver();
        open = this.#begin();
      }
      for (let written = 0; written < bytes.length;) {
        written += writeSync(open.handle, bytes, written);
      }
      open.bytes += bytes.length;
      this.#mayBeTorn = false;
    } catch (error) {
      this.#mayBeTorn = true;
      this.#close();
      throw error;
    }
  }

  #begin(): { readonly handle: number; bytes: number } {
    const file = this.#path(0);
    if (this.#mayBeTorn) {
      mkdirSync(this.#folder, { recursive: true });
      endTornLine(file);
    }
    this.#open = { handle: openSync(file, 'a', 0o600), bytes: sizeOf(file) };
    return this.#open;
  }

  /** Somebody tidied up: lines for a file without a name would be lost without a word. */
  #closeIfTakenAway(): void {
    if (this.#open === null || fstatSync(this.#open.handle).nlink > 0) return;
    this.#mayBeTorn = true;
    this.#close();
  }

  #close(): void {
    const open = this.#open;
    this.#open = null;
    if (open !== null) closeSync(open.handle);
  }

  /**
   * Makes each file one older, the oldest replaced, up to the first gap: a turn that failed half-way leaves one, and
   * the tries after it must not push history out for nothing.
   */
  #turnOver(): void {
    let gap = 1;
    while (gap < filesMax - 1 && existsSync(this.#path(gap))) gap += 1;
    for (let age = gap; age > 0; age -= 1) renameSync(this.#path(age - 1), this.#path(age));
  }

  #path(age: number): string {
    return path.join(this.#folder, nameOf(age));
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function endTornLine(file: string): void {
  const size = sizeOf(file);
  if (size === 0) return;
  const last = Buffer.alloc(1);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, last, 0, 1, size - 1);
  } finally {
    closeSync(handle);
  }
  if (last.toString('latin1') !== '\n') appendFileSync(file, '\n');
}
