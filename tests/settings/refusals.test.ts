import { lstatSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { kioskIdentity } from '../../main/settings/kiosk-identity.ts';
import { readSettings } from '../../main/settings/read-settings.ts';
import { usableKey } from '../../main/settings/secret-key.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { countedIds } from '../support/fakes/counted-ids.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

it('makes no new kiosk where the old one’s name is there and can not be read', () => {
  const folder = tempFolder();
  const file = path.join(folder, 'kiosk.json');
  // Stands for every reason but absence: no right to read it, a disk that fails, a share that is away.
  symlinkSync(file, file);

  expect(() => kioskIdentity(folder, countedIds())).toThrow(SettingsProblem);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
});

it('names the settings file the key is really in', async () => {
  const folder = tempFolder();
  const file = path.join(folder, 'kiosk-7.json');
  writeFileSync(file, JSON.stringify({ stripe: { secretKey: 'sk_live_51full' } }));
  const settings = readSettings({
    dataDir: folder,
    resourcesDir: '/resources',
    environment: { FOYER_CONFIG: file },
  });
  const store = { read: () => Promise.resolve(null), write: () => Promise.resolve() };

  await expect(usableKey(settings, store)).rejects.toMatchObject({ file: 'kiosk-7.json' });
});
