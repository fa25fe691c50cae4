import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { platformProblems } from '../../main/settings/platform-problems.ts';
import { readSettings, type Settings } from '../../main/settings/read-settings.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const resourcesDir = path.resolve('resources');

/** The example as a studio fills it in. */
function filledIn(example: string): Settings {
  const dataDir = tempFolder();
  const text = readFileSync(path.join(resourcesDir, example), 'utf8').replaceAll('…', 'xxx');
  writeFileSync(path.join(dataDir, 'foyer.json'), text);
  return readSettings({ dataDir, resourcesDir, environment: {} });
}

it('has an example for direct Stripe and for each platform', () => {
  const systems = globSync('foyer*.example.json', { cwd: resourcesDir })
    .map((name) => filledIn(name).platform?.system ?? 'stripe')
    .toSorted();

  expect(systems).toEqual(['commerce-layer', 'mariana-tek', 'portal', 'stripe']);
});

it.each(['mariana-tek', 'portal', 'commerce-layer'])(
  'takes the example of %s as it stands, once credentials are filled in',
  (system) => {
    const settings = filledIn(`foyer.${system}.example.json`);

    expect(platformProblems(settings)).toEqual([]);
    expect(settings.platform).toMatchObject({ mode: 'live', token: { value: 'xxx' } });
  },
);
