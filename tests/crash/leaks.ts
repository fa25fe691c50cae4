import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

/** How a secret begins, and what follows in a whole one. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['sk_', /^sk_(live|test)_[0-9A-Za-z]{8}/],
  ['rk_', /^rk_(live|test)_[0-9A-Za-z]{8}/],
  ['pst_', /^pst_(live_|test_)?[0-9A-Za-z]{8}/],
  ['_secret_', /^_secret_[0-9A-Za-z]{8}/],
];
/** Longer than any secret, so that one that lies across two readings is whole in the second. Bytes. */
const overlap = 256;
/** One piece of memory for all readings: files of many megabytes are read at every kill. */
const window = Buffer.alloc(1024 * 1024);

/**
 * Files in the kiosk's folder that hold what must never be written: the database, its write-ahead log, the logs, byte
 * by byte. Everything of a secret's shape counts; `secrets` are known ones, also of other shapes.
 */
export function leaksIn(dataDir: string, secrets: readonly string[]): readonly string[] {
  const shapeless = secrets.filter((secret) => !shapes.some(([begin]) => secret.includes(begin)));
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isFiller(entry.name))
    .filter((entry) => holdsSecret(path.join(entry.parentPath, entry.name), shapeless))
    .map(({ name }) => name);
}

/** Random bytes that only keep room on the disk. */
function isFiller(name: string): boolean {
  return name.endsWith('-reserve');
}

function holdsSecret(file: string, shapeless: readonly string[]): boolean {
  const handle = openSync(file, 'r');
  try {
    for (let kept = 0; ;) {
      const length = readSync(handle, window, kept, window.length - kept, null);
      if (length === 0) return false;
      const bytes = window.subarray(0, kept + length);
      if (isSecretIn(bytes, shapeless)) return true;
      kept = Math.min(overlap, bytes.length);
      bytes.copy(window, 0, bytes.length - kept);
    }
  } finally {
    closeSync(handle);
  }
}

function isSecretIn(bytes: Buffer, shapeless: readonly string[]): boolean {
  return (
    shapeless.some((secret) => bytes.includes(secret)) ||
    shapes.some(([beginning, shape]) => holdsShape(bytes, beginning, shape))
  );
}

function holdsShape(bytes: Buffer, beginning: string, shape: RegExp): boolean {
  for (let at = bytes.indexOf(beginning); at >= 0; at = bytes.indexOf(beginning, at + 1)) {
    if (shape.test(bytes.toString('latin1', at, at + overlap))) return true;
  }
  return false;
}
