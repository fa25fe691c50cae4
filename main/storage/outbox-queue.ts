import type Database from 'better-sqlite3';
import type { SaleId } from '../domain/ids.ts';
import { saleId } from '../domain/ids.ts';
import type { OutboxRow, WaitingWork } from '../ports/ledger.ts';
import type { HandedOut } from './handed-out.ts';
import { kindOf, unfit, urgencyOf, workOf, type WorkRow } from './outbox-work.ts';

interface Candidate {
  readonly id: number;
  readonly sale_id: string;
}

interface Timed extends Candidate {
  readonly next_at_ms: number;
}

interface QueueRow extends WorkRow {
  readonly id: number;
  readonly tries: number;
}

interface WaitingRow {
  readonly sale_id: string;
  readonly kind: string;
  readonly stored_at_ms: number;
  readonly next_at_ms: number;
  readonly tries: number;
  readonly last_answer: string | null;
  readonly state: string;
}

/** Nothing is put off longer, in milliseconds: what seems to be was stored before the clock was set back. */
const delayMax = 120_000;
/** How many captures are looked at in the order of their deadlines before the order of their due times is taken. */
const lookAhead = 64;
/** Every urgency there is, soonest first. */
const urgencies = Object.values(urgencyOf).toSorted((one, other) => one - other);

/**
 * Which row is next. Each question is answered from the front of an index, so that it costs the same whatever
 * waits behind:
 *
 * 1. The captures of the nearest deadlines (`outbox_deadline`), the first `lookAhead` of them: the nearest that
 *    is due and free. During an outage many of them wait out a delay, so this look may find none.
 * 2. Then by urgency, and within it by due time (`outbox_due`): every row there up to now is due, so only rows of
 *    busy sales are passed over, and those are few. This also finds the due capture that lies behind the look.
 * 3. Last a row that is put off further than anything ever is: the clock was set back since.
 */
export class OutboxQueue {
  readonly #handedOut: HandedOut;
  readonly #boot: string;
  readonly #byDeadline: Database.Statement<[number, number], Candidate>;
  readonly #byDueTime: Database.Statement<[number, number], Candidate>;
  readonly #nextOf: Database.Statement<[number], Timed>;
  readonly #tooFar: Database.Statement<[number, number], Candidate>;
  readonly #row: Database.Statement<[number], QueueRow>;
  readonly #hurry: Database.Statement;
  readonly #backlog: Database.Statement<
    [number],
    { readonly count: number; readonly oldest: number | null }
  >;
  readonly #waiting: Database.Statement<[number], WaitingRow>;
  readonly #setAside: Database.Statement<[number], WaitingRow>;

