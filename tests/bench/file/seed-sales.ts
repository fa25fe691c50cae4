import type Database from 'better-sqlite3';
import { type Entry, chainStart, entryHash, sha256 } from '../../../main/storage/chain.ts';
import { workSeal, type WorkRow } from '../../../main/storage/outbox-work.ts';
import { rowSeal, type SaleRow } from '../../../main/storage/sale-row.ts';
import { openBenchDesk } from '../desk/bench-desk.ts';
import { connectReader, sell } from '../desk/sell.ts';
import { numberedSaleId, openOurs } from '../ours.ts';
import { inBulk, inserter } from './in-bulk.ts';
import { repeated, type Row } from './repeated-row.ts';

interface EntryRow extends Row {
  readonly hash: string;
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
  const paymentIntent = life.sale.payment_intent_id ?? '';
  const former = [life.sale.id.slice('sale_'.length), paymentIntent.slice('pi_'.length)];
  const again = {
    sale: repeated(life.sale, former),
    entries: life.entries.map((row) => repeated(row, former)),
    work: life.work.map((row) => repeated(row, former)),
    attempts: life.attempts.map((row) => repeated(row, former)),
    calls: life.calls.map((row) => repeated(row, former)),
  };
  const add = {
    sale: inserter(db, 'sales', [life.sale]),
    entries: inserter(db, 'sale_events', life.entries),
    work: inserter(db, 'outbox', life.work),
    attempts: inserter(db, 'payment_attempts', life.attempts),
    calls: inserter(db, 'calls', life.calls),
  };

  return (number, atMs) => {
    const words = [
      numberedSaleId(number).slice('sale_'.length),
      String(number).padStart(paymentIntent.length - 'pi_'.length, '0'),
    ];
    const byMs = atMs - life.sale.added_at_ms;
    const sale = again.sale(words, byMs);
    const entries = chained(
      sale,
      again.entries.map((entry) => entry(words, byMs)),
    );
    const sealed = { ...sale, hash: entries.at(-1)?.hash ?? chainStart };
    add.sale([{ ...sealed, seal: rowSeal(sealed) }]);
    add.entries(entries);
    add.work(
      again.work.map((row) => {
        const work = row(words, byMs);
        return { ...work, seal: workSeal(work) };
      }),
    );
    add.attempts(again.attempts.map((row) => row(words, byMs)));
    add.calls(again.calls.map((row) => row(words, byMs)));
  };
}

/** Records between the first and the last went with the steps that replaced them: other hashes stand in for theirs. */
function chained(sale: SaleRow, entries: readonly EntryRow[]): readonly EntryRow[] {
  let before = chainStart;
  return entries.map((entry, index) => {
    const isLast = index === entries.length - 1;
    const recordHash = isLast
      ? sha256(sale.record)
      : before === chainStart
        ? sha256(entry.event)
        : before;
    before = entryHash(before, { ...asEntry(entry, sale.id), recordHash });
    return { ...entry, record_hash: recordHash, hash: before };
  });
}

function asEntry(row: EntryRow, sale: string): Omit<Entry, 'recordHash'> {
  return {
    owner: sale,
    revision: row.revision,
    atMs: row.at_ms,
    event: row.event,
    state: row.state,
  };
}
