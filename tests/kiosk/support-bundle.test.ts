import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Settings } from '../../main/settings/read-settings.ts';
import { openDatabase } from '../../main/storage/open.ts';
import { type SupportSources, writeSupportBundle } from '../../main/support-bundle.ts';
import { someSecret } from '../log/secret-text.ts';
import { at } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const nowMs = Date.UTC(2026, 10, 20, 9, 30, 5);

/** Every text in a kiosk's sources that a person may have had a hand in. */
type Text = (place: string) => string;

const harmless: Text = (place) => place;

function settingsWith(text: Text): Settings {
  return {
    studioName: text('studio'),
    studioAddress: text('address'),
    catalogueFile: text('catalogue'),
    theme: { accent: text('accent'), scheme: 'light' },
    locale: 'en',
    platform: null,
    readerSide: 'right',
    askBeforeCharging: false,
    fullScreen: true,
    stripe: {
      secretKey: { value: text('key'), from: 'file' },
      fileHoldsLiveKey: false,
      apiBase: text('api'),
      location: text('location'),
      reader: text('reader'),
      integration: 'sdk',
      captureMethod: 'manual',
    },
    refunds: { askPin: true },
    cards: { keep: true, waiting: null },
    trainingCard: text('card'),
    file: text('file'),
  };
}

/** A file of the kiosk's shape with one sale in staff's hands, one paid, and texts wherever they could stand. */
function writeDatabase(file: string, text: Text): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new Database(file);
  // Nothing here outlives the test: waiting for the disk at each statement would only make it long.
  db.pragma('synchronous = off');
  db.pragma('user_version = 7');
  db.exec(`
    create table sales (id text primary key, state text, amount integer, record text, note text, seal text);
    create table sale_events (sale_id text, revision integer, event text, author text,
      primary key (sale_id, revision)) without rowid;
    create table calls (sale_id text, work text, status integer, code text, request_id text, body text);
    create table outbox (id integer primary key, sale_id text, kind text, state text, email text,
      idempotency_key text, last_error text, next_at_ms integer, tries integer);
    create table quarantine (id integer primary key, sale_id text, at_ms integer, why text, rows text);
    create table day_closes (id integer primary key, at_ms integer, by text, report text);`);
  const record = {
    ...at.needsStaff(),
    staffReason: 'capture_refused',
    order: {
      lines: [{ itemId: text('item'), name: text('line'), quantity: 1 }],
      taxes: [{ label: text('tax') }],
      total: { amount: 2_800, currency: text('currency') },
    },
    decline: text('decline'),
    customer: { name: text('customer') },
    hint: [text('hint'), { name: text('hint name') }],
  };
  const add = db.prepare('insert into sales values (?, ?, ?, ?, ?, ?)');
  add.run(
    'sale_0000000001',
    'needs_staff',
    2_800,
    JSON.stringify(record),
    text('note'),
    'a'.repeat(64),
  );
  add.run('sale_0000000002', 'paid', 2_800, '{}', text('note'), text('seal'));
  add.run('sale_0000000003', 'canceling', 2_800, `{"id": "${text('torn')}`, null, text('seal'));
  const event = { kind: 'opened', code: text('event code'), by: text('author') };
  db.prepare('insert into sale_events values (?, 0, ?, ?)').run(
    'sale_0000000001',
    JSON.stringify(event),
    text('author'),
  );
  const rows = { sales: [{ id: 'sale_0000000004', state: 'paid', note: text('damaged') }] };
  db.prepare('insert into quarantine values (1, ?, 1, ?, ?)').run(
    ...['sale_0000000004', text('why'), JSON.stringify(rows)],
  );
  db.prepare('insert into day_closes values (1, 1, ?, ?)').run(
    text('by'),
    `{"by":"${text('by')}"}`,
  );
  db.prepare('insert into calls values (?, ?, 402, ?, ?, ?)').run(
    ...['sale_0000000001', 'payment_intent.capture', text('code'), text('request'), text('body')],
  );
  db.prepare('insert into outbox values (1, ?, ?, ?, ?, ?, ?, ?, 3)').run(
    ...['sale_0000000001', 'charge.receipt_email', 'waiting', text('email'), text('key')],
    ...[text('last error'), 4_242_424_242_424_242],
  );
  db.close();
}

