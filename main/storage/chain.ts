import { hash } from 'node:crypto';

/** SHA-256 in hex. SQLite notices 27 of 400 flipped bits by itself, a chain of these all that matter. */
export function sha256(text: string): string {
  return hash('sha256', text);
}

/** One line of a journal, as its row has it. */
export interface Entry {
  /** Whose journal it is: a sale, a setup or a refund. */
  readonly owner: string;
  readonly revision: number;
  readonly atMs: number;
  /** JSON. */
  readonly event: string;
  readonly state: string;
  /** Of the sale's record after this entry; null where the entry is older than the chain. */
  readonly recordHash: string | null;
}

/** What stands before a journal's first entry. */
export const chainStart = '';

/** The hash of an entry: it covers every column of the row and, through `before`, every entry up to it. */
export function entryHash(before: string, entry: Entry): string {
  const { owner, revision, atMs, event, state, recordHash } = entry;
  return sha256(JSON.stringify([before, owner, revision, atMs, event, state, recordHash]));
}

/** A seal over the columns of a row, in the order given. Two rows that differ in any value differ in it. */
export function sealOf(columns: readonly (string | number | null)[]): string {
  return sha256(JSON.stringify(columns));
}
