import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { refuseToLeaveHolds, refuseToTrainAfterLive } from '../../main/opening-checks.ts';
import { SettingsProblem } from '../../main/settings/settings-problem.ts';
import { openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, step } from '../support/fakes/sales.ts';
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

it('does not leave a system behind which a payment is under way', () => {
  const dataDir = tempFolder();
  const database = openDatabase(path.join(dataDir, 'portal-live', 'foyer.db'), {
    reserveBytes: 0,
    logPages: 0,
  });
  const ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  ledger.addSale(aSale(), 1_000);
  database.close();
  const leave = (chosen: string) => () => {
    refuseToLeaveHolds(dataDir, chosen);
  };
  expect(leave('live')).not.toThrow();

  const again = openDatabase(path.join(dataDir, 'portal-live', 'foyer.db'), {
    reserveBytes: 0,
    logPages: 0,
  });
  const { sale } = step(aSale(), { kind: 'confirmed' });
  sqliteLedger(again, { boot: 'boot_0000000002' }).saveStep(
    aSale(),
    sale,
    { kind: 'confirmed' },
    2_000,
  );
  again.close();

  expect(leave('live')).toThrow('under way behind portal');
  expect(leave('portal-live')).not.toThrow();
});