function sourcesWith(text: Text): SupportSources {
  const dataDir = tempFolder();
  const logFolder = path.join(dataDir, 'logs');
  mkdirSync(logFolder);
  const entry = { at: '2026-11-20T09:00:00.000Z', level: 'error', event: 'window.fault' };
  const lines = [
    JSON.stringify({ ...entry, why: `It failed: "${text('why')}"`, file: `\n${text('source')}` }),
    JSON.stringify({ ...entry, customer: text('unknown field'), why: { name: text('object') } }),
    JSON.stringify({ ...entry, count: 4_242_424_242_424_242 }),
    `{"event":"${text('torn')}`,
    JSON.stringify(text('no entry')),
  ];
  writeFileSync(path.join(logFolder, 'foyer.log.1'), `${lines.join('\n')}\n`);
  writeFileSync(path.join(logFolder, 'foyer.log'), `${JSON.stringify(entry)}\n`);
  const databaseFile = path.join(dataDir, 'live', 'foyer.db');
  writeDatabase(databaseFile, text);
  const versions = { app: '0.9.0', node: text('version') };
  return { dataDir, logFolder, versions, settings: settingsWith(text), databaseFile };
}

type Line = Readonly<Record<string, unknown>>;

async function bundleOf(sources: SupportSources) {
  const file = await writeSupportBundle(sources, nowMs);
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { file, text, lines, part: (name: string) => lines.filter(({ part }) => part === name) };
}

it('lies in the folder for support under its date', async () => {
  const sources = sourcesWith(harmless);

  const { file } = await bundleOf(sources);

  expect(path.relative(sources.dataDir, file)).toBe(
    path.join('support', 'foyer-support-2026-11-20T093005.jsonl.gz'),
  );
  expect(readdirSync(path.dirname(file))).toHaveLength(1);
});

it('tells what runs here, how it is set up, and what the log says', async () => {
  const { part, lines } = await bundleOf(sourcesWith(harmless));

  expect(lines[0]).toMatchObject({ part: 'bundle', versions: { app: '0.9.0' } });
  expect(part('settings')).toMatchObject([
    { settings: { readerSide: 'right', fullScreen: true, secretKeyFrom: 'file', api: 'another' } },
  ]);
  expect(part('schema')).toMatchObject([{ schemaVersion: 7 }]);
  expect(part('log')).toHaveLength(6);
  expect(part('log').at(-1)).toMatchObject({ file: 'foyer.log', line: { level: 'error' } });
});

it('says which kind of key is used and not a letter more of it', async () => {
  const sources = sourcesWith((place) => (place === 'key' ? 'rk_live_abcdefghij' : place));

  const { part } = await bundleOf(sources);

  expect(part('settings')).toMatchObject([{ settings: { secretKey: 'rk_live' } }]);
});

it('counts sales by their state and holds those that are not over, with their history', async () => {
  const { part } = await bundleOf(sourcesWith(harmless));

  expect(part('counts')).toContainEqual({
    part: 'counts',
    table: 'sales',
    state: 'paid',
    count: 1,
  });
  expect(part('sales').map(({ row }) => (row as Line)['id'])).toEqual([
    'sale_0000000003',
    'sale_0000000001',
  ]);
  expect(part('sale_events')).toMatchObject([{ row: { revision: 0, event: { kind: 'opened' } } }]);
  expect(part('calls')).toMatchObject([{ row: { work: 'payment_intent.capture', status: 402 } }]);
  expect(part('outbox')[0]).toMatchObject({ row: { kind: 'charge.receipt_email', tries: 3 } });
});

it('keeps of a sale what a fault can be found by', async () => {
  const { part } = await bundleOf(sourcesWith(harmless));

  expect(part('sales').at(-1)).toMatchObject({
    row: {
      seal: 'a'.repeat(64),
      record: {
        state: 'needs_staff',
        staffReason: 'capture_refused',
        order: { total: { amount: 2_800 } },
        paymentIntent: { id: 'pi_0001', status: 'requires_capture' },
      },
    },
  });
});

it('holds what was found damaged, and when days were closed but not by whom', async () => {
  const { part } = await bundleOf(sourcesWith(harmless));

  expect(part('quarantine')).toMatchObject([
    { row: { sale_id: 'sale_0000000004', rows: { sales: [{ state: 'paid' }] } } },
  ]);
  expect(part('day_closes')).toEqual([{ part: 'day_closes', row: { id: 1, at_ms: 1 } }]);
});

it('reads every part of the file that this version makes', async () => {
  const sources = sourcesWith(harmless);
  rmSync(sources.databaseFile);
  openDatabase(sources.databaseFile).close();

  const { lines } = await bundleOf(sources);

  expect(lines.filter((line) => 'unreadable' in line)).toEqual([]);
});

it('disturbs no sale that is being stored, and waits for none', async () => {
  const sources = sourcesWith(harmless);
  const writer = new Database(sources.databaseFile);
  writer.pragma('journal_mode = wal');
  writer.exec(`begin immediate; update sales set amount = 1`);

  const { part } = await bundleOf(sources);
  writer.exec('commit');
  writer.close();

  expect(part('sales').at(-1)).toMatchObject({ row: { amount: 2_800 } });
});

