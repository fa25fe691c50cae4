import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type KioskId, kioskId } from '../domain/ids.ts';
import type { IdSource } from '../ports/id-source.ts';
import { SettingsProblem } from './settings-problem.ts';
import { writeFileWhole } from './write-file-whole.ts';

const identityFile = z.object({ kioskId: z.string() });

/**
 * This kiosk's own id, made once and kept outside the database, so that a lost database does not make its
 * PaymentIntents a stranger's (P10). On return it is on disk. Refuses a file that can't be understood.
 */
export function kioskIdentity(dataDir: string, ids: IdSource): KioskId {
  const file = path.join(dataDir, 'kiosk.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    mkdirSync(dataDir, { recursive: true });
    const id = kioskId(ids.next('kiosk'));
    writeFileWhole(file, `${JSON.stringify({ kioskId: id }, null, 2)}\n`);
    return id;
  }
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
