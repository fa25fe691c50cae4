import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import type { OutboxRow, WaitingWork, WorkOwner } from '../ports/ledger.ts';
import type { HandedOut } from './handed-out.ts';
import type { OutboxFronts } from './outbox-fronts.ts';
import {
  kindOf,
  unfit,
  urgencies,
  urgenciesOfReads,
  urgencyOf,
  workOf,
  type WorkRow,
} from './outbox-work.ts';
import { workOwnerOrNull } from './work-owner.ts';

interface Next {
  readonly id: number;
  readonly next_at_ms: number;
}

interface QueueRow extends WorkRow {
  readonly id: number;
  readonly tries: number;
  readonly state: string;
}

interface WaitingRow {
  readonly owner: string;
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
/** Every urgency there is: named, so that the index is entered at the end of each. */
const everyUrgency = urgencies.join(', ');
/** A worker makes fewer calls at once than this. */
const busyMax = 8;
const notBusy = `owner not in (${Array.from({ length: busyMax }, (_, at) => `:busy${at}`).join(', ')})`;

type Busy = Readonly<Record<`busy${number}`, string>>;

/**
 * Which row is next. Each question is answered from the front of an index, so that it costs the same whatever
 * waits behind:
 *
 * 1. The row of each urgency that falls due first (`outbox-fronts.ts`): most looks find that none is due.
 * 2. Of captures, once any is due, that of the nearest deadline (`outbox_deadline`); if it waits out a delay, as in an
 *    outage, the nearest that is due among the first `lookAhead`.
 * 3. Then by urgency, and within it by due time. This also finds the due capture that lies behind the look.
 * 4. Last a row that is put off further than anything ever is: the clock was set back since.
 */
export class OutboxQueue {
  readonly #db: Database.Database;
  readonly #handedOut: HandedOut;
  readonly #boot: string;
  readonly #fronts: OutboxFronts;
  readonly #nearest: Database.Statement<[Busy], Next>;
  readonly #nearestDue: Database.Statement<[object], Next>;
  readonly #tooFar: Database.Statement<[object], { readonly id: number }>;
  readonly #row: Database.Statement<[number], QueueRow>;
  readonly #hurry: Database.Statement;
  readonly #backlog: Database.Statement<
    [],
    { readonly count: number; readonly oldest: number | null }
  >;
  readonly #waiting: Database.Statement<[number], WaitingRow>;
  readonly #setAside: Database.Statement<[number], WaitingRow>;

