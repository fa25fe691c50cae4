import type Database from 'better-sqlite3';
import { type Sale, totalOf } from '../domain/sale.ts';
import { sealOf, sha256 } from './chain.ts';

/** A row of `sales`. What repeats the record is there for SQL to look at, and covered by the seal like it. */
export interface SaleRow {
  readonly id: string;
  readonly kiosk_id: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly completed: number;
  readonly payment_intent_id: string | null;
  readonly payment_intent_status: string | null;
  /** The platform's order that it pays; null for none. */
  readonly platform_order_id: string | null;
  readonly capture_before_ms: number | null;
  /** The sale as JSON, its fields in the order of the schema. */
  readonly record: string;
  readonly revision: number;
  readonly added_at_ms: number;
  readonly changed_at_ms: number;
  readonly paid_at_ms: number | null;
  /** The hash of the journal's last entry. */
  readonly hash: string;
  readonly seal: string;
}

/** The columns of `sales`, for a select. */
export const saleColumns =
  'id, kiosk_id, state, amount, currency, completed, payment_intent_id, payment_intent_status, ' +
  'platform_order_id, capture_before_ms, record, revision, added_at_ms, changed_at_ms, paid_at_ms, hash, seal';

/** The same of a file that may be of a schema before platforms' orders, such as an old backup. */
export function saleColumnsIn(db: Database.Database): string {
  const ofOrders = db
    .prepare(`select 1 from pragma_table_info('sales') where name = 'platform_order_id'`)
    .get();
  return ofOrders === undefined
    ? saleColumns.replace('platform_order_id', 'null as platform_order_id')
    : saleColumns;
}

/** What the row must be sealed with. */
export function rowSeal(row: Omit<SaleRow, 'seal'>): string {
  return sealOf([
    row.id,
    row.kiosk_id,
    row.state,
    row.amount,
    row.currency,
    row.completed,
    row.payment_intent_id,
    row.payment_intent_status,
    row.capture_before_ms,
    sha256(row.record),
    row.revision,
    row.added_at_ms,
    row.changed_at_ms,
    row.paid_at_ms,
    row.hash,
    // Rows of former schemas were sealed without it, and have none.
    ...(row.platform_order_id === null ? [] : [row.platform_order_id]),
  ]);
}

/** True when no column differs. */
export function sameRow(one: SaleRow, other: SaleRow): boolean {
  return (
    one.seal === other.seal &&
    one.record === other.record &&
    one.hash === other.hash &&
    one.id === other.id &&
    one.kiosk_id === other.kiosk_id &&
    one.state === other.state &&
    one.amount === other.amount &&
    one.currency === other.currency &&
    one.completed === other.completed &&
    one.payment_intent_id === other.payment_intent_id &&
    one.payment_intent_status === other.payment_intent_status &&
    one.platform_order_id === other.platform_order_id &&
    one.capture_before_ms === other.capture_before_ms &&
    one.revision === other.revision &&
    one.added_at_ms === other.added_at_ms &&
    one.changed_at_ms === other.changed_at_ms &&
    one.paid_at_ms === other.paid_at_ms
  );
}

export interface RowTimes {
  readonly addedAtMs: number;
  readonly changedAtMs: number;
  readonly paidAtMs: number | null;
}

/** Names of the columns that a step may change; `hash` and `seal` change with every step. */
const changing = [
  'state',
  'completed',
  // At review alone; see storage/sales-table.ts.
  'amount',
  'payment_intent_id',
  'payment_intent_status',
  'platform_order_id',
  'capture_before_ms',
  'record',
  'revision',
  'changed_at_ms',
  'paid_at_ms',
  'hash',
  'seal',
] as const satisfies readonly (keyof SaleRow)[];

/** The columns in which a row that is stored differs from the one that is to take its place. */
export function changedColumns(stored: SaleRow, next: SaleRow): readonly string[] {
  return changing.filter((column) => stored[column] !== next[column]);
}

/** The sealed row of this sale. `record` is its text, `hash` the last entry's of its journal. */
export function rowOf(sale: Sale, record: string, hash: string, times: RowTimes): SaleRow {
  const { amount, currency } = totalOf(sale);
  const row = {
    id: sale.id,
    kiosk_id: sale.kioskId,
    state: sale.state,
    amount,
    currency,
    completed: Number(sale.completed),
    payment_intent_id: sale.paymentIntent?.id ?? null,
    payment_intent_status: sale.paymentIntent?.status ?? null,
    platform_order_id: sale.platformOrder?.id ?? null,
    capture_before_ms: sale.paymentIntent?.captureBeforeMs ?? null,
    record,
    revision: sale.revision,
    added_at_ms: times.addedAtMs,
    changed_at_ms: times.changedAtMs,
    paid_at_ms: times.paidAtMs,
    hash,
  };
  return { ...row, seal: rowSeal(row) };
}

/** The statement that stores a whole row. */
export function insertSale(db: Database.Database): Database.Statement<[SaleRow]> {
  return insertInto(db, saleColumns);
}

/** The same for a file of a schema before platforms' orders. */
export function insertSaleWithoutOrder(db: Database.Database): Database.Statement<[SaleRow]> {
  return insertInto(db, saleColumns.replace('platform_order_id, ', ''));
}

function insertInto(db: Database.Database, columns: string): Database.Statement<[SaleRow]> {
  const values = columns.split(', ').map((column) => `:${column}`);
  return db.prepare(`insert into sales (${columns}) values (${values.join(', ')})`);
}
