import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { SettingsProblem } from './settings-problem.ts';
import { pinHash } from './staff-pin-hash.ts';
import { writeFileWhole } from './write-file-whole.ts';

const pinFile = z.strictObject({
  pin: pinHash,
  /** Wrong tries in a row, a try that is being checked included. */
  wrongTries: z.int().min(0),
  /** The wait that follows them is over. */
  waited: z.boolean(),
});

export type StoredPin = Readonly<z.infer<typeof pinFile>>;

/**
 * What is stored; null when nobody has set a PIN. Refuses, by SettingsProblem, a file that can't be read or
 * understood: it is a PIN nobody can check, not the absence of one.
 */
export function readStoredPin(file: string): StoredPin | null {
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return null;
    return pinFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw problem(
      file,
      `The staff PIN can’t be read: ${path.basename(file)} is damaged. The staff page stays shut; selling goes on. To choose a new PIN, whoever may use this computer’s files deletes ${path.basename(file)} from the data folder.`,
    );
  }
}

/** Stores it; on return it is on disk. Refuses, by SettingsProblem, when the disk does. */
export function writeStoredPin(file: string, stored: StoredPin): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileWhole(file, `${JSON.stringify(stored, null, 2)}\n`);
  } catch {
    throw problem(
      file,
      `The staff PIN can’t be checked, because ${path.basename(file)} can’t be written and tries could not be counted. Check that the disk has room and the data folder may be written to; selling goes on.`,
    );
  }
}

function problem(file: string, sentence: string): SettingsProblem {
  return new SettingsProblem('settings', { file: path.basename(file), field: null }, sentence);
}
