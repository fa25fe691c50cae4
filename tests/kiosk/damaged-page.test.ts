import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kiosk } from '../../main/kiosk.ts';
import { realClock } from '../../main/real-clock.ts';
import { backUp } from '../../main/storage/back-up.ts';
import { backupFolder } from '../../main/storage/backup-files.ts';
import { TestPage } from '../support/kiosk-bench.ts';
import { openTestKiosk } from '../support/open-test-kiosk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: ReturnType<typeof temporaryFolder>;
let kiosk: Kiosk;
let page: TestPage;

/** Waits pass twenty times as fast, so that what the kiosk does in its first minute need not be waited for. */
const hurried = {
  ...realClock,
  sleep: (ms: number, signal: AbortSignal) => realClock.sleep(ms / 20, signal),
};

async function open(clock = realClock): Promise<void> {
  kiosk = await openTestKiosk(folder.path, { clock });
  page = new TestPage(kiosk);
  await page.load();
}

async function close(): Promise<void> {
  page.close();
  await kiosk.close();
}

beforeEach(async () => {
  folder = temporaryFolder();
  await open();
  await page.until(({ cardPayment }) => cardPayment.state === 'ready');
  await page.buy();
  await page.untilState('awaiting_card');
  await page.present('visa');
  await page.untilState('paid');
  await close();
});

afterEach(async () => {
  await close();
  folder.remove();
});

/** Overwrites the page in which an index begins: SQLite still opens the file. */
function damage(file: string, index: string): void {
  const db = new Database(file, { readonly: true });
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const root = db
    .prepare<[string], { rootpage: number }>('select rootpage from sqlite_schema where name = ?')
    .get(index);
  db.close();
  if (root === undefined) throw new Error('the index is not there');
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (root.rootpage - 1) * pageSize);
  closeSync(handle);
}

test('a damaged page closes the till, and the next start takes up the backup and keeps the file', async () => {
  const file = path.join(folder.path, 'training', 'foyer.db');
  backUp(file, backupFolder(file), Date.now());
  damage(file, 'quarantine_of_sale');

  await open(hurried);
  const { closed } = await page.until((snapshot) => snapshot.closed !== null);
  expect(closed?.sentence).toContain('is damaged');
  const refused = await page.bridge.ask('sale:start', {
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
  });
  expect(refused.ok).toBe(false);
  await close();

  await open();
  await page.until((snapshot) => snapshot.closed === null);
  await page.ask('staff:set-pin', { pin: '4711', current: null });
  const { toSettle, health } = await page.ask('money:overview', {});
  const { rows } = await page.ask('money:sales', { search: null });

  expect(health.recordsLost?.restoredFromMs).toBeGreaterThan(0);
  expect(toSettle).toEqual([]);
  expect(rows).toMatchObject([{ state: 'paid', class: 'captured_ordered' }]);
  const kept = readdirSync(path.dirname(file)).find((name) => name.includes('.damaged-'));
  expect(kept).toBeDefined();
  expect(statSync(path.join(path.dirname(file), kept ?? '')).size).toBeGreaterThan(100_000);
});

test('a damaged page that every start has to read is noticed at once, and its backup taken up', async () => {
  const file = path.join(folder.path, 'training', 'foyer.db');
  backUp(file, backupFolder(file), Date.now());
  damage(file, 'sales_added');

  await open();
  await page.until((snapshot) => snapshot.closed === null);

  await page.ask('staff:set-pin', { pin: '4711', current: null });
  const { health } = await page.ask('money:overview', {});
  expect(health.recordsLost?.aside).toMatch(/damaged-/);
  expect((await page.ask('money:sales', { search: '24' })).rows).toHaveLength(1);
});
