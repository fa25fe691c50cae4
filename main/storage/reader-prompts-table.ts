import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { attemptId, paymentIntentId, readerId, saleId } from '../domain/ids.ts';
import type { PromptKind, ReaderPrompt } from '../ports/reader-book.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

/** A row of `reader_prompts`. */
interface PromptRow {
  readonly id: number;
  readonly reader_id: string;
  readonly sale_id: string;
  readonly attempt_id: string;
  readonly payment_intent_id: string;
  readonly kind: string;
  readonly ordinal: number;
  readonly idempotency_key: string;
  readonly placed_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly outcome: string | null;
  readonly seal: string;
}

const kinds = [
  'process_payment_intent',
  'collect_payment_method',
  'confirm_payment_intent',
] as const satisfies readonly PromptKind[];

/** What of ours is, or may be, on a reader. Rows are never removed: an attempt's next number is past them all. */
export class ReaderPromptsTable {
  readonly #insert: Database.Statement<[Omit<PromptRow, 'id'>]>;
  readonly #highest: Database.Statement<[string, string], { readonly ordinal: number | null }>;
  readonly #find: Database.Statement<[number], PromptRow>;
  readonly #end: Database.Statement<[PromptRow]>;
  readonly #open: Database.Statement<[], PromptRow>;

  constructor(db: Database.Database) {
    this.#insert = db.prepare(`
      insert into reader_prompts (reader_id, sale_id, attempt_id, payment_intent_id, kind, ordinal, idempotency_key,
        placed_at_ms, ended_at_ms, outcome, seal)
      values (:reader_id, :sale_id, :attempt_id, :payment_intent_id, :kind, :ordinal, :idempotency_key,
        :placed_at_ms, :ended_at_ms, :outcome, :seal)`);
    this.#highest = db.prepare(
      'select max(ordinal) as ordinal from reader_prompts where sale_id = ? and attempt_id = ?',
    );
    this.#find = db.prepare('select * from reader_prompts where id = ?');
    this.#end = db.prepare(
      'update reader_prompts set ended_at_ms = :ended_at_ms, outcome = :outcome, seal = :seal where id = :id',
    );
    this.#open = db.prepare('select * from reader_prompts where ended_at_ms is null order by id');
  }

  /** Part of a transaction. The tables refuse a sale that is not stored and an attempt that is another's. */
  add(
    prompt: Omit<ReaderPrompt, 'id' | 'ordinal' | 'key' | 'placedAtMs'>,
    nowMs: number,
  ): ReaderPrompt {
    const highest = this.#highest.get(prompt.saleId, prompt.attemptId)?.ordinal ?? 0;
    const ordinal = highest + 1;
    const key = promptKey(prompt.saleId, prompt.attemptId, ordinal);
    const row = {
      reader_id: prompt.readerId,
      sale_id: prompt.saleId,
      attempt_id: prompt.attemptId,
      payment_intent_id: prompt.paymentIntentId,
      kind: prompt.kind,
      ordinal,
      idempotency_key: key,
      placed_at_ms: nowMs,
      ended_at_ms: null,
      outcome: null,
    };
    const { lastInsertRowid } = this.#insert.run(withSeal('reader_prompts', row));
    return { ...prompt, id: Number(lastInsertRowid), ordinal, key, placedAtMs: nowMs };
  }

  /** A damaged row keeps its broken seal: that it was damaged must not be forgotten with the prompt. */
  end(id: number, outcome: string, nowMs: number): void {
    const row = this.#find.get(id);
    assert(row !== undefined, 'a prompt that is ended was opened');
    if (row.ended_at_ms !== null) return;
    const ended = { ...row, ended_at_ms: nowMs, outcome };
    this.#end.run(isSealed('reader_prompts', row) ? withSeal('reader_prompts', ended) : ended);
  }

  /**
   * Oldest first. A damaged row is among them while its ids can be read: to forget what is on a reader is worse than
   * to ask about what is not. The check of the file tells of it.
   */
  open(): readonly ReaderPrompt[] {
    return this.#open.all().flatMap((row): readonly ReaderPrompt[] => {
      try {
        return [promptOf(row)];
      } catch (error) {
        if (error instanceof TypeError && !isSealed('reader_prompts', row)) return [];
        throw error;
      }
    });
  }
}

/** Sale, attempt and the call's number: never time, never chance, so that a replay carries the same (P2). */
function promptKey(sale: string, attempt: string, ordinal: number): string {
  return `foyer_${sale}_reader_${attempt.slice(attempt.lastIndexOf('_') + 1)}_${ordinal}`;
}

/** Throws a TypeError when an id or the kind is none. */
function promptOf(row: PromptRow): ReaderPrompt {
  const kind = kinds.find((one) => one === row.kind);
  if (kind === undefined) throw new TypeError(`Not a prompt: ${row.kind.slice(0, 60)}`);
  return {
    id: row.id,
    readerId: readerId(row.reader_id),
    saleId: saleId(row.sale_id),
    attemptId: attemptId(row.attempt_id),
    paymentIntentId: paymentIntentId(row.payment_intent_id),
    kind,
    ordinal: row.ordinal,
    key: row.idempotency_key,
    placedAtMs: row.placed_at_ms,
  };
}
