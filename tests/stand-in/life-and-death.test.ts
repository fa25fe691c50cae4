import { existsSync, readdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { launchFixture as launch } from './launch-fixture.ts';
import type { RunningFixture } from './launch-fixture.ts';
import { processesMentioning, processTree, stillRunning } from './process-tree.ts';

/** How long processes may take to end, on a slow machine: waited for, never slept through. */
const limit = { timeout: 15_000 };

async function launchFixture(): Promise<RunningFixture> {
  const fixture = await launch();
  onTestFinished(fixture.remove);
  return fixture;
}

test('takes every process of its own along when it is killed outright', async () => {
  const fixture = await launchFixture();
  const main = fixture.app.process();
  const pids = processTree(main.pid!);

  main.kill('SIGKILL');

  expect(pids.length).toBeGreaterThan(4);
  await expect.poll(() => stillRunning(pids), limit).toEqual([]);
  await expect.poll(() => stillRunning(processesMentioning(fixture.temporary)), limit).toEqual([]);
  await expect.poll(() => readdirSync(fixture.temporary), limit).toEqual([]);
});

test.for(['SIGTERM', 'SIGINT'] as const)(
  'quits in order on %s and leaves nothing behind',
  async (signal) => {
    const fixture = await launchFixture();
    const main = fixture.app.process();
    const pids = processTree(main.pid!);
    const ended = new Promise((resolve) => main.once('exit', resolve));

    // A debugger that stays attached keeps Node waiting at its end; Playwright lets go by itself.
    main.kill(signal);

    expect(await ended).toBe(0);
    await expect.poll(() => stillRunning(pids), limit).toEqual([]);
    await expect.poll(() => readdirSync(fixture.temporary), limit).toEqual([]);
  },
);

test('quits when its last window closes', async () => {
  const fixture = await launchFixture();
  const pids = processTree(fixture.app.process().pid!);
  const ended = new Promise((resolve) => fixture.app.process().once('exit', resolve));

  await fixture.page.close();

  expect(await ended).toBe(0);
  await expect.poll(() => stillRunning(pids), limit).toEqual([]);
});

test('leaves nothing behind when a test closes it', async () => {
  const fixture = await launchFixture();
  const pids = processTree(fixture.app.process().pid!);

  await fixture.close();

  await expect.poll(() => stillRunning(pids), limit).toEqual([]);
  await expect.poll(() => existsSync(fixture.temporary), limit).toBe(false);
});

test('tells the app before it quits, and stays when the app wants to stay', async () => {
  const fixture = await launchFixture();

  const isOpen = await fixture.app.evaluate(({ app, BrowserWindow }) => {
    app.once('before-quit', (event) => {
      event.preventDefault();
    });
    app.quit();
    return BrowserWindow.getAllWindows().length === 1;
  });

  expect(isOpen).toBe(true);
  await expect(fixture.page.evaluate(() => globalThis.fixture.add(1, 1))).resolves.toBe(2);
  await fixture.close();
});
