import type Database from 'better-sqlite3';
import { DamagedSale } from '../domain/damaged-sale.ts';
import type { PlatformOrder } from '../domain/platform-order.ts';
import { openSale, type Sale } from '../domain/sale.ts';
import { chainStart, sha256 } from './chain.ts';
import { brokenAt, type EntryRow, JournalTable, soundEntries } from './journal-table.ts';
import type { OpenDatabase } from './open.ts';
import { QuarantineTable } from './quarantine-table.ts';
import { firstSale, lastPaymentIntent, lastPlatformOrder, replay } from './replay.ts';
import { rowsOfSale } from './rows-of-sale.ts';
import { recordOf } from './sale-record.ts';
import { insertSale, rowOf, type RowTimes, saleColumns, type SaleRow } from './sale-row.ts';
import { firstEvent } from './sales-table.ts';
import { verifiedSale } from './verified-sales.ts';

/** The order it pays, and who settles it: without that its order would be free, and what can't be done be offered. */
function placeOf(
  { settledBy, recordsOrder }: Sale,
  platformOrder: PlatformOrder | null,
): Pick<Sale, 'platformOrder' | 'settledBy' | 'recordsOrder'> {
  return {
    ...(platformOrder === null ? {} : { platformOrder }),
    ...(settledBy === undefined ? {} : { settledBy }),
    ...(recordsOrder === undefined ? {} : { recordsOrder }),
  };
}

export type Mended =
  | { readonly kind: 'proved'; readonly sale: Sale }
  /** It needs staff: as a sale of its own where at least its order is certain, else by its id in quarantine. */
  | { readonly kind: 'not_proved'; readonly why: string };

/**
 * Looks at a sale whose row or journal is damaged. What was found is copied to quarantine; then the first of
 * these that holds is stored, in one transaction:
 *
 * 1. the sale its own row says, when that is sealed and no entry is newer: a new journal begins with it. A journal
 *    that lost its end is unbroken and leads to what the sale was before;
 * 2. the sale its whole journal leads to, when that journal is unbroken and names the very record it leads to;
 * 3. a sale in `needs_staff` made of what single sound entries say: its order, its PaymentIntent as last read;
 * 4. nothing: without an order there is no amount, and none is guessed. The id stays in quarantine.
 *
 * A sale that is not damaged is left alone. Throws when the file itself can't be read or written.
 */
export function mendSale({ db, transactions }: OpenDatabase, sale: string, nowMs: number): Mended {
  return transactions.run(() => new Mending(db, sale, nowMs).mend());
}

class Mending {
  readonly #db: Database.Database;
  readonly #id: string;
  readonly #nowMs: number;
  readonly #row: SaleRow | undefined;
  readonly #entries: readonly EntryRow[];

  constructor(db: Database.Database, sale: string, nowMs: number) {
    this.#db = db;
    this.#id = sale;
    this.#nowMs = nowMs;
    this.#row = db
      .prepare<[string], SaleRow>(`select ${saleColumns} from sales where id = ?`)
      .get(sale);
    this.#entries = new JournalTable(db).rowsOf(sale);
  }

