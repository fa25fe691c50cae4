import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { readerId } from '../domain/ids.ts';
import type { ChosenReader, ReaderChoice, ReaderIntegration } from '../ports/reader-book.ts';
import { isSealed, withSeal } from './sealed-tables.ts';

/** A row of `reader_choices`. */
interface ChoiceRow {
  readonly role: string;
  readonly reader_id: string | null;
  readonly integration: string;
  readonly shared: number;
  readonly label: string;
  readonly in_use: number;
  readonly chosen_by: string;
  readonly chosen_at_ms: number;
  readonly seal: string;
}

const integrations = ['sdk', 'server_driven'] as const satisfies readonly ReaderIntegration[];

/** The kiosk's reader and its spare. Both are chosen anew together, so that they are always of one choice. */
export class ReaderChoicesTable {
  readonly #all: Database.Statement<[], ChoiceRow>;
  readonly #clear: Database.Statement<[]>;
  readonly #insert: Database.Statement<[ChoiceRow]>;

  constructor(db: Database.Database) {
    this.#all = db.prepare('select * from reader_choices');
    this.#clear = db.prepare('delete from reader_choices');
    this.#insert = db.prepare(`
      insert into reader_choices (role, reader_id, integration, shared, label, in_use, chosen_by, chosen_at_ms, seal)
      values (:role, :reader_id, :integration, :shared, :label, :in_use, :chosen_by, :chosen_at_ms, :seal)`);
  }

  /** Null before the first, and for one of which a row is not what was written: it must be chosen anew. */
  read(): ReaderChoice | null {
    const rows = this.#all.all();
    if (!rows.every((row) => isSealed('reader_choices', row))) return null;
    const main = rows.find(({ role }) => role === 'main');
    const using = rows.find(({ in_use: inUse }) => inUse === 1)?.role;
    if (main === undefined || (using !== 'main' && using !== 'spare')) return null;
    const spare = rows.find(({ role }) => role === 'spare');
    return { main: chosenOf(main), spare: spare === undefined ? null : chosenOf(spare), using };
  }

  /** Part of a transaction. */
  save({ main, spare, using }: ReaderChoice, by: string, nowMs: number): void {
    assert(using === 'main' || spare !== null, 'a spare that is used was chosen');
    this.#clear.run();
    const chosen = [
      { role: 'main', reader: main },
      ...(spare === null ? [] : [{ role: 'spare', reader: spare }]),
    ];
    for (const { role, reader } of chosen) {
      this.#insert.run(
        withSeal('reader_choices', {
          role,
          reader_id: reader.readerId,
          integration: reader.integration,
          shared: Number(reader.isShared),
          label: reader.label,
          in_use: Number(role === using),
          chosen_by: by,
          chosen_at_ms: nowMs,
        }),
      );
    }
  }
}

function chosenOf(row: ChoiceRow): ChosenReader {
  const integration = integrations.find((one) => one === row.integration);
  assert(integration !== undefined, 'a sealed choice names an integration');
  return {
    readerId: row.reader_id === null ? null : readerId(row.reader_id),
    label: row.label,
    integration,
    isShared: row.shared === 1,
  };
}
