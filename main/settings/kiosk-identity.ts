import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type KioskId, kioskId } from '../domain/ids.ts';
import type { IdSource } from '../ports/id-source.ts';
import { SettingsProblem } from './settings-problem.ts';
import { writeFileWhole } from './write-file-whole.ts';

const identityFile = z.object({ kioskId: z.string() });

/**
 * This kiosk's own id, made once and kept outside the database, so that a lost database does not make its
 * PaymentIntents a stranger's (P10). On return it is on disk. `recorded` is the id that the stored sales bear: a lost
 * file is made anew with it. Refuses a file that can't be understood, or that names another kiosk than they do.
 */
export function kioskIdentity(
  dataDir: string,
  ids: IdSource,
  recorded: KioskId | null = null,
): KioskId {
  const file = path.join(dataDir, 'kiosk.json');
  const text = readOrMake(file, recorded ?? ids.next('kiosk'));
  const id = idIn(text);
  if (recorded === null || recorded === id) return id;
  throw new SettingsProblem(
    'settings',
    { file: 'kiosk.json', field: 'kioskId' },
    'kiosk.json names another kiosk than the sales recorded here. Put the former kiosk.json back, or choose a new data folder.',
  );
}

function idIn(text: string): KioskId {
  try {
    return kioskId(identityFile.parse(JSON.parse(text)).kioskId);
  } catch {
    throw new SettingsProblem(
      'settings',
      { file: 'kiosk.json', field: 'kioskId' },
      'kiosk.json is damaged. Restore it from a copy: it says which payments are this kiosk’s own.',
    );
  }
}

/** Only a file that is not there is made: one that can't be read still holds the old name. */
function readOrMake(file: string, name: string): string {
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) return readFileSync(file, 'utf8');
    mkdirSync(path.dirname(file), { recursive: true });
    const text = `${JSON.stringify({ kioskId: name }, null, 2)}\n`;
    writeFileWhole(file, text);
    return text;
  } catch {
    throw new SettingsProblem(
      'settings',
      { file: path.basename(file), field: null },
      'The kiosk’s own name (kiosk.json in the data folder) can’t be read or written. Check that the data folder exists and may be used.',
    );
  }
}
