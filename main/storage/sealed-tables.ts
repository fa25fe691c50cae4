import type Database from 'better-sqlite3';
import { sealOf } from './chain.ts';

/** Tables whose rows bear a seal of their own, and the columns it covers, in order. Sales have theirs in sale-row.ts. */
const sealed = {
  calls: [
    'sale_id',
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
    'sale_id',
    'attempt_id',
    'payment_intent_id',
    'kind',
    'ordinal',
    'idempotency_key',
    'placed_at_ms',
    'ended_at_ms',
    'outcome',
  ],
} as const;

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

/** A line for each table that holds rows which are not what was written. A file of an earlier schema lacks some. */
export function brokenSeals(db: Database.Database): readonly string[] {
  const present = new Set(
    db.prepare<[], string>(`select name from sqlite_schema where type = 'table'`).pluck().all(),
  );
  const tables = Object.keys(sealed).filter((table) => present.has(table));
  return tables.flatMap((table) => {
    const columns = columnsOf(table);
    let broken = 0;
    for (const row of db
      .prepare<[], Values & { readonly seal: string }>(`select * from ${table}`)
      .iterate()) {
      if (row.seal !== sealOf(columns.map((column) => row[column] ?? null))) broken += 1;
    }
    return broken === 0 ? [] : [`${broken} rows of ${table} were changed`];
  });
}

type Values = Readonly<Record<string, string | number | null>>;

function sealFor(table: SealedTable, row: Values): string {
  return sealOf(sealed[table].map((column) => row[column] ?? null));
}

function columnsOf(table: string): readonly string[] {
  return Object.entries(sealed).find(([name]) => name === table)?.[1] ?? [];
}
