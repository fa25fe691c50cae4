import type Database from 'better-sqlite3';
import type { CallRecord, ReaderCallKind, StoredCall, WorkOwner } from '../ports/ledger.ts';
import { kindOf } from './outbox-work.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

interface CallRow {
  readonly owner: string;
  readonly number: number;
  readonly kind: string;
  readonly ordinal: number;
  readonly outcome: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly request_id: string | null;
  readonly duration_ms: number;
  readonly first_at_ms: number;
  readonly last_at_ms: number;
  readonly times: number;
  readonly seal: string;
}

const outcomes = [
  'done',
  'refused',
  'uncertain',
  'busy',
  'denied',
  'unanswered',
] as const satisfies readonly CallRecord['outcome'][];
/** Said again and again while a system is away: counted, so that an outage of days stays one line. */
const silent: ReadonlySet<string> = new Set(['busy', 'denied', 'unanswered']);

/** More owners than are called for at once. */
const givenMax = 64;

/** What every call to the outside came to, for its owner's history. */
export class CallsTable {
  readonly #insert: Database.Statement;
  readonly #repeat: Database.Statement;
  readonly #highest: Database.Statement<[string], { readonly number: number | null }>;
  readonly #last: Database.Statement<[string, string, number], CallRow>;
  readonly #of: Database.Statement<[string], CallRow>;
  /** The highest numbers that this process gave, of the owners it called for last. */
  readonly #given = new Map<string, number>();

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into calls (owner, number, kind, ordinal, outcome, status, code, request_id, duration_ms,
        first_at_ms, last_at_ms, times, seal)
      values (:owner, :number, :kind, :ordinal, :outcome, :status, :code, :request_id, :duration_ms,
        :first_at_ms, :last_at_ms, :times, :seal)`);
    this.#repeat = db.prepare(`
      update calls set times = :times, last_at_ms = :last_at_ms, duration_ms = :duration_ms, request_id = :request_id,
        seal = :seal
      where owner = :owner and number = :number`);
    this.#highest = db.prepare('select max(number) as number from calls where owner = ?');
    this.#last = db.prepare(`
      select * from calls where owner = ? and kind = ? and ordinal = ? order by number desc limit 1`);
    this.#of = db.prepare('select * from calls where owner = ? order by number');
  }

  add(
    owner: WorkOwner,
    { kind, ordinal }: { readonly kind: StoredCall['work']; readonly ordinal: number },
    call: CallRecord,
    nowMs: number,
  ): void {
    const { outcome, status, code, requestId } = call;
    const now = {
      request_id: requestId,
      duration_ms: Math.max(0, Math.round(call.durationMs)),
      last_at_ms: nowMs,
    };
    const last = silent.has(outcome) ? this.#last.get(owner, kind, ordinal) : undefined;
    if (last?.outcome === outcome && last.status === status && last.code === code) {
      this.#repeat.run(withSeal('calls', { ...last, ...now, times: last.times + 1 }));
      return;
    }
    const row = {
      ...now,
      owner,
      number: this.#nextNumber(owner),
      kind,
      ordinal,
      outcome,
      status,
      code,
      first_at_ms: nowMs,
      times: 1,
    };
    this.#insert.run(withSeal('calls', row));
  }

  /** One that was given in a transaction that failed is not given again: numbers tell the order, not the count. */
  #nextNumber(owner: WorkOwner): number {
    const number = (this.#given.get(owner) ?? this.#highest.get(owner)?.number ?? 0) + 1;
    this.#given.delete(owner);
    this.#given.set(owner, number);
    if (this.#given.size > givenMax) {
      const oldest = this.#given.keys().next();
      if (oldest.done !== true) this.#given.delete(oldest.value);
    }
    return number;
  }

  /** Lines that are not what was written are left out. */
  of(owner: WorkOwner): readonly StoredCall[] {
    return this.#of.all(owner).flatMap((row): readonly StoredCall[] => {
      const work = kindOf(row.kind) ?? readerCallOf(row.kind);
      const outcome = outcomes.find((one) => one === row.outcome);
      if (work === null || outcome === undefined || !isSealed('calls', row)) return [];
      return [
        {
          work,
          ordinal: row.ordinal,
          outcome,
          status: row.status,
          code: row.code,
          requestId: row.request_id,
          durationMs: row.duration_ms,
          firstAtMs: row.first_at_ms,
          lastAtMs: row.last_at_ms,
          times: row.times,
        },
      ];
    });
  }
}

const readerCalls = [
  'reader.process_payment_intent',
  'reader.collect_payment_method',
  'reader.confirm_payment_intent',
  'reader.process_setup_intent',
  'reader.refund_payment',
  'reader.read',
  'reader.cancel_action',
  'reader.set_reader_display',
] as const satisfies readonly ReaderCallKind[];

/** Null for a word that names no call to a reader. */
function readerCallOf(text: string): ReaderCallKind | null {
  return readerCalls.find((kind) => kind === text) ?? null;
}

/** The answer in a few words, for the row of the outbox. */
export function answerWords({ outcome, status, code }: CallRecord): string {
  return [outcome, status, code].filter((word) => word !== null).join(' ');
}
