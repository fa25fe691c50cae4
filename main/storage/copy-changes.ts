import type Database from 'better-sqlite3';
import { JournalTable } from './journal-table.ts';
import { saleColumns, type SaleRow } from './sale-row.ts';
import { brokenSale } from './verify-journals.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows that hang on a sale, children last deleted first. */
const ofSale = ['payment_attempts', 'sale_events', 'outbox', 'calls', 'reader_prompts'] as const;
/** Rows that are only ever added. */
const growing = ['sweeps', 'day_closes', 'quarantine'] as const;
/** Small, or changed in place: copied whole. */
const replaced = ['events_seen', 'event_cursor', 'sightings', 'flags', 'reader_choices'] as const;

/**
 * False after a sale was mended, which takes entries away whose numbers may be given again, and of a copy that is
 * ahead of its source: then the whole file has to be copied.
 */
export function canFollow(from: Database.Database, to: Database.Database): boolean {
  const isAhead = (table: string, column: string): boolean =>
    highest(to, table, column) > highest(from, table, column);
  return (
    highest(to, 'quarantine', 'id') === highest(from, 'quarantine', 'id') &&
    !isAhead('sale_events', 'number') &&
    !isAhead('outbox', 'id') &&
    !isAhead('reader_prompts', 'id')
  );
}

/**
 * Brings a copy up to date in one transaction: every sale that has new entries, new or waiting work, a new or open
 * prompt on a reader, or was mended, with all its rows, and the books. Each sale is verified on the way; the ids of those that are broken are returned,
 * and the copy keeps what it had of them.
 */
export function copyChanges(from: Database.Database, to: Database.Database): readonly string[] {
  // One reading transaction, so that all that is copied is of one moment.
  return from.transaction(() =>
    to
      .transaction(() => {
        to.pragma('defer_foreign_keys = 1');
        const broken = changedSales(from, to).filter((sale) => !copySale(from, to, sale));
        for (const table of growing) addNew(from, to, table);
        for (const table of replaced) {
          to.exec(`delete from ${table}`);
          add(to, table, from.prepare<[], Row>(`select * from ${table}`).all());
        }
        return broken;
      })
      .immediate(),
  )();
}

function changedSales(from: Database.Database, to: Database.Database): readonly string[] {
  const waiting = `select distinct sale_id from outbox where state = 'waiting'`;
  const prompted = 'select sale_id from reader_prompts where ended_at_ms is null';
  const ids = (db: Database.Database, sql: string, ...bind: number[]): readonly string[] =>
    db
      .prepare<number[], string>(sql)
      .pluck()
      .all(...bind);
  return [
    ...new Set([
      ...ids(
        from,
        // Not `distinct`: that would read the whole of another index.
        'select sale_id from sale_events where number > ?',
        highest(to, 'sale_events', 'number'),
      ),
      ...ids(from, 'select sale_id from outbox where id > ?', highest(to, 'outbox', 'id')),
      ...ids(from, 'select sale_id from quarantine where id > ?', highest(to, 'quarantine', 'id')),
      ...ids(
        from,
        'select sale_id from reader_prompts where id > ?',
        highest(to, 'reader_prompts', 'id'),
      ),
      ...[waiting, prompted].flatMap((sql) => [...ids(from, sql), ...ids(to, sql)]),
    ]),
  ];
}

/** False when the sale is broken. One that is gone from the source, set aside as it was, goes from the copy too. */
function copySale(from: Database.Database, to: Database.Database, sale: string): boolean {
  const row = from
    .prepare<[string], SaleRow>(`select ${saleColumns} from sales where id = ?`)
    .get(sale);
  if (row !== undefined && brokenSale(row, new JournalTable(from)) !== null) return false;
  for (const table of ofSale.toReversed()) {
    to.prepare(`delete from ${table} where sale_id = ?`).run(sale);
  }
  to.prepare('delete from sales where id = ?').run(sale);
  if (row === undefined) return true;
  add(to, 'sales', [{ ...row }]);
  for (const table of ofSale) {
    const rows = from.prepare<[string], Row>(`select * from ${table} where sale_id = ?`).all(sale);
    add(to, table, rows);
  }
  return true;
}

function addNew(from: Database.Database, to: Database.Database, table: string): void {
  const last = highest(to, table, 'id');
  add(to, table, from.prepare<[number], Row>(`select * from ${table} where id > ?`).all(last));
}

function highest(db: Database.Database, table: string, column: string): number {
  const sql = `select coalesce(max(${column}), 0) from ${table}`;
  return Number(db.prepare(sql).pluck().get());
}

function add(db: Database.Database, table: string, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const values = columns.map((column) => `:${column}`).join(', ');
  const insert = db.prepare(`insert into ${table} (${columns.join(', ')}) values (${values})`);
  for (const row of rows) insert.run(row);
}
