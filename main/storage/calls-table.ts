import type Database from 'better-sqlite3';
import type { SaleId } from '../domain/ids.ts';
import type { CallRecord, OutboxWork, StoredCall } from '../ports/ledger.ts';
import { kindOf, ordinalOf } from './outbox-work.ts';

interface CallRow {
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

/** What every call to the outside came to, for the sale's history. */
export class CallsTable {
  readonly #insert: Database.Statement;
  readonly #repeat: Database.Statement;
  readonly #last: Database.Statement<[string, string, number], CallRow>;
  readonly #of: Database.Statement<[string], CallRow>;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into calls (sale_id, number, kind, ordinal, outcome, status, code, request_id, duration_ms,
        first_at_ms, last_at_ms, times)
      values (:saleId, (select coalesce(max(number), 0) + 1 from calls where sale_id = :saleId), :kind, :ordinal,
        :outcome, :status, :code, :requestId, :durationMs, :nowMs, :nowMs, 1)`);
    this.#repeat = db.prepare(`
      update calls set times = times + 1, last_at_ms = :nowMs, duration_ms = :durationMs, request_id = :requestId
      where sale_id = :saleId and number = :number`);
    this.#last = db.prepare(`
      select * from calls where sale_id = ? and kind = ? and ordinal = ? order by number desc limit 1`);
    this.#of = db.prepare('select * from calls where sale_id = ? order by number');
  }

  add(saleId: SaleId, work: OutboxWork, call: CallRecord, nowMs: number): void {
    const { outcome, status, code, requestId } = call;
    const durationMs = Math.max(0, Math.round(call.durationMs));
    const last = silent.has(outcome)
      ? this.#last.get(saleId, work.kind, ordinalOf(work))
      : undefined;
    if (last?.outcome === outcome && last.status === status && last.code === code) {
      this.#repeat.run({ saleId, number: last.number, nowMs, durationMs, requestId });
      return;
    }
    this.#insert.run({
      saleId,
      kind: work.kind,
      ordinal: ordinalOf(work),
      outcome,
      status,
      code,
      requestId,
      durationMs,
      nowMs,
    });
  }

  of(saleId: SaleId): readonly StoredCall[] {
    return this.#of.all(saleId).flatMap((row): readonly StoredCall[] => {
      const work = kindOf(row.kind);
      const outcome = outcomes.find((one) => one === row.outcome);
      if (work === null || outcome === undefined) return [];
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

/** The answer in a few words, for the row of the outbox. */
export function answerWords({ outcome, status, code }: CallRecord): string {
  return [outcome, status, code].filter((word) => word !== null).join(' ');
}
