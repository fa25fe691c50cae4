import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { realClock } from '../../main/real-clock.ts';
import type { TestPage } from '../support/kiosk-bench.ts';
import { KioskWithSale } from '../support/kiosk-with-sale.ts';

const desk = new KioskWithSale();

/** What staff find after giving the PIN, once the till is open again. */
async function whatStaffFind(page: TestPage) {
  await page.until(({ closed }) => closed === null);
  const { result } = await page.ask('staff:set-pin', { pin: '4711', current: null });
  expect(result).toBe('set');
  return page.ask('money:overview', {});
}

test('a damaged file is kept, and the payment it knew is found again for staff to decide', async () => {
  writeFileSync(desk.file('foyer.db'), 'this was the record of all sales');
  rmSync(desk.file('foyer.db-wal'), { force: true });
  const page = await desk.open();

  const { toSettle, health } = await whatStaffFind(page);

  expect(toSettle).toMatchObject([
    { state: 'needs_staff', staffReason: 'record_lost', amount: { amount: 2400 }, items: [] },
  ]);
  expect(health.recordsLost?.aside).toMatch(/^foyer\.db\.damaged-/);
  const kept = readdirSync(path.dirname(desk.file())).filter((name) => name.includes('.damaged-'));
  expect(kept.map((name) => statSync(desk.file(name)).size)).toContain(32);
});

test('a file that was deleted or emptied is noticed, and nothing is sold before Stripe was asked', async () => {
  for (const name of ['foyer.db', 'foyer.db-wal', 'foyer.db-shm']) {
    rmSync(desk.file(name), { force: true });
  }
  // Pauses last ten times as long, so that the comparison is not over before the first question.
  const page = await desk.open({
    ...realClock,
    sleep: (ms, signal) => realClock.sleep(10 * ms, signal),
  });
  expect(page.snapshot.closed?.sentence).toContain('is gone');
  const refused = await page.bridge.ask('sale:start', {
    lines: [{ itemId: 'evening-flow', quantity: 1 }],
  });
  expect(refused.ok).toBe(false);

  const { toSettle } = await whatStaffFind(page);

  expect(toSettle).toHaveLength(1);
});

test('what staff decide about a found payment settles it, with who and why, and lets the day be closed', async () => {
  writeFileSync(desk.file('foyer.db'), '');
  const page = await desk.open();
  const { toSettle } = await whatStaffFind(page);
  const saleId = toSettle[0]?.saleId ?? '';
  const tooEarly = await page.ask('day:close', { by: 'Ada' });
  expect(tooEarly).toMatchObject({ kind: 'refused' });

  const decided = await page.ask('money:decide', {
    saleId,
    decision: 'accept',
    amount: null,
    proof: null,
    by: 'Ada',
    why: 'She was in the class.',
  });

  expect(decided.result).toBe('recorded');
  const { row, lines } = await page.ask('money:history', { saleId });
  expect(row).toMatchObject({ state: 'paid', class: 'captured_ordered', resolved: true });
  expect(lines).toContainEqual(
    expect.objectContaining({ what: 'staff_decided', by: 'Ada', why: 'She was in the class.' }),
  );
  expect(await page.ask('day:close', { by: 'Ada' })).toMatchObject({ kind: 'closed' });
  const { file } = await page.ask('day:export', {});
  expect(statSync(file).size).toBeGreaterThan(50);
});

test('nobody sees or decides anything about money without the PIN', async () => {
  const page = await desk.open();
  await page.ask('staff:set-pin', { pin: '4711', current: null });
  expect((await page.bridge.ask('money:overview', {})).ok).toBe(true);

  await page.load();

  const after = await page.bridge.ask('money:overview', {});
  expect(after).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect((await page.ask('staff:unlock', { pin: '9999' })).result).toBe('wrong');
  expect((await page.ask('staff:unlock', { pin: '4711' })).result).toBe('right');
});
