import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import Database from 'better-sqlite3';
import { logEntries } from './log/log-entries.ts';
import { storedWords } from './log/stored-words.ts';
import { withoutPersons } from './log/without-persons.ts';
import type { Settings } from './settings/read-settings.ts';

export interface SupportSources {
  /** The bundle is put into its folder `support`. */
  readonly dataDir: string;
  readonly logFolder: string;
  /** Of the app, of Node, and of Electron where it is there. SQLite tells its own. */
  readonly versions: Readonly<Record<string, string>>;
  /** Null when they could not be read. */
  readonly settings: Settings | null;
  readonly databaseFile: string;
}

/** One line of the bundle. `part` says which source it is from. */
type Line = Readonly<Record<string, unknown>> & { readonly part: string };

/** Fields of rows and of the JSON in them that name nobody. One that is new is left out until it is put here. */
const fields: readonly string[] = [
  // Rows.
  ...['id', 'sale_id', 'kiosk_id', 'state', 'amount', 'currency', 'completed', 'record', 'event'],
  ...['payment_intent_id', 'payment_intent_status', 'capture_before_ms', 'revision', 'at_ms'],
  ...['added_at_ms', 'changed_at_ms', 'paid_at_ms', 'hash', 'seal', 'record_hash'],
  ...['ordinal', 'stage', 'process_count', 'began_at_ms', 'ended_at_ms', 'outcome', 'kind', 'work'],
  ...['idempotency_key', 'urgency', 'next_at_ms', 'created_at_ms', 'stored_at_ms', 'tries'],
  ...['first_sent_at_ms', 'stored_by_boot', 'last_error', 'last_answer', 'deadline_ms'],
  ...[
    'status',
    'code',
    'request_id',
    'duration_ms',
    'first_at_ms',
    'last_at_ms',
    'times',
    'number',
  ],
  ...['amount_capturable', 'amount_received', 'amount_refunded', 'order_hash', 'seen_at_ms'],
  ...[
    'from_ms',
    'to_ms',
    'done_at_ms',
    'rows',
    'sales',
    'payment_attempts',
    'sale_events',
    'outbox',
  ],
  // A sale's record.
  ...['kioskId', 'order', 'total', 'subtotal', 'attended', 'lingering', 'cancelReason'],
  ...['staffReason', 'staffDecision', 'tender', 'paymentIntent', 'attempt', 'attemptsMade'],
  ...['decline', 'ordinals', 'create', 'capture', 'cancel', 'unsettledStep', 'step', 'how'],
  ...['inconclusiveReads', 'unanswered', 'amountCapturable', 'amountReceived', 'amountRefunded'],
  ...['disputed', 'cancellationReason', 'acceptsCardPresent', 'latestChargeId'],
  ...['lastPaymentError', 'declineCode', 'captureBeforeMs', 'saleId', 'livemode', 'chargeBefore'],
  ...['processCount', 'inFlight', 'windowHoldsCard', 'hint', 'answeredAt'],
  // What happened to it.
  ...['attemptId', 'askFirst', 'count', 'paymentIntentStatus', 'leftAt', 'wasRepeated', 'wait'],
  ...['decision', 'sale'],
];

const lists = { names: new Set(fields), json: new Set(['record', 'event', 'rows']) };

/** Enough for what can be looked into; a kiosk has seldom more than one sale that is not over. */
const openMax = 200;
const rowsMax = 1_000;

/** What else the file remembers: of the account, of days, and rows that were found damaged. The newest are told. */
const books = ['quarantine', 'event_cursor', 'sweeps', 'day_closes'];
const bookRowsMax = 20;

/** Rows looked at in one go: a few milliseconds, so that the desk does not stand still. */
const sliceRows = 1_000;

/**
 * Writes `support/foyer-support-<date>.jsonl.gz` and returns its path: versions, settings, log, and what the database
 * holds of unfinished sales, one JSON object a line, without secrets, names, e-mail addresses and what was bought. A
 * source that can't be read is told of in its place. Rejects when the bundle itself can't be written; then it is not there.
 */
export async function writeSupportBundle(sources: SupportSources, nowMs: number): Promise<string> {
  const folder = path.join(sources.dataDir, 'support');
  await mkdir(folder, { recursive: true });
  const date = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '');
  const file = path.join(folder, `foyer-support-${date}.jsonl.gz`);
  const draft = `${file}.new`;
  try {
    const written = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(Readable.from(textOf(sources, nowMs)), createGzip(), written);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return file;
}

/** Many lines at a time: compressing each by itself would take a minute for a full log. */
async function* textOf(sources: SupportSources, nowMs: number): AsyncGenerator<string> {
  let text = '';
  for await (const line of allParts(sources, nowMs)) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 64 * 1024) continue;
    yield text;
    text = '';
  }
  yield text;
}

async function* allParts(sources: SupportSources, nowMs: number): AsyncGenerator<Line> {
  yield* orUnreadable('bundle', () => [
    {
      part: 'bundle',
      at: new Date(nowMs).toISOString(),
      platform: `${process.platform} ${process.arch}`,
      versions: Object.fromEntries(
        Object.entries(sources.versions).map(([name, text]) => [name, withoutPersons(text)]),
      ),
    },
  ]);
  yield* orUnreadable('settings', () => [{ part: 'settings', ...summaryOf(sources.settings) }]);
  yield* orUnreadable('database', () => databaseParts(sources.databaseFile));
  yield* orUnreadable('log', async function* () {
    for await (const entries of logEntries(sources.logFolder)) {
      for (const entry of entries) yield { part: 'log', ...entry };
    }
  });
}

