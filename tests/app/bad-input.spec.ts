import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright';
import { expect } from 'playwright/test';
import type {} from '../../renderer/bridge/window-kiosk.ts';
import { test } from '../support/app.ts';
import { closedPort, htmlServer } from '../support/wrong-servers.ts';

const item = { id: 'class', name: 'Class', price: 2400 };

function catalogueOf(changed: object, currency: unknown = 'usd'): string {
  const items = [{ ...item, ...changed }];
  return JSON.stringify({ currency, categories: [{ id: 'all', name: 'All', items }] });
}

const badCatalogues: readonly {
  readonly name: string;
  readonly text: string | null;
  readonly says: readonly string[];
}[] = [
  { name: 'missing', text: null, says: ['was not found'] },
  { name: 'not JSON', text: '{\n "currency": usd\n}', says: ['is not valid JSON', 'line 2'] },
  {
    name: 'of wrong types',
    text: catalogueOf({ price: '24.00' }),
    says: ['categories[0].items[0].price', 'number of minor units'],
  },
  {
    name: 'with a negative price',
    text: catalogueOf({ price: -2400 }),
    says: ['categories[0].items[0].price', 'must not be negative'],
  },
  {
    name: 'with a fractional price',
    text: catalogueOf({ price: 24.5 }),
    says: ['categories[0].items[0].price', 'whole number of minor units'],
  },
  {
    name: 'in an unknown currency',
    text: catalogueOf({}, 'doubloons'),
    says: ['currency', 'not a currency Stripe takes'],
  },
  {
    name: 'with one id twice',
    text: JSON.stringify({
      currency: 'usd',
      categories: [{ id: 'all', name: 'All', items: [item, { ...item, name: 'Other' }] }],
    }),
    says: ['categories[0].items[1].id', 'is used before'],
  },
  {
    name: 'of ten megabytes',
    text: catalogueOf({ description: 'x'.repeat(10 * 1024 * 1024) }),
    says: ['larger than 1 MB'],
  },
];

for (const { name, text, says } of badCatalogues) {
  test(`a catalogue ${name} keeps the kiosk closed and says what to mend`, async ({
    launch,
    dataDir,
  }) => {
    const file = path.join(dataDir, 'studio.json');
    mkdirSync(dataDir, { recursive: true });
    if (text !== null) writeFileSync(file, text);

    const app = await launch({ env: { FOYER_CATALOGUE: file } });

    await expect(app.heading('This kiosk is closed')).toBeVisible();
    const log = readFileSync(path.join(dataDir, 'logs', 'foyer.log'), 'utf8');
    for (const words of ['studio.json', ...says]) {
      await expect(app.page.locator('main')).toContainText(words);
      expect(log).toContain(words);
    }
    // It stays so: no crash, no second try.
    expect(log.match(/kiosk\.opened/g)).toHaveLength(1);
  });
}

test('a database that is no database is refused in words and left as it is', async ({
  launch,
  dataDir,
}) => {
  const folder = path.join(dataDir, 'training');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'foyer.db');
  writeFileSync(file, 'Dear diary, '.repeat(500));

  const app = await launch();

  await expect(app.heading('This kiosk is closed')).toBeVisible();
  await expect(app.page.locator('main')).toContainText('is not a database');
  expect(readFileSync(file, 'utf8')).toBe('Dear diary, '.repeat(500));
});

test('a database locked by another program is refused in words', async ({ launch, dataDir }) => {
  const first = await launch();
  await first.button('Touch anywhere to begin').waitFor();
  await first.electron.close();
  const other = new Database(path.join(dataDir, 'training', 'foyer.db'));
  other.pragma('locking_mode = exclusive');
  other.exec('begin exclusive');

  const second = await launch();

  await expect(second.heading('This kiosk is closed')).toBeVisible();
  await expect(second.page.locator('main')).toContainText('locked by another program');
  other.close();
});

test('a second copy hands over to the first', async ({ launch }) => {
  const first = await launch();
  await first.button('Touch anywhere to begin').waitFor();
  const came = first.electron.evaluate(
    ({ app }) =>
      new Promise<string>((resolve) => {
        app.once('second-instance', () => {
          resolve('came forward');
        });
      }),
  );

  await expect(launch()).rejects.toThrow();

  expect(await came).toBe('came forward');
  await expect(first.button('Touch anywhere to begin')).toBeVisible();
});

const wrongKey = { FOYER_STRIPE_SECRET_KEY: 'sk_test_notarealkey' };

test('a wrong Stripe key: a sentence for staff, and customers are told card payment is unavailable', async ({
  launch,
  dataDir,
}) => {
  // A key the training studio of another kiosk does not know.
  const server = await htmlServer({
    status: 401,
    body: '{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}',
  });
  const app = await launch({ env: { ...wrongKey, FOYER_STRIPE_API_BASE: server.url } });

  await expectUnavailable(app.page, () => askForToken(app.page));

  expect(readFileSync(path.join(dataDir, 'logs', 'foyer.log'), 'utf8')).toContain('kiosk.opened');
  await server.close();
});

test('an address that answers HTML is not believed', async ({ launch }) => {
  const server = await htmlServer({
    status: 200,
    body: '<!doctype html><title>Sign in</title>',
  });
  const app = await launch({ env: { ...wrongKey, FOYER_STRIPE_API_BASE: server.url } });

  await expectUnavailable(app.page, () => askForToken(app.page));

  await server.close();
});

test('without a network the kiosk opens and says honestly that it takes no cards', async ({
  launch,
}) => {
  const url = await closedPort();
  const app = await launch({ env: { ...wrongKey, FOYER_STRIPE_API_BASE: url } });

  await expectUnavailable(app.page, () => askForToken(app.page));
});

/** What the reader driver asks for first; the real SDK's script can't be had without a network. */
async function askForToken(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.kiosk.ask('connection-token:create', {});
  });
}

async function expectUnavailable(page: Page, provoke: () => Promise<void>): Promise<void> {
  await page.getByRole('button').first().waitFor();
  await provoke();
  await expect(
    page
      .getByText('Card payment is unavailable right now. Please ask at the desk.')
      .filter({ visible: true }),
  ).toHaveCount(1);
}
