import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { attemptId, chargeId, paymentIntentId, readerId, setupIntentId } from '../domain/ids.ts';
import type { PromptKind, PromptObject, ReaderPrompt } from '../ports/reader-book.ts';
import { isSealed, withSeal } from './sealed-tables.ts';
import type { StoredOwners } from './stored-owners.ts';
import { errandOf } from './work-owner.ts';

/** A row of `reader_prompts`. */
interface PromptRow {
  readonly id: number;
  readonly reader_id: string;
  readonly owner: string;
  readonly attempt_id: string;
  readonly object: string;
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
  'process_setup_intent',
  'refund_payment',
] as const satisfies readonly PromptKind[];

/** What of ours is, or may be, on a reader. Rows are never removed: an attempt's next number is past them all. */
export class ReaderPromptsTable {
  readonly #insert: Database.Statement<[Omit<PromptRow, 'id'>]>;
  readonly #highest: Database.Statement<[string, string], { readonly ordinal: number | null }>;
  readonly #find: Database.Statement<[number], PromptRow>;
  readonly #end: Database.Statement<[PromptRow]>;
  readonly #open: Database.Statement<[], PromptRow>;
  readonly #owners: StoredOwners;

  constructor(db: Database.Database, owners: StoredOwners) {
    this.#owners = owners;
    this.#insert = db.prepare(`
      insert into reader_prompts (reader_id, owner, attempt_id, object, kind, ordinal, idempotency_key,
        placed_at_ms, ended_at_ms, outcome, seal)
      values (:reader_id, :owner, :attempt_id, :object, :kind, :ordinal, :idempotency_key,
        :placed_at_ms, :ended_at_ms, :outcome, :seal)`);
    this.#highest = db.prepare(
      'select max(ordinal) as ordinal from reader_prompts where owner = ? and attempt_id = ?',
    );
    this.#find = db.prepare('select * from reader_prompts where id = ?');
    this.#end = db.prepare(
      'update reader_prompts set ended_at_ms = :ended_at_ms, outcome = :outcome, seal = :seal where id = :id',
    );
    this.#open = db.prepare('select * from reader_prompts where ended_at_ms is null order by id');
  }

  /** Part of a transaction. Refuses, by throwing, an owner that is not stored and an attempt that is another's. */
  add(
    prompt: Omit<ReaderPrompt, 'id' | 'ordinal' | 'key' | 'placedAtMs'>,
    nowMs: number,
  ): ReaderPrompt {
    this.#owners.refuseStranger(prompt.owner);
    const highest = this.#highest.get(prompt.owner, prompt.attemptId)?.ordinal ?? 0;
    const ordinal = highest + 1;
    const key = promptKey(prompt.owner, prompt.attemptId, ordinal);
    const row = {
      reader_id: prompt.readerId,
      owner: prompt.owner,
      attempt_id: prompt.attemptId,
      object: prompt.object,
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

/** Owner, attempt and the call's number: never time, never chance, so that a replay carries the same (P2). */
function promptKey(owner: string, attempt: string, ordinal: number): string {
  return `foyer_${owner}_reader_${attempt.slice(attempt.lastIndexOf('_') + 1)}_${ordinal}`;
}

/** Throws a TypeError when an id or the kind is none. */
function promptOf(row: PromptRow): ReaderPrompt {
  const kind = kinds.find((one) => one === row.kind);
  if (kind === undefined) throw new TypeError(`Not a prompt: ${row.kind.slice(0, 60)}`);
  return {
    id: row.id,
    readerId: readerId(row.reader_id),
    owner: errandOf(row.owner),
    attemptId: attemptId(row.attempt_id),
    object: promptObject(row.object),
    kind,
    ordinal: row.ordinal,
    key: row.idempotency_key,
    placedAtMs: row.placed_at_ms,
  };
}

/** Throws a TypeError when the text is the id of nothing that a prompt is about. */
function promptObject(text: string): PromptObject {
  if (text.startsWith('pi_')) return paymentIntentId(text);
  return text.startsWith('seti_') ? setupIntentId(text) : chargeId(text);
}