it.each<[string, string, (sources: SupportSources) => void]>([
  ['database', 'is missing', ({ databaseFile }) => rmSync(databaseFile)],
  [
    'schema',
    'is no database',
    ({ databaseFile }) => writeFileSync(databaseFile, 'x'.repeat(4_096)),
  ],
  [
    'outbox',
    'lacks a table',
    ({ databaseFile }) => {
      const db = new Database(databaseFile);
      db.exec('drop table outbox');
      db.close();
    },
  ],
  [
    'log',
    'is a folder',
    ({ logFolder }) => {
      rmSync(path.join(logFolder, 'foyer.log.1'));
      mkdirSync(path.join(logFolder, 'foyer.log.1'));
    },
  ],
])('says that its %s %s, and holds the rest', async (unreadable, _how, spoil) => {
  const sources = sourcesWith(harmless);
  spoil(sources);

  const { part } = await bundleOf(sources);

  expect(part(unreadable).filter((line) => 'unreadable' in line)).not.toEqual([]);
  expect(part('settings')).toHaveLength(1);
  expect(part('log').at(-1)).toMatchObject({ file: 'foyer.log', line: { level: 'error' } });
});

it('holds the sales that lie before a damaged place in the file', async () => {
  const sources = sourcesWith(harmless);
  const db = new Database(sources.databaseFile);
  const add = db.prepare(`insert into sales values (?, 'paid', 1, ?, null, null)`);
  db.transaction(() => {
    for (let index = 1_000; index < 5_000; index += 1) {
      add.run(`sale_000000${index}`, 'x'.repeat(1_000));
    }
  })();
  db.close();
  const bytes = readFileSync(sources.databaseFile);
  bytes.fill(0xff, bytes.length / 2);
  writeFileSync(sources.databaseFile, bytes);

  const { part } = await bundleOf(sources);

  const sales = part('sales');
  expect(sales).toContainEqual({
    part: 'sales',
    unreadable: expect.stringContaining('CORRUPT') as unknown,
  });
  expect(sales.map(({ row }) => (row as Line | undefined)?.['id'])).toContain('sale_0000000001');
});

it('is made without settings that can not be read and without a log', async () => {
  const sources = sourcesWith(harmless);
  rmSync(sources.logFolder, { recursive: true });

  const { part } = await bundleOf({ ...sources, settings: null });

  expect(part('settings')).toMatchObject([{ unreadable: expect.any(String) as unknown }]);
  expect(part('sales')).toHaveLength(2);
});

it('is not half there when it can not be written', async () => {
  const sources = sourcesWith(harmless);
  const taken = path.join(sources.dataDir, 'support', 'foyer-support-2026-11-20T093005.jsonl.gz');
  mkdirSync(taken, { recursive: true });

  await expect(writeSupportBundle(sources, nowMs)).rejects.toThrow();

  expect(readdirSync(path.dirname(taken))).toEqual([path.basename(taken)]);
});

it('leaves out every field that is not on the list, however harmless what it holds looks', async () => {
  const places = ['item', 'line', 'tax', 'customer', 'note', 'author', 'body', 'email'];
  const people = [
    ...places,
    'unknown field',
    'hint name',
    'by',
    'damaged',
    'studio',
    'address',
    'catalogue',
  ];
  const wordOf: Text = (place) => `zx${place.replace(' ', '')}`;

  const { text } = await bundleOf(sourcesWith(wordOf));

  expect(people.filter((place) => text.includes(`"${wordOf(place)}"`))).toEqual([]);
});

/** Somebody's name, with letters that stand nowhere else. */
const someName = fc
  .stringMatching(/^Xq[a-z]{4,8} Zx[a-z]{4,8}$/)
  .map((text) => ({ text, parts: text.split(' ') }));

const somethingPrivate = fc.oneof(
  someSecret.map(({ text, part }) => ({ text, parts: [part] })),
  someName,
);

it('holds no secret, no address and no name, wherever in its sources they stand', async () => {
  const wraps = fc.constantFrom<Text>(
    (text) => text,
    (text) => `refused for ${text} again`,
    (text) => `key_${text}`,
    (text) => `(${text})`,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(somethingPrivate, { minLength: 7, maxLength: 7 }),
      wraps,
      async (all, wrap) => {
        // Each place has one of them, and with so many runs each of them stands in each place.
        let place = 0;
        const sources = sourcesWith(() => wrap(all[(place += 1) % all.length]!.text));

        const { text } = await bundleOf(sources);

        expect(all.flatMap(({ parts }) => parts).filter((part) => text.includes(part))).toEqual([]);
        expect(text).not.toContain('4242424242424242');
      },
    ),
    { numRuns: 60 },
  );
});
