import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Snapshot } from '../../preload/contract/kiosk.ts';
import { openTrainingKiosk } from '../support/fakes/open-kiosk.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();

/** What the first page of a kiosk on this folder is shown. */
async function shownOn(dataDir: string): Promise<Snapshot> {
  const { kiosk } = await openTrainingKiosk(dataDir);
  try {
    const answer = await kiosk.ask('kiosk:attach', {});
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.value as Snapshot;
  } finally {
    await kiosk.close();
  }
}

/** A folder whose kiosk has been used and closed. */
async function usedFolder(): Promise<{ dataDir: string; file: string }> {
  const dataDir = tempFolder();
  await shownOn(dataDir);
  return { dataDir, file: path.join(dataDir, 'training', 'foyer.db') };
}

it('opens and sells', async () => {
  expect((await shownOn(tempFolder())).closed).toBeNull();
});

it('is closed, and says why, on a file that is no database', async () => {
  const dataDir = tempFolder();
  mkdirSync(path.join(dataDir, 'training'));
  writeFileSync(path.join(dataDir, 'training', 'foyer.db'), 'not a database');

  expect((await shownOn(dataDir)).closed).toMatchObject({
    kind: 'database',
    file: 'foyer.db',
    sentence: expect.stringContaining('is not a database') as string,
  });
});

it('is closed, and says why, while another kiosk has the file', async () => {
  const dataDir = tempFolder();
  const { kiosk } = await openTrainingKiosk(dataDir);

  expect((await shownOn(dataDir)).closed).toMatchObject({ kind: 'database' });
  await kiosk.close();
});

it('opens on a file with one damaged sale, or says why not: it never fails to start', async () => {
  const { dataDir, file } = await usedFolder();
  const hand = new Database(file);
  hand.exec(`insert into sales (id, kiosk_id, state, amount, currency, completed, record, revision, added_at_ms, changed_at_ms, hash, seal)
    values ('sale_0000000009', 'kiosk_0000000009', 'authorizing', 100, 'usd', 1, '{}', 1, 1, 1, '${'0'.repeat(64)}', '${'0'.repeat(64)}')`);
  hand.close();

  await expect(shownOn(dataDir)).resolves.toBeDefined();
});

it('is closed, and says why, when its data folder can not be used', async () => {
  const dataDir = path.join(tempFolder(), 'a-file');
  writeFileSync(dataDir, 'in the way');

  const shown = await shownOn(dataDir);

  expect(shown.closed?.sentence).toBeTruthy();
});
