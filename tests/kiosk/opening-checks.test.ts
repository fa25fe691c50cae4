import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { refuseToTrainAfterLive } from '../../main/opening-checks.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

/** A data folder in which a kiosk has sold in these folders. */
function soldIn(...folders: string[]): string {
  const dataDir = tempFolder();
  for (const folder of folders) {
    mkdirSync(path.join(dataDir, folder));
    writeFileSync(path.join(dataDir, folder, 'foyer.db'), '');
  }
  return dataDir;
}

it.each(['live', 'mariana-tek-live', 'portal-live', 'commerce-layer-live'])(
  'does not train after sales of real money in the folder %s',
  (folder) => {
    expect(() => {
      refuseToTrainAfterLive(null, null, soldIn(folder));
    }).toThrow(SettingsProblem);
  },
);

it('trains after trials, with whatever system', () => {
  expect(() => {
    refuseToTrainAfterLive(null, null, soldIn('test', 'mariana-tek-test', 'training'));
  }).not.toThrow();
});

it('sells behind a platform without a key of Stripe’s where direct Stripe took real money', () => {
  expect(() => {
    refuseToTrainAfterLive(null, { system: 'mariana-tek' }, soldIn('live'));
  }).not.toThrow();
});
