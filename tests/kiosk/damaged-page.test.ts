import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { realClock } from '../../main/real-clock.ts';
import { backUp } from '../../main/storage/back-up.ts';
import { backupFolder } from '../../main/storage/backup-files.ts';
import { KioskWithSale } from '../support/kiosk-with-sale.ts';

const desk = new KioskWithSale();

/** Waits pass twenty times as fast, so that what the kiosk does in its first minute need not be waited for. */
const hurried = {
  ...realClock,
  sleep: (ms: number, signal: AbortSignal) => realClock.sleep(ms / 20, signal),
};

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
  const file = desk.file();
  backUp(file, backupFolder(file), Date.now());
  damage(file, 'quarantine_of_sale');

  const damaged = await desk.open(hurried);
  const { closed } = await damaged.until((snapshot) => snapshot.closed !== null);
  expect(closed?.sentence).toContain('is damaged');
  const refused = await damaged.bridge.ask('sale:start', {
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
  });
  expect(refused.ok).toBe(false);
  await desk.close();

  const page = await desk.open();
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

test.each(['sales_added', 'reader_choices', 'reader_prompts_open'])(
  'a damaged page of %s, which every start has to read, is noticed at once, and its backup taken up',
  async (where) => {
    const file = desk.file();
    backUp(file, backupFolder(file), Date.now());
    damage(file, where);

    const page = await desk.open();
    await page.until((snapshot) => snapshot.closed === null);

    await page.ask('staff:set-pin', { pin: '4711', current: null });
    const { health } = await page.ask('money:overview', {});
    expect(health.recordsLost?.aside).toMatch(/damaged-/);
    expect((await page.ask('money:sales', { search: '24' })).rows).toHaveLength(1);
  },
);