  mend(): Mended {
    const sealed = this.#sealedSale();
    const broken = brokenAt(this.#entries, this.#row?.hash ?? '');
    if (!(sealed instanceof DamagedSale) && broken === null)
      return { kind: 'proved', sale: sealed };

    const quarantine = new QuarantineTable(this.#db);
    const rows = quarantine.rowsOf(this.#id);
    const why =
      sealed instanceof DamagedSale
        ? sealed.message
        : `The record of ${this.#id} is damaged: ${broken ?? ''}`;
    const mended = this.#byRow(sealed) ?? this.#byJournal() ?? this.#forStaff(why);
    quarantine.add(this.#id, rows, { why, outcome: mended.kind }, this.#nowMs);
    return mended;
  }

  #sealedSale(): Sale | DamagedSale {
    if (this.#row === undefined) return new DamagedSale(this.#id, 'its row is missing');
    try {
      return verifiedSale(this.#row);
    } catch (error) {
      if (error instanceof DamagedSale) return error;
      throw error;
    }
  }

  #byJournal(): Mended | null {
    const last = this.#entries.at(-1);
    if (last === undefined || brokenAt(this.#entries, last.hash) !== null) return null;
    const sale = replay(this.#entries);
    if (sale === null || sale.id !== this.#id) return null;
    this.#replaceRow(sale, recordOf(sale).record, last.hash);
    return { kind: 'proved', sale };
  }

  #byRow(sealed: Sale | DamagedSale): Mended | null {
    if (sealed instanceof DamagedSale || this.#row === undefined) return null;
    const { revision } = this.#row;
    if (this.#entries.some((entry) => entry.revision > revision)) return null;
    this.#beginAnew(sealed);
    return { kind: 'proved', sale: sealed };
  }

  #forStaff(why: string): Mended {
    const confirm = this.#highestOf('payment_intent.confirm');
    const sound = soundEntries(this.#entries);
    const first = sound[0] === undefined ? null : firstSale(sound[0]);
    if (first?.id !== this.#id) {
      this.#remove();
      return { kind: 'not_proved', why };
    }
    const { sale } = recordOf({
      ...openSale(first.id, first.kioskId, first.order),
      ...placeOf(first, lastPlatformOrder(sound)),
      state: 'needs_staff',
      staffReason: 'record_damaged',
      attended: false,
      completed: first.completed || sound.some(({ event }) => event === '{"kind":"confirmed"}'),
      paymentIntent: lastPaymentIntent(sound),
      attemptsMade: this.#highest('select max(ordinal) from payment_attempts where sale_id = ?'),
      ordinals: {
        create: this.#highestOf('payment_intent.create'),
        capture: this.#highestOf('payment_intent.capture'),
        cancel: this.#highestOf('payment_intent.cancel'),
        ...(confirm === 0 ? {} : { confirm }),
      },
      // Past every step that may still be decided on an older one.
      revision: Math.max(0, ...this.#entries.map(({ revision }) => revision)) + 1,
    });
    this.#beginAnew(sale);
    return { kind: 'not_proved', why };
  }

  /** Numbers that were used are not used again: a new step must have a new key. */
  #highestOf(kind: string): number {
    return this.#highest(`select max(ordinal) from outbox where owner = ? and kind = '${kind}'`);
  }

  #highest(sql: string): number {
    const highest: unknown = this.#db.prepare<[string]>(sql).pluck().get(this.#id);
    return typeof highest === 'number' ? highest : 0;
  }

  /** The old journal lies in quarantine; the new one begins with the sale as it is taken to be now. */
  #beginAnew(sale: Sale): void {
    const { record } = recordOf(sale);
    // The row that it refers to follows within the transaction.
    this.#db.pragma('defer_foreign_keys = 1');
    this.#db.prepare('delete from sale_events where sale_id = ?').run(this.#id);
    const hash = new JournalTable(this.#db).add(chainStart, {
      owner: sale.id,
      revision: sale.revision,
      atMs: this.#nowMs,
      event: firstEvent(sale, record),
      state: sale.state,
      recordHash: sha256(record),
    });
    this.#replaceRow(sale, record, hash);
  }

  /** What hangs on the row refers to it by its id, so the new one takes its place within the transaction. */
  #replaceRow(sale: Sale, record: string, hash: string): void {
    this.#db.pragma('defer_foreign_keys = 1');
    this.#db.prepare('delete from sales where id = ?').run(this.#id);
    insertSale(this.#db).run(rowOf(sale, record, hash, this.#times(sale)));
    if (sale.attempt !== null) return;
    this.#db
      .prepare(
        `update payment_attempts set ended_at_ms = ?, outcome = ? where sale_id = ? and ended_at_ms is null`,
      )
      .run(this.#nowMs, sale.state, this.#id);
  }

  /** By the entries where they tell, else by the row: times decide about no money. */
  #times(sale: Sale): RowTimes {
    const addedAtMs = this.#entries[0]?.at_ms ?? this.#row?.added_at_ms ?? this.#nowMs;
    const paidAtMs = this.#entries.find(({ state }) => state === 'paid')?.at_ms;
    return {
      addedAtMs,
      changedAtMs: this.#entries.at(-1)?.at_ms ?? this.#nowMs,
      paidAtMs: sale.state === 'paid' ? (paidAtMs ?? this.#row?.paid_at_ms ?? this.#nowMs) : null,
    };
  }

  #remove(): void {
    for (const [table, column] of rowsOfSale) {
      this.#db.prepare(`delete from ${table} where ${column} = ?`).run(this.#id);
    }
    this.#db.prepare('delete from sales where id = ?').run(this.#id);
  }
}
