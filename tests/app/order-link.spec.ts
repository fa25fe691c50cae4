import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright';
import { expect } from 'playwright/test';
import { type LaunchOptions, RunningApp, test } from '../support/app.ts';
import { resolveElectronHost } from '../support/electron-host.ts';
import { closedPort } from '../support/wrong-servers.ts';

/* Links that another program on the kiosk's computer opens: `foyer://order?id=…`. */

const projectRoot = path.resolve(import.meta.dirname, '..', '..');
const link = 'foyer://order?id=cart-7&total=2800&title=Ten+classes';

/** Starts the app once more with these words, as a desktop does for a link; resolves when that copy has ended. */
async function startAgain(dataDir: string, words: readonly string[]): Promise<void> {
  const { executablePath } = await resolveElectronHost();
  const second = spawn(executablePath, [projectRoot, ...words], {
    cwd: projectRoot,
    env: { ...process.env, FOYER_DATA_DIR: dataDir },
    stdio: 'ignore',
  });
  await once(second, 'exit');
}

/** The first start of all, with the link among its words. */
async function startWith(
  words: readonly string[],
  { dataDir, env }: LaunchOptions,
): Promise<RunningApp> {
  const host = await resolveElectronHost();
  Object.assign(process.env, host.env);
  const electron = await _electron.launch({
    args: [projectRoot, ...words],
    cwd: projectRoot,
    env: { ...(process.env as Record<string, string>), FOYER_DATA_DIR: dataDir, ...env },
  });
  return new RunningApp(electron, await electron.firstWindow(), []);
}

function logged(dataDir: string): string {
  const file = path.join(dataDir, 'logs', 'foyer.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** How often the log names this event. */
function countOf(dataDir: string, event: string): number {
  return logged(dataDir).split(`"${event}"`).length - 1;
}

/** Settings of a kiosk that sells carts of a platform, which nobody answers for. */
async function platformSettings(dataDir: string): Promise<Record<string, string>> {
  mkdirSync(dataDir, { recursive: true });
  const url = await closedPort();
  const backend = { system: 'mariana-tek', url, mode: 'test', location: '48717' };
  writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify({ backend }));
  return { FOYER_PLATFORM_TOKEN: 'a-token-of-a-test', FOYER_STRIPE_API_BASE: url };
}

test('a kiosk of direct Stripe logs the link of an order and goes on', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();

  await startAgain(dataDir, [link]);
  await expect.poll(() => countOf(dataDir, 'order.link_refused')).toBe(1);
  expect(logged(dataDir)).toContain('no_orders_here');
  expect(logged(dataDir)).not.toContain('cart-7');

  // Whatever such a word holds, it is text and no more.
  for (const word of ['foyer:', 'FOYER://order?id=%', `foyer://${'x'.repeat(5_000)}`]) {
    const before = countOf(dataDir, 'order.link_refused');
    await startAgain(dataDir, [word]);
    await expect.poll(() => countOf(dataDir, 'order.link_refused')).toBe(before + 1);
  }
  await startAgain(dataDir, ['https://example.com/?foyer:order', '--id=7']);
  await app.button('Touch anywhere to begin').click();
  await expect(app.button('Add Evening flow')).toBeVisible();
  expect(countOf(dataDir, 'order.link_refused')).toBe(4);
  expect(countOf(dataDir, 'kiosk.fault')).toBe(0);
});

test('on a kiosk of a platform a second start’s link puts the order on the screen', async ({
  launch,
  dataDir,
}) => {
  const app = await launch({ env: await platformSettings(dataDir) });
  await app.button('Touch anywhere to begin').waitFor();

  await startAgain(dataDir, [link]);

  await expect(app.page.getByText('Ten classes').first()).toBeVisible();
  expect(countOf(dataDir, 'order.link_refused')).toBe(0);
});

test('the link that starts the kiosk is still there when its page has come', async ({
  dataDir,
}) => {
  const env = await platformSettings(dataDir);
  const app = await startWith([link], { dataDir, env });
  try {
    await expect(app.page.getByText('Ten classes').first()).toBeVisible();
  } finally {
    await app.electron.close();
  }
});

test('a closed kiosk logs the link and stays closed', async ({ launch, dataDir }) => {
  const app = await launch({ env: { FOYER_CATALOGUE: path.join(dataDir, 'none.json') } });
  await app.heading('This kiosk is closed').waitFor();

  await startAgain(dataDir, [link]);

  await expect.poll(() => countOf(dataDir, 'order.link_refused')).toBe(1);
  await expect(app.heading('This kiosk is closed')).toBeVisible();
});
