import type Database from 'better-sqlite3';
import { sealOf } from './chain.ts';

/** Tables whose rows bear a seal of their own, and the columns it covers, in order. Sales have theirs in sale-row.ts. */
const sealed = {
  calls: [
    'owner',
    'number',
    'kind',
    'ordinal',
    'outcome',
    'status',
    'code',
    'request_id',
    'duration_ms',
    'first_at_ms',
    'last_at_ms',
    'times',
  ],
  sightings: [
    'id',
    'status',
    'amount',
    'currency',
    'amount_capturable',
    'amount_received',
    'amount_refunded',
    'created_at_ms',
    'capture_before_ms',
    'sale_id',
    'kiosk_id',
    'order_hash',
    'seen_at_ms',
    'changed_at_ms',
  ],
  sweeps: ['from_ms', 'to_ms', 'done_at_ms'],
  event_cursor: ['id', 'created_at_ms'],
  day_closes: ['at_ms', 'by', 'report'],
  reader_choices: [
    'role',
    'reader_id',
    'integration',
    'shared',
    'label',
    'in_use',
    'chosen_by',
    'chosen_at_ms',
  ],
  reader_prompts: [
    'reader_id',
    'owner',
    'attempt_id',
    'object',
    'kind',
    'ordinal',
    'idempotency_key',
    'placed_at_ms',
    'ended_at_ms',
    'outcome',
  ],
  members: [
    'key',
    'member_id',
    'name',
    'email',
    'phone',
    'customer_id',
    'customer_ordinal',
    'saved_at_ms',
  ],
  consents: [
    'id',
    'member_key',
    'kiosk_id',
    'given_at_ms',
    'acted_by',
    'version',
    'language',
    'text',
    'hash',
  ],
  consent_links: ['consent_id', 'intent_id', 'card_id', 'last4', 'at_ms'],
  consent_ends: ['consent_id', 'by', 'at_ms'],
  cards: [
    'id',
    'member_key',
    'consent_id',
    'customer_id',
    'brand',
    'last4',
    'exp_month',
    'exp_year',
    'fingerprint',
    'allow_redisplay',
    'wallet',
    'kept_at_ms',
    'removed_at_ms',
    'removed_by',
  ],
  keepings: ['source', 'outcome', 'card_id', 'why', 'at_ms'],
  card_setups: [
    'id',
    'member_key',
    'consent_id',
    'state',
    'setup_intent_id',
    'record',
    'revision',
    'added_at_ms',
    'changed_at_ms',
    'hash',
  ],
  refunds: [
    'id',
    'sale_id',
    'payment_intent_id',
    'amount',
    'currency',
    'state',
    'acknowledged',
    'stripe_refund_id',
    'record',
    'revision',
    'added_at_ms',
    'changed_at_ms',
    'hash',
  ],
} as const;

/** What columns were called in the schemas before; the seal covers their values. */
const formerNames: Readonly<Record<string, string>> = {
  owner: 'sale_id',
  object: 'payment_intent_id',
};

export type SealedTable = keyof typeof sealed;

/** A row without its seal: at least the columns that the seal covers. */
export type Sealable<Table extends SealedTable> = Readonly<
  Record<(typeof sealed)[Table][number], string | number | null>
>;

/** The row with the seal it must bear. */
export function withSeal<Table extends SealedTable, Row extends Sealable<Table>>(
  table: Table,
  row: Row,
): Row & { readonly seal: string } {
  return { ...row, seal: sealFor(table, row) };
}

/** False for a row that is not what was written: it counts as never stored, and is asked for again. */
export function isSealed<Table extends SealedTable>(
  table: Table,
  row: Sealable<Table> & { readonly seal: string },
): boolean {
  return row.seal === sealFor(table, row);
}

/** The same of a row as it was selected, of any table. True for a table whose rows bear no seal. */
export function isSealedRow(table: string, row: Values): boolean {
  return fits(columnsOf(table), row);
}

/** How many rows of the table are not what was written. */
export function countBroken(db: Database.Database, table: string): number {
  const columns = columnsOf(table);
  let broken = 0;
  for (const row of db.prepare<[], Values>(`select * from ${table}`).iterate()) {
    if (!fits(columns, row)) broken += 1;
  }
  return broken;
}

/** A line for each table that holds rows which are not what was written. A file of an earlier schema lacks some. */
export function brokenSeals(db: Database.Database): readonly string[] {
  const present = new Set(
    db.prepare<[], string>(`select name from sqlite_schema where type = 'table'`).pluck().all(),
  );
  const tables = Object.keys(sealed).filter((table) => present.has(table));
  return tables.flatMap((table) => {
    const broken = countBroken(db, table);
    return broken === 0 ? [] : [`${broken} rows of ${table} were changed`];
  });
}

/** A row as it was selected. */
export type Values = Readonly<Record<string, string | number | null>>;

function fits(columns: readonly string[], row: Values): boolean {
  return columns.length === 0 || row['seal'] === sealOf(columns.map((name) => valueOf(row, name)));
}

function valueOf(row: Values, column: string): string | number | null {
  return row[column] ?? row[formerNames[column] ?? column] ?? null;
}

function sealFor(table: SealedTable, row: Values): string {
  return sealOf(sealed[table].map((column) => row[column] ?? null));
}

function columnsOf(table: string): readonly string[] {
  return Object.entries(sealed).find(([name]) => name === table)?.[1] ?? [];
}
