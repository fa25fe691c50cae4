import type Database from 'better-sqlite3';
import { JournalTable } from './journal-table.ts';
import { rowsOfSale, rowsOfWork } from './rows-of-sale.ts';
import { saleColumns, type SaleRow } from './sale-row.ts';
import { isSealedRow, type Values } from './sealed-tables.ts';
import { brokenSale } from './verify-journals.ts';

type Row = Values;

/** Rows that are only ever added, by their number. */
const growing = [
  'sweeps',
  'day_closes',
  'quarantine',
  'consents',
  'consent_links',
  'consent_ends',
  'setup_events',
  'refund_events',
] as const;
/** Small, or changed in place: copied whole. */
const replaced = ['events_seen', 'event_cursor', 'sightings', 'flags', 'reader_choices'] as const;
/** Changed in place and never removed. What is damaged stays as the copy has it. Each before what refers to it. */
const kept = ['members', 'cards', 'keepings', 'card_setups', 'refunds'] as const;

/**
 * False after a sale was mended, which takes entries away whose numbers may be given again, and of a copy that is
 * ahead of its source: then the whole file has to be copied.
 */
export function canFollow(from: Database.Database, to: Database.Database): boolean {
  const isAhead = (table: string): boolean => highest(to, table) > highest(from, table);
  const numbered = ['sale_events', 'outbox', 'reader_prompts', ...growing];
  return (
    highest(to, 'quarantine') === highest(from, 'quarantine') &&
    !numbered.some((table) => isAhead(table))
  );
}

/**
 * Brings a copy up to date in one transaction: every owner of work that has new entries, new or waiting work, a new or
 * open prompt on a reader, or was mended, with all its rows, the cards and consents, and the books. Each sale is
 * verified on the way; the ids of those that are broken are returned, and the copy keeps what it had of them.
 */
export function copyChanges(from: Database.Database, to: Database.Database): readonly string[] {
  // One reading transaction, so that all that is copied is of one moment.
  return from.transaction(() =>
    to
      .transaction(() => {
        to.pragma('defer_foreign_keys = 1');
        const broken = changedOwners(from, to).filter((owner) => !copyOwner(from, to, owner));
        for (const table of kept) {
          const rows = from.prepare<[], Row>(`select * from ${table}`).all();
          const sound = rows.filter((row) => isSealedRow(table, row));
          add(to, table, sound, 'insert or replace');
        }
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

function changedOwners(from: Database.Database, to: Database.Database): readonly string[] {
  const waiting = `select distinct owner from outbox where state = 'waiting'`;
  const prompted = 'select owner from reader_prompts where ended_at_ms is null';
  const ids = (db: Database.Database, sql: string, ...bind: number[]): readonly string[] =>
    db
      .prepare<number[], string>(sql)
      .pluck()
      .all(...bind);
  // Not `distinct`: that would read the whole of another index.
  const added = [
    ['sale_events', 'sale_id'],
    ['outbox', 'owner'],
    ['quarantine', 'sale_id'],
    ['reader_prompts', 'owner'],
  ] as const;
  return [
    ...new Set([
      ...added.flatMap(([table, column]) =>
        ids(from, `select ${column} from ${table} where rowid > ?`, highest(to, table)),
      ),
      ...[waiting, prompted].flatMap((sql) => [...ids(from, sql), ...ids(to, sql)]),
    ]),
  ];
}

/** False when it is a sale that is broken. */
function copyOwner(from: Database.Database, to: Database.Database, owner: string): boolean {
  if (owner.startsWith('sale_')) return copySale(from, to, owner);
  for (const table of rowsOfWork) copyRows(from, to, table, 'owner', owner);
  return true;
}

/** False when the sale is broken. One that is gone from the source, set aside as it was, goes from the copy too. */
function copySale(from: Database.Database, to: Database.Database, sale: string): boolean {
  const row = from
    .prepare<[string], SaleRow>(`select ${saleColumns} from sales where id = ?`)
    .get(sale);
  if (row !== undefined && brokenSale(row, new JournalTable(from)) !== null) return false;
  to.prepare('delete from sales where id = ?').run(sale);
  if (row !== undefined) add(to, 'sales', [{ ...row }]);
  for (const [table, column] of rowsOfSale) copyRows(from, to, table, column, sale);
  return true;
}

function copyRows(
  from: Database.Database,
  to: Database.Database,
  table: string,
  column: string,
  id: string,
): void {
  to.prepare(`delete from ${table} where ${column} = ?`).run(id);
  const rows = from.prepare<[string], Row>(`select * from ${table} where ${column} = ?`).all(id);
  add(to, table, rows);
}

function addNew(from: Database.Database, to: Database.Database, table: string): void {
  const sql = `select * from ${table} where rowid > ?`;
  add(to, table, from.prepare<[number], Row>(sql).all(highest(to, table)));
}

/** Of the numbers that the rows were given in the order of their writing. */
function highest(db: Database.Database, table: string): number {
  return Number(db.prepare(`select coalesce(max(rowid), 0) from ${table}`).pluck().get());
}

function add(
  db: Database.Database,
  table: string,
  rows: readonly Row[],
  how: 'insert' | 'insert or replace' = 'insert',
): void {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const values = columns.map((column) => `:${column}`).join(', ');
  const insert = db.prepare(`${how} into ${table} (${columns.join(', ')}) values (${values})`);
  for (const row of rows) insert.run(row);
}