  constructor(db: Database.Database, boot: string, handedOut: HandedOut) {
    this.#boot = boot;
    this.#handedOut = handedOut;
    this.#byDeadline = db.prepare(`
      select id, sale_id from (
        select id, sale_id, next_at_ms, deadline_ms from outbox indexed by outbox_deadline
        where state = 'waiting' and kind = 'payment_intent.capture' order by deadline_ms limit ?
      ) where next_at_ms <= ? order by deadline_ms`);
    this.#byDueTime = db.prepare(`
      select id, sale_id from outbox indexed by outbox_due
      where state = 'waiting' and urgency = ? and next_at_ms <= ? order by next_at_ms`);
    this.#nextOf = db.prepare(`
      select id, sale_id, next_at_ms from outbox indexed by outbox_due
      where state = 'waiting' and urgency = ? order by next_at_ms`);
    this.#tooFar = db.prepare(`
      select id, sale_id from outbox indexed by outbox_due
      where state = 'waiting' and urgency = ? and next_at_ms > ? order by next_at_ms`);
    this.#row = db.prepare(`
      select id, sale_id, kind, ordinal, idempotency_key, email, stored_by_boot, stored_at_ms, deadline_ms, seal, tries
      from outbox where id = ?`);
    this.#hurry = db.prepare(
      `update outbox set next_at_ms = :nowMs where state = 'waiting' and next_at_ms > :nowMs`,
    );
    this.#backlog = db.prepare(`
      select count(*) as count, min(stored_at_ms) as oldest from outbox indexed by outbox_due
      where state = 'waiting' and urgency <> ?`);
    const shown = 'sale_id, kind, stored_at_ms, next_at_ms, tries, last_answer, state';
    this.#waiting = db.prepare(`
      select ${shown} from outbox indexed by outbox_due
      where state = 'waiting' order by urgency, next_at_ms limit ?`);
    this.#setAside = db.prepare(`
      select ${shown} from outbox where state = 'set_aside' order by urgency, stored_at_ms limit ?`);
  }

  /** The next row that may be worked on, whatever `refuse` was told of rows before it that may not. */
  next(
    nowMs: number,
    busy: ReadonlySet<SaleId>,
    refuse: (id: number, why: string) => void,
  ): OutboxRow | null {
    for (;;) {
      const id = this.#candidate(nowMs, busy);
      const row = id === null ? undefined : this.#row.get(id);
      if (row === undefined) return null;
      const why = unfit(row);
      if (why === null) return this.#handOut(row);
      refuse(row.id, why);
    }
  }

  nextDueAtMs(nowMs: number, busy: ReadonlySet<SaleId>): number | null {
    let next: number | null = null;
    for (const urgency of urgencies) {
      const first = firstFree(this.#nextOf, [urgency], busy);
      if (first !== null && (next === null || first.next_at_ms < next)) next = first.next_at_ms;
    }
    return next === null ? null : Math.min(next, nowMs + delayMax);
  }

  hurry(nowMs: number): void {
    this.#hurry.run({ nowMs });
  }

  backlog(): { readonly count: number; readonly oldestAtMs: number | null } {
    const row = this.#backlog.get(urgencyOf['payment_intent.read']);
    return { count: row?.count ?? 0, oldestAtMs: row?.oldest ?? null };
  }

  waiting(limit: number): readonly WaitingWork[] {
    const setAside = this.#setAside.all(limit);
    return [...setAside, ...this.#waiting.all(limit)]
      .slice(0, limit)
      .flatMap((row): readonly WaitingWork[] => {
        const kind = kindOf(row.kind);
        if (kind === null) return [];
        return [
          {
            saleId: saleId(row.sale_id),
            kind,
            storedAtMs: row.stored_at_ms,
            nextAtMs: row.next_at_ms,
            tries: row.tries,
            lastAnswer: row.last_answer,
            setAside: row.state === 'set_aside',
          },
        ];
      });
  }

  #candidate(nowMs: number, busy: ReadonlySet<SaleId>): number | null {
    const nearest = firstFree(this.#byDeadline, [lookAhead, nowMs], busy);
    if (nearest !== null) return nearest.id;
    for (const urgency of urgencies) {
      const due = firstFree(this.#byDueTime, [urgency, nowMs], busy);
      if (due !== null) return due.id;
    }
    for (const urgency of urgencies) {
      const lost = firstFree(this.#tooFar, [urgency, nowMs + delayMax], busy);
      if (lost !== null) return lost.id;
    }
    return null;
  }

  #handOut(row: QueueRow): OutboxRow {
    const mayHaveBeenSent =
      row.tries > 0 || row.stored_by_boot !== this.#boot || this.#handedOut.knows(row.id);
    this.#handedOut.goesOut(row.id);
    return {
      id: row.id,
      ...workOf(row),
      key: row.idempotency_key,
      storedAtMs: row.stored_at_ms,
      mayHaveBeenSent,
      tries: row.tries,
    };
  }
}

/** Leaves the rest unread. To begin an iteration costs several times a look at the first row, which is nearly always it. */
function firstFree<Bind extends unknown[], Row extends Candidate>(
  rows: Database.Statement<Bind, Row>,
  bind: Bind,
  busy: ReadonlySet<string>,
): Row | null {
  const first = rows.get(...bind);
  if (first === undefined) return null;
  if (!busy.has(first.sale_id)) return first;
  for (const row of rows.iterate(...bind)) if (!busy.has(row.sale_id)) return row;
  return null;
}
