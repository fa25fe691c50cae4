import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { keepFailures, type KeepOutcome } from '../domain/card-on-file.ts';
import { paymentMethodId } from '../domain/ids.ts';
import type { SavedFrom } from '../ports/card-book.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

/** A row of `keepings`. */
interface KeepingRow {
  readonly source: string;
  readonly outcome: string;
  readonly card_id: string | null;
  readonly why: string | null;
  readonly at_ms: number;
  readonly seal: string;
}

/** What became of each wish to keep a card. A row that is not what was written counts as not there. */
export class KeepingsTable {
  readonly #put: Database.Statement<[KeepingRow]>;
  readonly #find: Database.Statement<[string], KeepingRow>;

  constructor(db: Database.Database) {
    this.#put = db.prepare(`
      insert or replace into keepings (source, outcome, card_id, why, at_ms, seal)
      values (:source, :outcome, :card_id, :why, :at_ms, :seal)`);
    this.#find = db.prepare('select * from keepings where source = ?');
  }

  /** The first outcome stays. */
  settle(from: SavedFrom, outcome: KeepOutcome, nowMs: number): void {
    if (this.of(from) !== null) return;
    this.#put.run(
      withSeal('keepings', {
        source: from,
        outcome: outcome.kind,
        card_id: outcome.kind === 'kept' ? outcome.cardId : null,
        why: outcome.kind === 'kept' ? null : outcome.why,
        at_ms: nowMs,
      }),
    );
  }

  of(from: SavedFrom): KeepOutcome | null {
    const row = this.#find.get(from);
    if (row === undefined || !isSealed('keepings', row)) return null;
    if (row.card_id !== null) return { kind: 'kept', cardId: paymentMethodId(row.card_id) };
    const why = keepFailures.find((one) => one === row.why);
    assert(why !== undefined, 'a sealed row says why no card was kept');
    return { kind: 'not_kept', why };
  }
}
