import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** How a secret begins, and what follows in a whole one. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['sk_', /^sk_(live|test)_[0-9A-Za-z]{8}/],
  ['rk_', /^rk_(live|test)_[0-9A-Za-z]{8}/],
  ['pst_', /^pst_(live_|test_)?[0-9A-Za-z]{8}/],
  ['_secret_', /^_secret_[0-9A-Za-z]{8}/],
];
const shapeLength = 40;

/**
 * Files in the kiosk's folder that hold what must never be written: the database, its write-ahead log, the logs, byte
 * by byte. `secrets` are those that are known; everything of a secret's shape counts as well.
 */
export function leaksIn(dataDir: string, secrets: readonly string[]): readonly string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => holdsSecret(readFileSync(path.join(entry.parentPath, entry.name)), secrets))
    .map(({ name }) => name);
}

function holdsSecret(bytes: Buffer, secrets: readonly string[]): boolean {
  return (
    secrets.some((secret) => bytes.includes(secret)) ||
    shapes.some(([beginning, shape]) => holdsShape(bytes, beginning, shape))
  );
}

function holdsShape(bytes: Buffer, beginning: string, shape: RegExp): boolean {
  for (let at = bytes.indexOf(beginning); at >= 0; at = bytes.indexOf(beginning, at + 1)) {
    if (shape.test(bytes.toString('latin1', at, at + shapeLength))) return true;
  }
  return false;
}
