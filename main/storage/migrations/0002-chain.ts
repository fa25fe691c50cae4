import type Database from 'better-sqlite3';
import { SqliteError } from 'better-sqlite3';
import { faultMessage } from '../../domain/fault-message.ts';
import { openSale, type Sale } from '../../domain/sale.ts';
import { chainStart, type Entry, entryHash, sha256 } from '../chain.ts';
import { workSeal } from '../outbox-work.ts';
import { parseSale, recordOf } from '../sale-record.ts';
import { insertSaleWithoutOrder, rowOf } from '../sale-row.ts';
import { chainSchema } from './0002-schema.ts';

/** What its rows were stored by: a run of the kiosk that is gone. */
const formerBoot = 'boot_before_the_chain';
const holdMs = 2 * 24 * 60 * 60_000;

interface FormerSale {
  readonly id: string;
  readonly record: string;
  readonly added_at_ms: number;
  readonly changed_at_ms: number;
  readonly paid_at_ms: number | null;
}

interface FormerEvent {
  readonly revision: number;
  readonly at_ms: number;
  readonly event: string;
  readonly state: string;
}

interface FormerWork {
  readonly id: number;
  readonly sale_id: string;
  readonly kind: string;
  readonly ordinal: number;
  readonly idempotency_key: string | null;
  readonly email: string | null;
  readonly state: string;
  readonly next_at_ms: number;
  readonly created_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly tries: number;
  readonly last_error: string | null;
  readonly capture_before_ms: number | null;
}

const urgency: Readonly<Record<string, number>> = {
  'payment_intent.capture': 0,
  'payment_intent.cancel': 1,
  'payment_intent.create': 2,
  'payment_intent.read': 3,
  'payment_intent.look_up': 4,
  'charge.receipt_email': 5,
};

/**
 * Brings a file of the first schema to the second, in a transaction of its caller's. A sale that can't be
 * read goes to quarantine with all its rows; every other begins its chain with an entry made of its order.
 */
export function chainEverySale(db: Database.Database): void {
  for (const index of [
    'sales_unfinished',
    'one_live_attempt',
    'outbox_due',
    'one_waiting_read',
    'outbox_of_sale',
  ]) {
    db.exec(`drop index ${index}`);
  }
  // Renamed together, so that what refers to a sale goes on referring to the same row.
  const tables = ['sales', 'payment_attempts', 'sale_events', 'outbox'];
  for (const table of tables) db.exec(`alter table ${table} rename to former_${table}`);
  db.exec(chainSchema);

  const sales = db.prepare<[], FormerSale>('select * from former_sales order by added_at_ms, id');
  for (const sale of sales.all()) {
    try {
      moveSale(db, sale);
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      keepAside(db, sale, faultMessage(error));
    }
  }
  for (const table of tables.toReversed()) db.exec(`drop table former_${table}`);
}

/** A full disk or a page that can't be read is no damage of this sale: the migration ends and nothing is changed. */
function isOfTheData(error: unknown): boolean {
  return !(error instanceof SqliteError) || error.code.startsWith('SQLITE_CONSTRAINT');
}

function moveSale(db: Database.Database, former: FormerSale): void {
  const { sale, record } = recordOf(parseSale(former.record));
  if (sale.id !== former.id) throw new Error('its record is that of another sale');
  const { chain, hash } = chained(db, former, sale, record);
  const row = rowOf(sale, record, hash, {
    addedAtMs: former.added_at_ms,
    changedAtMs: former.changed_at_ms,
    paidAtMs: former.paid_at_ms,
  });
  db.transaction(() => {
    insertSaleWithoutOrder(db).run(row);
    const addEntry = db.prepare(`
      insert into sale_events (sale_id, revision, at_ms, event, state, record_hash, hash) values (?, ?, ?, ?, ?, ?, ?)`);
    for (const { entry, hash: own } of chain) {
      const { owner, revision, atMs, event, state, recordHash } = entry;
      addEntry.run(owner, revision, atMs, event, state, recordHash, own);
    }
    db.prepare(
      'insert into payment_attempts select * from former_payment_attempts where sale_id = ?',
    ).run(sale.id);
    moveWork(db, sale.id);
  })();
}