/** What the source gives; when it fails, a line that says so in its place, and the next source goes on. */
async function* orUnreadable(
  part: string,
  source: () => Iterable<Line> | AsyncIterable<Line>,
): AsyncGenerator<Line> {
  try {
    yield* source();
  } catch (error) {
    yield { part, unreadable: whyOf(error) };
  }
}

/** A fault of the file system is told by its code: its message holds a path. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return 'syscall' in error ? code : withoutPersons(`${code}: ${error.message}`).slice(0, 200);
}

/** Choices and shapes, by an allow-list: no key, no address, and nothing a person has written. */
function summaryOf(settings: Settings | null): Readonly<Record<string, unknown>> {
  if (settings === null) return { unreadable: 'the kiosk could not read them' };
  const { stripe, theme } = settings;
  const summary = {
    scheme: theme.scheme,
    readerSide: settings.readerSide,
    askBeforeCharging: settings.askBeforeCharging,
    fullScreen: settings.fullScreen,
    trainingCard: settings.trainingCard,
    location: stripe.location,
    reader: stripe.reader,
    secretKey: stripe.secretKey === null ? null : kindOfKey(stripe.secretKey.value),
    secretKeyFrom: stripe.secretKey?.from ?? null,
    fileHoldsLiveKey: stripe.fileHoldsLiveKey,
    api: stripe.apiBase === null ? 'stripe' : 'another',
  };
  const names = new Set(Object.keys(summary));
  return { settings: storedWords(summary, { names, json: new Set() }) };
}

function kindOfKey(key: string): string {
  return /^(?:sk|rk)_(?:live|test)(?=_)/.exec(key)?.[0] ?? 'unknown';
}

/**
 * By the library that also writes, never by another or by reading the file: closing a file gives up every lock that
 * this process holds on it. https://www.sqlite.org/howtocorrupt.html
 */
async function* databaseParts(file: string): AsyncGenerator<Line> {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 1_000 });
  try {
    yield* orUnreadable('schema', () => [schemaOf(db)]);
    yield* orUnreadable('outbox', () => openRows(db, 'outbox', ['done', 'refused']));
    yield* orUnreadable('sales', () => openRows(db, 'sales', ['paid', 'canceled', 'expired']));
    for (const book of books) {
      const newest = `${book} where rowid <= ? order by rowid desc`;
      yield* orUnreadable(book, () => rowsOf(db, newest, Number.MAX_SAFE_INTEGER, bookRowsMax));
    }
  } finally {
    db.close();
  }
}

function schemaOf(db: Database.Database): Line {
  const sqlite = db.prepare<[], { version: string }>('select sqlite_version() as version').get();
  return {
    part: 'schema',
    schemaVersion: db.pragma('user_version', { simple: true }),
    sqlite: sqlite?.version ?? null,
  };
}

/** How many rows are in which state, and those that are in none of `over`: the newest, newest first. */
async function* openRows(
  db: Database.Database,
  table: 'outbox' | 'sales',
  over: readonly string[],
): AsyncGenerator<Line> {
  const counts = new Map<string, number>();
  let open: number[] = [];
  try {
    for await (const rows of slicesOf(db, table)) {
      for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
      const found = rows.filter(({ state }) => !over.includes(state)).map(({ row }) => row);
      open = [...open, ...found].slice(-openMax);
    }
  } catch (error) {
    // What was found before the damage is told all the same.
    yield { part: table, unreadable: whyOf(error) };
  }
  for (const [state, count] of counts) {
    yield { part: 'counts', table, state: storedWords(state, lists), count };
  }
  if (open.length === openMax) yield { part: table, onlyTheNewest: openMax };
  const ofSale = table === 'sales' ? tablesOfSales(db) : [];
  for (const row of open.reverse()) {
    yield* orUnreadable(table, () => rowsOf(db, `${table} where rowid = ?`, row));
    for (const other of ofSale) {
      const where = `${other} where sale_id = (select id from sales where rowid = ?)`;
      yield* orUnreadable(other, () => rowsOf(db, where, row));
    }
    await othersTurn();
  }
}

/** In slices, each a read of its own: a million sales are no reason to keep a customer waiting. */
async function* slicesOf(
  db: Database.Database,
  table: string,
): AsyncGenerator<readonly { readonly row: number; readonly state: string }[]> {
  const slice = db.prepare<[number], { row: number; state: string }>(
    `select rowid as row, state from ${table} where rowid > ? order by rowid limit ${sliceRows}`,
  );
  for (let last = 0; ;) {
    const rows = slice.all(last);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows;
    last = end.row;
    await othersTurn();
  }
}

/** Every table that holds something of a sale, those of a later version too. */
function tablesOfSales(db: Database.Database): readonly string[] {
  return db
    .prepare<[], { name: string }>(
      `select t.name from sqlite_schema t join pragma_table_info(t.name) c on c.name = 'sale_id'
       where t.type = 'table' and t.name not glob '*[^a-z_]*' order by t.name`,
    )
    .all()
    .map(({ name }) => name);
}

/** `from` begins with the table's name. */
function* rowsOf(
  db: Database.Database,
  from: string,
  row: number,
  limit = rowsMax,
): Generator<Line> {
  const [part = from] = from.split(' ', 1);
  const rows = db.prepare(`select * from ${from} limit ${limit}`).all(row);
  for (const found of rows) yield { part, row: storedWords(found, lists) };
  if (rows.length === limit) yield { part, onlyTheFirst: limit };
}
