import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { kioskId } from '../../main/domain/ids.ts';
import { kioskIdentity } from '../../main/settings/kiosk-identity.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { countedIds } from '../support/fakes/counted-ids.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

it('is made once and kept, outside the database', () => {
  const folder = path.join(tempFolder(), 'new');
  const ids = countedIds();

  const first = kioskIdentity(folder, ids);
  const second = kioskIdentity(folder, ids);

  expect(second).toBe(first);
  expect(JSON.parse(readFileSync(path.join(folder, 'kiosk.json'), 'utf8'))).toEqual({
    kioskId: first,
  });
});

it('differs from kiosk to kiosk', () => {
  const ids = countedIds();

  expect(kioskIdentity(tempFolder(), ids)).not.toBe(kioskIdentity(tempFolder(), ids));
});

it('that is damaged is refused and left as it is: a new one would make our holds a stranger’s', () => {
  for (const text of ['', '{', '{}', '{"kioskId": 7}', '{"kioskId": "sale_0000000001"}', 'null']) {
    const folder = tempFolder();
    const file = path.join(folder, 'kiosk.json');
    writeFileSync(file, text);

    expect(() => kioskIdentity(folder, countedIds())).toThrow(SettingsProblem);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(existsSync(`${file}.new`)).toBe(false);
  }
});

it('is the one that the recorded sales bear when its file is lost', () => {
  const folder = tempFolder();
  const recorded = kioskId('kiosk_0mi1kqbas00kiosk00000001');

  expect(kioskIdentity(folder, countedIds(), recorded)).toBe(recorded);
  expect(kioskIdentity(folder, countedIds())).toBe(recorded);
});

it('is refused when it is another than the recorded sales bear: their payments would be a stranger’s', () => {
  const folder = tempFolder();
  kioskIdentity(folder, countedIds());

  expect(() =>
    kioskIdentity(folder, countedIds(), kioskId('kiosk_0mi1kqbas00kiosk00000001')),
  ).toThrow(SettingsProblem);
});
