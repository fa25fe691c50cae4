import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'playwright/test';
import { test } from '../support/app.ts';
import { closedPort } from '../support/wrong-servers.ts';

/** A restricted live key by its form; no such key was ever made. */
const liveKey = `rk_live_${'x9'.repeat(20)}`;

function writeSettings(dataDir: string, secretKey: string): string {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'foyer.json');
  const settings = { studio: { name: 'Cedar Pilates' }, stripe: { secretKey } };
  writeFileSync(file, JSON.stringify(settings, null, 2));
  return file;
}

test('a restricted live key moves into the key store and out of the file', async ({
  launch,
  dataDir,
}) => {
  const file = writeSettings(dataDir, liveKey);
  const env = {
    STAND_IN_SAFE_STORAGE: 'gnome_libsecret',
    FOYER_STRIPE_API_BASE: await closedPort(),
  };

  const first = await launch({ env });
  await first.heading('Cedar Pilates').waitFor();
  await expect(first.page.getByText('TRAINING')).toHaveCount(0);
  await first.electron.close();

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    studio: { name: 'Cedar Pilates' },
    stripe: {},
  });
  const stored = path.join(dataDir, 'secrets', 'stripe-secret-key');
  expect(readFileSync(stored, 'latin1')).not.toContain(liveKey.slice(8));
  const second = await launch({ env });
  await second.heading('Cedar Pilates').waitFor();
  expect(existsSync(path.join(dataDir, 'training'))).toBe(false);
});

test('where no key store protects it, a live key is refused in words and left where it is', async ({
  launch,
  dataDir,
}) => {
  const file = writeSettings(dataDir, liveKey);

  const app = await launch({ env: { STAND_IN_SAFE_STORAGE: 'basic_text' } });

  await expect(app.heading('This kiosk is closed')).toBeVisible();
  await expect(app.page.locator('main')).toContainText('no key store that protects a live key');
  await expect(app.page.locator('main')).not.toContainText(liveKey);
  expect(readFileSync(file, 'utf8')).toContain(liveKey);
});

test('a full live key is refused in words', async ({ launch, dataDir }) => {
  writeSettings(dataDir, `sk_live_${'x9'.repeat(20)}`);

  const app = await launch();

  await expect(app.heading('This kiosk is closed')).toBeVisible();
  await expect(app.page.locator('main')).toContainText('takes only a restricted key');
});
