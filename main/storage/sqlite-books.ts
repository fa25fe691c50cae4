import type { Books, DayClose, Sweep } from '../ports/books.ts';
import { EventBook } from './event-book.ts';
import type { OpenDatabase } from './open.ts';
import { Pairs } from './pairs.ts';
import { isSealed, withSeal } from './sealed-tables.ts';
import { SightingsTable } from './sightings-table.ts';

interface SweepRow {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly done_at_ms: number;
  readonly seal: string;
}

interface CloseRow {
  readonly at_ms: number;
  readonly by: string;
  readonly report: string;
  readonly seal: string;
}

const sweepAsked = 'sweep_asked';

/** The books in the ledger's own file: what they write joins the ledger's transaction. */
export function sqliteBooks({ db, transactions }: OpenDatabase): Books {
  const events = new EventBook(db);
  const sightings = new SightingsTable(db);
  const pairs = new Pairs(db);
  const addSweep = db.prepare(`
    insert into sweeps (from_ms, to_ms, done_at_ms, seal) values (:from_ms, :to_ms, :done_at_ms, :seal)`);
  const lastSweep = db.prepare<[], SweepRow>('select * from sweeps order by id desc limit 1');
  const raise = db.prepare('insert into flags (name) values (?) on conflict (name) do nothing');
  const lower = db.prepare('delete from flags where name = ?');
  const isRaised = db.prepare<[string], { readonly name: string }>(
    'select name from flags where name = ?',
  );
  const addClose = db.prepare(
    'insert into day_closes (at_ms, by, report, seal) values (:at_ms, :by, :report, :seal)',
  );
  const lastClose = db.prepare<[], CloseRow>('select * from day_closes order by id desc limit 1');
  const quarantined = db.prepare<
    [],
    { readonly sale_id: string; readonly why: string; readonly at_ms: number }
  >(`
    select sale_id, why, max(at_ms) as at_ms from quarantine
    where outcome = 'not_proved' and not exists (select 1 from sales where sales.id = quarantine.sale_id)
    group by sale_id order by at_ms`);

  function atomically(work: () => void): void {
    transactions.run(work);
  }

  return {
    eventCursor: () => events.cursor(),
    saveEvents: (cursor, seen, forgetBeforeMs) =>
      atomically(() => events.save(cursor, seen, forgetBeforeMs)),
    isEventSeen: (id) => events.isSeen(id),

    saveSightings: (seen, nowMs) => atomically(() => sightings.save(seen, nowMs)),
    saveSweep: ({ fromMs, toMs, doneAtMs }) =>
      atomically(() => {
        addSweep.run(withSeal('sweeps', { from_ms: fromMs, to_ms: toMs, done_at_ms: doneAtMs }));
        lower.run(sweepAsked);
      }),
    lastSweep: () => sweepOf(lastSweep.get()),
    askForSweep: () => atomically(() => void raise.run(sweepAsked)),
    isSweepAsked: () => isRaised.get(sweepAsked) !== undefined,

    pairs: (fromMs, toMs) => pairs.of(fromMs, toMs),
    salesSince: (fromMs, limit) => pairs.salesSince(fromMs, limit),

    addDayClose: ({ atMs, by, report }) =>
      atomically(() => void addClose.run(withSeal('day_closes', { at_ms: atMs, by, report }))),
    lastDayClose: () => closeOf(lastClose.get()),

    quarantined: () =>
      quarantined.all().map((row) => ({ saleId: row.sale_id, why: row.why, atMs: row.at_ms })),
  };
}

function sweepOf(row: SweepRow | undefined): Sweep | null {
  return row === undefined || !isSealed('sweeps', row)
    ? null
    : { fromMs: row.from_ms, toMs: row.to_ms, doneAtMs: row.done_at_ms };
}

/** A report that was signed is not shown with other words. */
function closeOf(row: CloseRow | undefined): DayClose | null {
  if (row === undefined) return null;
  if (!isSealed('day_closes', row)) {
    throw new Error('the report of the last day close was changed');
  }
  return { atMs: row.at_ms, by: row.by, report: row.report };
}
