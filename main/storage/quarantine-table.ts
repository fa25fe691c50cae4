import type Database from 'better-sqlite3';
import { rowsOfSale } from './rows-of-sale.ts';

/** Rows as they were found damaged: kept for support, whatever becomes of the sale. */
export class QuarantineTable {
  readonly #insert: Database.Statement;
  readonly #sale: Database.Statement<[string]>;
  readonly #hanging: readonly (readonly [string, Database.Statement<[string]>])[];

  constructor(db: Database.Database) {
    this.#insert = db.prepare(
      'insert into quarantine (sale_id, at_ms, why, outcome, rows) values (?, ?, ?, ?, ?)',
    );
    this.#sale = db.prepare('select * from sales where id = ?');
    this.#hanging = rowsOfSale.map(([table, column]) => [
      table,
      db.prepare<[string]>(`select * from ${table} where ${column} = ?`),
    ]);
  }

  /** Everything that is stored of the sale, as JSON. */
  rowsOf(sale: string): string {
    const all: Record<string, unknown> = { sales: this.#sale.all(sale) };
    for (const [table, rowsOf] of this.#hanging) all[table] = rowsOf.all(sale);
    // An address is kept until its receipt is sent, and no longer: this is kept for ever.
    return JSON.stringify(all, (key, value: unknown) => (key === 'email' ? null : value));
  }

  add(
    sale: string,
    rows: string,
    found: { readonly why: string; readonly outcome: 'proved' | 'not_proved' },
    nowMs: number,
  ): void {
    this.#insert.run(sale, nowMs, found.why, found.outcome, rows);
  }
}
