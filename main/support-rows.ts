import { setImmediate as othersTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { storedWords } from './log/stored-words.ts';
import { orUnreadable, type SupportLine, whyUnreadable } from './support-line.ts';

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
  ...['owner', 'object', 'reader_id', 'role', 'integration', 'shared', 'in_use', 'chosen_at_ms'],
  ...['attempt_id', 'placed_at_ms', 'calls', 'reader_prompts'],
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

/**
 * What else the file remembers: of the account, of days, of readers, and rows that were found damaged. The newest are
 * told.
 */
const books = [
  'quarantine',
  'event_cursor',
  'sweeps',
  'day_closes',
  'reader_choices',
  'reader_prompts',
];
const bookRowsMax = 20;

/** Rows looked at in one go: a few milliseconds, so that the desk does not stand still. */
const sliceRows = 1_000;

/**
 * By the library that also writes, never by another or by reading the file: closing a file gives up every lock that
 * this process holds on it. https://www.sqlite.org/howtocorrupt.html
 */
export async function* databaseParts(file: string): AsyncGenerator<SupportLine> {
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

function schemaOf(db: Database.Database): SupportLine {
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
): AsyncGenerator<SupportLine> {
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
    yield { part: table, unreadable: whyUnreadable(error) };
  }
  for (const [state, count] of counts) {
    yield { part: 'counts', table, state: storedWords(state, lists), count };
  }
  if (open.length === openMax) yield { part: table, onlyTheNewest: openMax };
  const ofSale = table === 'sales' ? tablesOfSales(db) : [];
  for (const row of open.reverse()) {
    yield* orUnreadable(table, () => rowsOf(db, `${table} where rowid = ?`, row));
    for (const other of ofSale) {
      const where = `${other.name} where ${other.column} = (select id from sales where rowid = ?)`;
      yield* orUnreadable(other.name, () => rowsOf(db, where, row));
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
function tablesOfSales(
  db: Database.Database,
): readonly { readonly name: string; readonly column: string }[] {
  return db
    .prepare<[], { name: string; column: string }>(
      `select t.name, c.name as column from sqlite_schema t
       join pragma_table_info(t.name) c on c.name in ('sale_id', 'owner')
       where t.type = 'table' and t.name not glob '*[^a-z_]*' order by t.name`,
    )
    .all();
}

/** `from` begins with the table's name. */
function* rowsOf(
  db: Database.Database,
  from: string,
  row: number,
  limit = rowsMax,
): Generator<SupportLine> {
  const [part = from] = from.split(' ', 1);
  const rows = db.prepare(`select * from ${from} limit ${limit}`).all(row);
  for (const found of rows) yield { part, row: storedWords(found, lists) };
  if (rows.length === limit) yield { part, onlyTheFirst: limit };
}
