import type Database from 'better-sqlite3';
import type { CardSetup } from '../domain/card-setup.ts';
import { type SetupEvent, setupTransition } from '../domain/card-setup-transition.ts';
import type { SetupId } from '../domain/ids.ts';
import { JournaledTable, type JournaledRow, type RowParts } from './journaled-table.ts';
import { withSeal } from './sealed-tables.ts';
import { setupOf } from './setup-record.ts';

/** Cards kept without a sale, each with its journal. */
export class SetupsTable {
  readonly #rows: JournaledTable<CardSetup>;
  readonly #unfinished: Database.Statement<[], JournaledRow>;

  constructor(db: Database.Database) {
    this.#rows = new JournaledTable(db, {
      table: 'card_setups',
      journal: 'setup_events',
      formOf: setupOf,
      after: (before, event) => {
        // Its entry's hash was verified: it is what this program wrote.
        const next = setupTransition(before, event as SetupEvent);
        return next.kind === 'moved' ? next.setup : null;
      },
      rowOf,
    });
    this.#unfinished = db.prepare(`
      select * from card_setups where state not in ('kept', 'not_kept', 'canceled') order by added_at_ms, id`);
  }

  add(setup: CardSetup, nowMs: number): void {
    this.#rows.add(setup, nowMs);
  }

  find(id: SetupId): CardSetup | null {
    return this.#rows.find(id)?.thing ?? null;
  }

  save(before: CardSetup, after: CardSetup, event: SetupEvent, nowMs: number): void {
    this.#rows.save(before, after, event, nowMs);
  }

  /** Oldest first. */
  unfinished(): readonly CardSetup[] {
    return this.#rows.list(this.#unfinished.all()).map(({ thing }) => thing);
  }
}

function rowOf(setup: CardSetup, { record, hash, addedAtMs, changedAtMs }: RowParts): JournaledRow {
  return withSeal('card_setups', {
    id: setup.id,
    member_key: setup.memberKey,
    consent_id: setup.consentId,
    state: setup.state,
    setup_intent_id: setup.setupIntent?.id ?? null,
    record,
    revision: setup.revision,
    added_at_ms: addedAtMs,
    changed_at_ms: changedAtMs,
    hash,
  });
}