  constructor(db: Database.Database, boot: string, handedOut: HandedOut, fronts: OutboxFronts) {
    this.#db = db;
    this.#boot = boot;
    this.#handedOut = handedOut;
    this.#fronts = fronts;
    const captures = `from outbox indexed by outbox_deadline
      where state = 'waiting' and kind = 'payment_intent.capture' and ${notBusy} order by deadline_ms`;
    this.#nearest = db.prepare(`select id, next_at_ms ${captures} limit 1`);
    this.#nearestDue = db.prepare(`
      select id, next_at_ms from (select id, next_at_ms, deadline_ms ${captures} limit ${lookAhead})
      where next_at_ms <= :nowMs order by deadline_ms limit 1`);
    this.#tooFar = db.prepare(`
      select id from outbox indexed by outbox_due
      where state = 'waiting' and urgency in (${everyUrgency}) and next_at_ms > :afterMs and ${notBusy}
      order by urgency limit 1`);
    this.#row = db.prepare(`
      select id, owner, kind, ordinal, idempotency_key, email, stored_by_boot, stored_at_ms, deadline_ms, seal, tries, state
      from outbox where id = ?`);
    this.#hurry = db.prepare(
      `update outbox set next_at_ms = :nowMs where state = 'waiting' and next_at_ms > :nowMs`,
    );
    this.#backlog = db.prepare(`
      select count(*) as count, min(stored_at_ms) as oldest from outbox indexed by outbox_due
      where state = 'waiting' and urgency not in (${urgenciesOfReads.join(', ')})`);
    const shown = 'owner, kind, stored_at_ms, next_at_ms, tries, last_answer, state';
    this.#waiting = db.prepare(`
      select ${shown} from outbox indexed by outbox_due
      where state = 'waiting' order by urgency, next_at_ms limit ?`);
    this.#setAside = db.prepare(`
      select ${shown} from outbox where state = 'set_aside' order by urgency, stored_at_ms limit ?`);
  }

  /** The next row that may be worked on, whatever `refuse` was told of rows before it that may not. */
  next(
    nowMs: number,
    busy: ReadonlySet<WorkOwner>,
    refuse: (id: number, why: string) => void,
  ): OutboxRow | null {
    for (let astray = 0; ;) {
      const id = this.#candidate(nowMs, busy);
      if (id === null) return null;
      const row = this.#row.get(id);
      if (row?.state !== 'waiting') {
        // What is kept of the last look may be older than the row's end; an index that leads astray even so is made
        // anew from the rows, which it only repeats.
        astray += 1;
        assert(astray < 3, 'the indexes of the outbox lead to rows that wait');
        if (astray === 2) this.#db.exec('reindex outbox');
        this.#fronts.forget();
        continue;
      }
      const why = unfit(row);
      if (why === null) return this.#handOut(row);
      refuse(row.id, why);
    }
  }

  nextDueAtMs(nowMs: number, busy: ReadonlySet<WorkOwner>): number | null {
    const fronts = this.#fronts.of(busy);
    if (fronts.length === 0) return null;
    return Math.min(nowMs + delayMax, ...fronts.map((front) => front.next_at_ms));
  }

  hurry(nowMs: number): void {
    this.#hurry.run({ nowMs });
    this.#fronts.forget();
  }

  backlog(): { readonly count: number; readonly oldestAtMs: number | null } {
    const row = this.#backlog.get();
    return { count: row?.count ?? 0, oldestAtMs: row?.oldest ?? null };
  }

  waiting(limit: number): readonly WaitingWork[] {
    const setAside = this.#setAside.all(limit);
    return [...setAside, ...this.#waiting.all(limit)]
      .slice(0, limit)
      .flatMap((row): readonly WaitingWork[] => {
        const kind = kindOf(row.kind);
        const owner = workOwnerOrNull(row.owner);
        // A damaged row may name no owner at all; it is told of by the check of the file.
        if (kind === null || owner === null) return [];
        return [
          {
            owner,
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

  #candidate(nowMs: number, busyOwners: ReadonlySet<WorkOwner>): number | null {
    const due = this.#fronts.of(busyOwners).find((front) => front.next_at_ms <= nowMs);
    if (due?.urgency === urgencyOf['payment_intent.capture']) {
      return this.#nearestDeadline(nowMs, busyIn(busyOwners)) ?? due.id;
    }
    if (due !== undefined) return due.id;
    const afterMs = nowMs + delayMax;
    const last = this.#fronts.lastOf(busyOwners);
    if (last === null || last <= afterMs) return null;
    return this.#tooFar.get({ ...busyIn(busyOwners), afterMs })?.id ?? null;
  }

  #nearestDeadline(nowMs: number, busy: Busy): number | null {
    const nearest = this.#nearest.get(busy);
    if (nearest !== undefined && nearest.next_at_ms <= nowMs) return nearest.id;
    return this.#nearestDue.get({ ...busy, nowMs })?.id ?? null;
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

/** Empty text is no owner's id. */
function busyIn(owners: ReadonlySet<WorkOwner>): Busy {
  assert(owners.size <= busyMax, 'no more calls are made at once than a look can leave out');
  const ids = [...owners];
  const busy: Record<`busy${number}`, string> = {};
  for (let at = 0; at < busyMax; at += 1) busy[`busy${at}`] = ids[at] ?? '';
  return busy;
}
