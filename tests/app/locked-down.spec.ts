import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'playwright/test';
import { commandNames } from '../../preload/contract/channels.ts';
import type {} from '../../renderer/bridge/window-kiosk.ts';
import { test } from '../support/app.ts';
import { storedSales } from '../support/stored-sales.ts';

test('the page has no power but its bridge: read back from the running app', async ({ launch }) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();

  const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // Electron's own record of what is in force; it is not among its documented types.
    const contents = window?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } =
      contents.getLastWebPreferences();
    return { sandbox, contextIsolation, nodeIntegration, webSecurity };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  const inPage = await app.page.evaluate(() => ({
    require: typeof Reflect.get(globalThis, 'require'),
    process: typeof Reflect.get(globalThis, 'process'),
    bridge: Object.keys(window.kiosk).sort(),
    isSecureContext,
  }));
  expect(inPage).toEqual({
    require: 'undefined',
    process: 'undefined',
    bridge: ['ask', 'on'],
    isSecureContext: true,
  });
});

test('navigation, new windows and foreign permissions are refused', async ({ launch, dataDir }) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();

  await app.page.evaluate(() => {
    window.open('https://example.com/');
    location.href = 'https://example.com/';
  });
  await expect
    .poll(() => readFileSync(path.join(dataDir, 'logs', 'foyer.log'), 'utf8'))
    .toMatch(/window\.new_window_refused[\s\S]*window\.navigation_refused/);
  await expect(app.button('Touch anywhere to begin')).toBeVisible();
  expect(app.electron.windows()).toHaveLength(1);

  const states = await app.page.evaluate(async () => {
    const names = ['geolocation', 'camera', 'microphone', 'notifications', 'clipboard-read'];
    const asked = names.map((name) => navigator.permissions.query({ name: name as 'geolocation' }));
    return (await Promise.all(asked)).map(({ state }) => state);
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  // The reader is on the studio's network, and the page may reach it there.
  const reader = await app.page.evaluate(async () => {
    const name = 'local-network-access' as 'geolocation';
    return (await navigator.permissions.query({ name })).state;
  });
  expect(reader).toBe('granted');
});

test('the page runs no script and reaches no host but its own', async ({ launch }) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();

  const tried = await app.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.wasRun = true';
    document.head.append(script);
    const reached = await fetch('https://example.com/').then(
      () => 'reached',
      () => 'refused',
    );
    return { wasRun: Reflect.get(window, 'wasRun') === true, reached };
  });

  expect(tried).toEqual({ wasRun: false, reached: 'refused' });
});

test('junk on any channel is refused and logged, and changes nothing', async ({
  launch,
  dataDir,
}) => {
  const app = await launch();
  await app.button('Touch anywhere to begin').waitFor();
  const junk = [null, 7, 'sale', [], { saleId: 'sale_; drop table sales' }, { nonsense: true }];

  const answers = await app.page.evaluate(
    async ({ names, requests }) => {
      const all: { name: string; ok: boolean }[] = [];
      for (const name of names) {
        for (const request of requests) {
          const answer = await window.kiosk.ask(name, request as never);
          all.push({ name, ok: answer.ok });
        }
      }
      return all;
    },
    { names: commandNames, requests: junk },
  );

  expect(answers.filter(({ ok }) => ok)).toEqual([]);
  expect(storedSales(dataDir)).toEqual([]);
  const log = readFileSync(path.join(dataDir, 'logs', 'foyer.log'), 'utf8');
  for (const name of commandNames) expect(log).toContain(`"channel":"${name}"`);
  await expect(app.button('Touch anywhere to begin')).toBeVisible();
});

test('no secret is left in the data folder after a sale', async ({ launch, dataDir }) => {
  const app = await launch();
  await app.chooseAndPay();
  await app.tap('Visa');
  await expect(app.heading('Approved')).toBeVisible();
  await app.electron.close();

  for (const file of ['training/foyer.db', 'training/foyer.db-wal', 'logs/foyer.log']) {
    let text = '';
    try {
      text = readFileSync(path.join(dataDir, file), 'latin1');
    } catch {
      // A file that is not there holds nothing.
    }
    expect(text).not.toMatch(/_secret_|pst_|sk_test_|rk_live_/);
  }
});