/** Entry 0 is made of the order; entries between it and the last can't know what the record was then. */
function chained(
  db: Database.Database,
  former: FormerSale,
  sale: Sale,
  record: string,
): { chain: readonly { entry: Entry; hash: string }[]; hash: string } {
  const first = recordOf(openSale(sale.id, sale.kioskId, sale.order));
  const events = db
    .prepare<[string], FormerEvent>(
      'select revision, at_ms, event, state from former_sale_events where sale_id = ? order by revision',
    )
    .all(former.id);
  const entries: Entry[] = [
    {
      owner: former.id,
      revision: 0,
      atMs: former.added_at_ms,
      event: `{"kind":"opened","sale":${first.record}}`,
      state: 'open',
      recordHash: sha256(first.record),
    },
    ...events.map((event) => ({
      owner: former.id,
      revision: event.revision,
      atMs: event.at_ms,
      event: event.event,
      state: event.state,
      recordHash: event.revision === sale.revision ? sha256(record) : null,
    })),
  ];
  if (entries.length !== sale.revision + 1) throw new Error('its journal has a gap');
  let hash = chainStart;
  const chain = entries.map((entry) => {
    hash = entryHash(hash, entry);
    return { entry, hash };
  });
  return { chain, hash };
}

function moveWork(db: Database.Database, sale: string): void {
  const rows = db
    .prepare<[string], FormerWork>(
      `select former_outbox.*, capture_before_ms from former_outbox
       join former_sales on former_sales.id = sale_id where sale_id = ? order by former_outbox.id`,
    )
    .all(sale);
  const add = db.prepare(`
    insert into outbox (id, sale_id, kind, ordinal, idempotency_key, email, state, urgency, stored_by_boot,
      stored_at_ms, deadline_ms, next_at_ms, ended_at_ms, tries, last_answer, seal)
    values (:id, :sale_id, :kind, :ordinal, :idempotency_key, :email, :state, :urgency, :stored_by_boot,
      :stored_at_ms, :deadline_ms, :next_at_ms, :ended_at_ms, :tries, :last_answer, :seal)`);
  const counts = new Map<string, number>();
  for (const former of rows) {
    const count = (counts.get(former.kind) ?? 0) + 1;
    counts.set(former.kind, count);
    const isSending = former.state === 'sending';
    const isOpen = isSending || former.state === 'waiting';
    const row = {
      id: former.id,
      sale_id: former.sale_id,
      kind: former.kind,
      // Reads had no number.
      ordinal: former.idempotency_key === null ? count : former.ordinal,
      idempotency_key: former.idempotency_key,
      email: isOpen ? former.email : null,
      stored_by_boot: formerBoot,
      stored_at_ms: former.created_at_ms,
      deadline_ms:
        former.kind === 'payment_intent.capture'
          ? (former.capture_before_ms ?? former.created_at_ms + holdMs)
          : null,
    };
    add.run({
      ...row,
      state: isOpen ? 'waiting' : former.state,
      urgency: urgency[former.kind],
      next_at_ms: former.next_at_ms,
      ended_at_ms: isOpen ? null : (former.ended_at_ms ?? former.next_at_ms),
      // It was under way when the former run ended: it may have been carried out.
      tries: isSending ? Math.max(1, former.tries) : former.tries,
      last_answer: former.last_error,
      seal: workSeal({ ...row, owner: row.sale_id }),
    });
  }
}

/** Everything there was of the sale, as JSON: nothing is lost, and nothing is guessed. */
function keepAside(db: Database.Database, sale: FormerSale, why: string): void {
  const of = (table: string): unknown =>
    db.prepare<[string]>(`select * from former_${table} where sale_id = ?`).all(sale.id);
  const rows = {
    sales: [sale],
    payment_attempts: of('payment_attempts'),
    sale_events: of('sale_events'),
    outbox: of('outbox'),
  };
  db.prepare(
    `insert into quarantine (sale_id, at_ms, why, outcome, rows) values (?, ?, ?, 'not_proved', ?)`,
  ).run(sale.id, sale.changed_at_ms, why, JSON.stringify(rows));
}
