import type Database from 'better-sqlite3';
import { type Entry, chainStart, entryHash, sha256 } from '../../../main/storage/chain.ts';
import { workSeal, type WorkRow } from '../../../main/storage/outbox-work.ts';
import { rowSeal, type SaleRow } from '../../../main/storage/sale-row.ts';
import { openBenchDesk } from '../desk/bench-desk.ts';
import { connectReader, sell } from '../desk/sell.ts';
import { numberedSaleId, openOurs } from '../ours.ts';
import { inBulk, inserter } from './seed-outbox.ts';

type Value = string | number | null;
type Row = Record<string, Value>;

interface EntryRow extends Row {
  readonly revision: number;
  readonly at_ms: number;
  readonly event: string;
  readonly state: string;
}

/** Every row of one sale that was sold and paid here. */
interface Life {
  readonly sale: Row & SaleRow;
  readonly entries: readonly EntryRow[];
  readonly work: readonly (Row & WorkRow)[];
  readonly attempts: readonly Row[];
  readonly calls: readonly Row[];
}

const dayMs = 24 * 3_600_000;
/** Three years of sales, whatever their number; the last of them longer ago than a sweep reaches back. */
const yearsMs = 3 * 365 * dayMs;
const untilMs = 40 * dayMs;

/**
 * Fills a new file with paid sales: one is sold at a real desk, and every row of it is repeated under other ids and at
 * other times, with its journal chained and its rows sealed as the storage would have done it.
 */
export async function seedSales(file: string, count: number): Promise<void> {
  const desk = openBenchDesk(file);
  await connectReader(desk);
  await sell(desk);
  await desk.close();
  const ours = openOurs(file, 'boot_0000000000');
  const { db } = ours;
  const life = lifeOf(db);
  const firstAtMs = life.sale.added_at_ms - yearsMs;
  const clone = cloner(db, life);
  inBulk(db, () => {
    for (let number = 1; number < count; number += 1) {
      clone(number, Math.round(firstAtMs + (number / count) * (yearsMs - untilMs)));
    }
  });
  ours.close();
}

function lifeOf(db: Database.Database): Life {
  const all = <Kind extends Row>(sql: string): Kind[] => db.prepare<[], Kind>(sql).all();
  const [sale] = all<Row & SaleRow>('select * from sales');
  if (sale?.state !== 'paid') throw new Error('the sale that is repeated was paid');
  return {
    sale,
    entries: all<EntryRow>('select * from sale_events order by revision').map(unnumbered('number')),
    work: all<Row & WorkRow>('select * from outbox order by id').map(unnumbered('id')),
    attempts: all('select * from payment_attempts order by ordinal'),
    calls: all('select * from calls order by number'),
  };
}

/** Without the number that the table gives each row itself. */
function unnumbered<Kind extends Row>(column: string): (row: Kind) => Kind {
  return (row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)) as Kind;
}

/** Writes the life again under the id of this number, begun at this time. */
function cloner(db: Database.Database, life: Life): (number: number, atMs: number) => void {
  const [firstEntry] = life.entries;
  if (firstEntry === undefined) throw new Error('a sale has a journal');
  const add = {
    sale: inserter(db, 'sales', life.sale),
    entry: inserter(db, 'sale_events', firstEntry),
    work: life.work.map((row) => inserter(db, 'outbox', row)),
    attempt: life.attempts.map((row) => inserter(db, 'payment_attempts', row)),
    call: life.calls.map((row) => inserter(db, 'calls', row)),
  };
  const paymentIntent = life.sale.payment_intent_id ?? '';
  const renamed = renamer([life.sale.id.slice('sale_'.length), paymentIntent.slice('pi_'.length)]);

  return (number, atMs) => {
    const to = [
      numberedSaleId(number).slice('sale_'.length),
      String(number).padStart(paymentIntent.length - 'pi_'.length, '0'),
    ];
    const moved = (row: Row): Row => later(renamed(row, to), atMs - life.sale.added_at_ms);
    const texts = new Map<string, string>();
    const hashOf = (record: string): string => {
      const known = texts.get(record) ?? sha256(record);
      texts.set(record, known);
      return known;
    };

    const sale = moved(life.sale) as Row & SaleRow;
    let hash = chainStart;
    for (const [index, row] of life.entries.entries()) {
      const entry = moved(row) as EntryRow;
      const isLast = index === life.entries.length - 1;
      // Records between the first and the last are gone with the steps that replaced them; their hashes stand in.
      const recordHash = isLast ? hashOf(sale.record) : sha256(entry.event);
      hash = entryHash(hash, { ...asEntry(entry, sale.id), recordHash });
      add.entry({ ...entry, record_hash: recordHash, hash });
    }
    const sealed = { ...sale, hash };
    add.sale({ ...sealed, seal: rowSeal(sealed) });
    for (const [index, like] of life.work.entries()) {
      const row = moved(like) as Row & WorkRow;
      add.work[index]?.({ ...row, seal: workSeal(row) });
    }
    for (const [index, row] of life.attempts.entries()) add.attempt[index]?.(moved(row));
    for (const [index, row] of life.calls.entries()) add.call[index]?.(moved(row));
  };
}

function asEntry(row: EntryRow, sale: string): Omit<Entry, 'recordHash'> {
  return {
    saleId: sale,
    revision: row.revision,
    atMs: row.at_ms,
    event: row.event,
    state: row.state,
  };
}

/** Puts other words in the place of these in every text of a row; where they stand is looked up once a row. */
function renamer(from: readonly string[]): (row: Row, to: readonly string[]) => Row {
  const known = new Map<
    Row,
    readonly (readonly [string, readonly (string | number)[] | Value])[]
  >();
  const pattern = new RegExp(`(${from.join('|')})`);
  const split = (value: Value): readonly (string | number)[] | Value => {
    if (typeof value !== 'string' || !pattern.test(value)) return value;
    return value.split(pattern).map((piece) => {
      const index = from.indexOf(piece);
      return index === -1 ? piece : index;
    });
  };
  return (row, to) => {
    const columns =
      known.get(row) ?? Object.entries(row).map(([name, value]) => [name, split(value)] as const);
    known.set(row, columns);
    const result: Row = {};
    for (const [name, value] of columns) {
      result[name] = Array.isArray(value)
        ? value
            .map((piece: string | number) =>
              typeof piece === 'number' ? (to[piece] ?? '') : piece,
            )
            .join('')
        : (value as Value);
    }
    return result;
  };
}

/** Every time in the row moved by this much. */
function later(row: Row, byMs: number): Row {
  for (const [name, value] of Object.entries(row)) {
    if (name.endsWith('_ms') && name !== 'duration_ms' && typeof value === 'number') {
      row[name] = value + byMs;
    }
  }
  return row;
}
