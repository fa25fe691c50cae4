import type Database from 'better-sqlite3';
import { assert } from '../domain/assert.ts';
import { DamagedSale } from '../domain/damaged-sale.ts';
import type { KioskId, PaymentIntentId, SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { mayWait, type Sale, type SaleState, saleStates } from '../domain/sale.ts';
import type { JournalEntry } from '../ports/ledger.ts';
import { chainStart, type Entry, entryHash, sha256 } from './chain.ts';
import { brokenAt, eventOf, JournalTable } from './journal-table.ts';
import { namedSales } from './named-sales.ts';
import type { OpenDatabase } from './open.ts';
import { recordOf } from './sale-record.ts';
import { changedColumns, insertSale, rowOf, saleColumns, type SaleRow } from './sale-row.ts';
import { VerifiedSales, verifiedOrNothing } from './verified-sales.ts';

/** The table of sales with the rows that hang on each: its attempts and its journal. */
export class SalesTable {
  readonly #journal: JournalTable;
  readonly #verified: VerifiedSales;
  readonly #insert: Database.Statement<[SaleRow]>;
  readonly #db: Database.Database;
  /** By the names of the columns that they set. */
  readonly #updates = new Map<string, Database.Statement<[SaleRow]>>();
  readonly #find: Database.Statement<[string], SaleRow>;
  readonly #findByPaymentIntent: Database.Statement<[string], SaleRow>;
  readonly #unfinished: Database.Statement<[], SaleRow>;
  readonly #unsettled: Database.Statement<[], SaleRow>;
  readonly #withStoredCard: Database.Statement<[], SaleRow>;
  readonly #newest: Database.Statement<[], SaleRow>;
  readonly #ofPlatformOrder: Database.Statement<[string], SaleRow>;
  readonly #upsertAttempt: Database.Statement;
  readonly #endAttempt: Database.Statement;

  constructor({ db, transactions }: Pick<OpenDatabase, 'db' | 'transactions'>) {
    this.#db = db;
    this.#verified = new VerifiedSales(transactions);
    this.#journal = new JournalTable(db);
    this.#insert = insertSale(db);
    this.#find = db.prepare(`select ${saleColumns} from sales where id = ?`);
    this.#findByPaymentIntent = db.prepare(
      `select ${saleColumns} from sales where payment_intent_id = ?`,
    );
    this.#unfinished = db.prepare(`
      select ${saleColumns} from sales
      where state not in ('paid', 'canceled', 'expired') and state <> 'needs_staff' order by added_at_ms, id`);
    this.#unsettled = db.prepare(`
      select ${saleColumns} from sales where state not in ('paid', 'canceled', 'expired') order by added_at_ms, id`);
    // By the index of the unsettled, which are few, and their text: a column of its own would be work for every sale.
    this.#withStoredCard = db.prepare(`
      select ${saleColumns} from sales
      where state not in ('paid', 'canceled', 'expired') and state in ('creating', 'authorizing')
        and instr(record, '"storedCard":') > 0 order by added_at_ms, id`);
    this.#newest = db.prepare(
      `select ${saleColumns} from sales order by added_at_ms desc, id desc limit 20`,
    );
    this.#ofPlatformOrder = db.prepare(
      `select ${saleColumns} from sales where platform_order_id = ?
       order by added_at_ms desc, id desc`,
    );
    this.#upsertAttempt = db.prepare(`
      insert into payment_attempts (id, sale_id, ordinal, stage, process_count, began_at_ms)
      values (:id, :saleId, :ordinal, :stage, :processCount, :nowMs)
      on conflict (id) do update set stage = :stage, process_count = :processCount`);
    this.#endAttempt = db.prepare(
      'update payment_attempts set ended_at_ms = ?, outcome = ? where id = ? and ended_at_ms is null',
    );
  }

  /** The first entry of its journal holds the sale as it began, so that its life can be replayed from there. */
  add(sale: Sale, nowMs: number): void {
    const { sale: stored, record } = recordOf(sale);
    const entry: Entry = {
      owner: stored.id,
      revision: stored.revision,
      atMs: nowMs,
      event: firstEvent(stored, record),
      state: stored.state,
      recordHash: sha256(record),
    };
    const paidAtMs = stored.state === 'paid' ? nowMs : null;
    const times = { addedAtMs: nowMs, changedAtMs: nowMs, paidAtMs };
    const row = rowOf(stored, record, entryHash(chainStart, entry), times);
    this.#insert.run(row);
    this.#journal.add(chainStart, entry);
    this.#verified.remember(row, stored);
  }

  /** Throws DamagedSale, here and below. */
  find(id: SaleId): Sale | null {
    return this.#read(this.#find.get(id));
  }

  findByPaymentIntent(id: PaymentIntentId): Sale | null {
    return this.#read(this.#findByPaymentIntent.get(id));
  }

  times(id: SaleId): { readonly addedAtMs: number; readonly paidAtMs: number | null } {
    const row = this.#row(id);
    return { addedAtMs: row.added_at_ms, paidAtMs: row.paid_at_ms };
  }

  /** Damaged rows are left out. */
  unfinished(): readonly Sale[] {
    return this.#unfinished.all().flatMap(verifiedOrNothing);
  }

  /** Ids of sales that are unfinished, or wait for staff, whose row is damaged. */
  damaged(): readonly SaleId[] {
    const damaged = this.#unsettled.all().filter((row) => verifiedOrNothing(row).length === 0);
    return namedSales(damaged.map(({ id }) => id));
  }

  /** Sales that a card on file is charged for and that may wait for a network; damaged ones are left out. */
  pending(): readonly Sale[] {
    return this.#withStoredCard.all().flatMap(verifiedOrNothing).filter(mayWait);
  }

  /** Newest first. Throws DamagedSale: of an order whose sale can't be believed nobody may think that it is free. */
  ofPlatformOrder(id: string): readonly Sale[] {
    return this.#ofPlatformOrder.all(id).map((row) => this.#verified.read(row));
  }

  newestKiosk(): KioskId | null {
    return this.#newest.all().flatMap(verifiedOrNothing)[0]?.kioskId ?? null;
  }

  /** Throws DamagedSale when the chain is broken, too. */
  entries(id: SaleId): readonly JournalEntry[] {
    const rows = this.#journal.rowsOf(id);
    const why = brokenAt(rows, this.#row(id).hash);
    if (why !== null) throw new DamagedSale(id, why);
    return rows.map((row) => ({
      revision: row.revision,
      atMs: row.at_ms,
      event: eventOf(row.event),
      state: stateOf(row.state),
    }));
  }

  /** Refuses, by throwing, when the stored sale is not `before` any more. */
  save(before: Sale, after: Sale, event: SaleEvent, nowMs: number): void {
    const stored = this.#verified.rowOfThisTransaction(before.id) ?? this.#row(before.id);
    assert(stored.revision === before.revision, 'a step is stored on the sale it was decided on');
    assert(after.revision === before.revision + 1, 'each step is one revision');
    assert(after.id === before.id, 'a sale keeps its id');
    const { sale, record } = recordOf(after);
    const hash = this.#journal.add(stored.hash, {
      owner: sale.id,
      revision: sale.revision,
      atMs: nowMs,
      event: JSON.stringify(event),
      state: sale.state,
      recordHash: sha256(record),
    });
    const row = rowOf(sale, record, hash, {
      addedAtMs: stored.added_at_ms,
      changedAtMs: nowMs,
      paidAtMs: sale.state === 'paid' ? (stored.paid_at_ms ?? nowMs) : null,
    });
    // At review a platform's account may still take a part of the order from the card.
    const isFixed = before.state !== 'open' || after.state !== 'open';
    assert(!isFixed || row.amount === stored.amount, 'what is sold is fixed at review');
    assert(row.currency === stored.currency, 'a sale keeps its currency');
    assert(row.kiosk_id === stored.kiosk_id, 'a sale stays with its kiosk');
    this.#update(stored, row);
    this.#verified.remember(row, sale);
    this.#saveAttempts(before, sale, nowMs);
  }

  /** Sets only what differs: each index over a column that is set is written anew, changed or not. */
  #update(stored: SaleRow, row: SaleRow): void {
    const columns = changedColumns(stored, row);
    const names = columns.join();
    let update = this.#updates.get(names);
    if (update === undefined) {
      const sets = columns.map((column) => `${column} = :${column}`).join(', ');
      update = this.#db.prepare(`update sales set ${sets} where id = :id`);
      this.#updates.set(names, update);
    }
    update.run(row);
  }

  #row(id: SaleId): SaleRow {
    const row = this.#find.get(id);
    assert(row !== undefined, 'the sale is stored');
    this.#verified.read(row);
    return row;
  }

  #read(row: SaleRow | undefined): Sale | null {
    return row === undefined ? null : this.#verified.read(row);
  }

  #saveAttempts(before: Sale, after: Sale, nowMs: number): void {
    if (before.attempt !== null && before.attempt.id !== after.attempt?.id) {
      this.#endAttempt.run(nowMs, after.decline ?? after.state, before.attempt.id);
    }
    if (after.attempt === null || isStored(before.attempt, after.attempt)) return;
    this.#upsertAttempt.run({
      id: after.attempt.id,
      saleId: after.id,
      ordinal: after.attempt.ordinal,
      stage: after.attempt.stage,
      processCount: after.attempt.processCount,
      nowMs,
    });
  }
}

/** What its row says has not changed. */
function isStored(before: Sale['attempt'], after: NonNullable<Sale['attempt']>): boolean {
  return (
    before?.id === after.id &&
    before.stage === after.stage &&
    before.processCount === after.processCount
  );
}

/** `opened` or, for a sale that was found at Stripe without a record of ours, `found`; with the whole sale. */
export function firstEvent(sale: Sale, record: string): string {
  const kind = sale.staffReason === 'record_lost' ? 'found' : 'opened';
  return `{"kind":"${kind}","sale":${record}}`;
}

function stateOf(text: string): SaleState {
  const state = saleStates.find((one) => one === text);
  if (state === undefined) throw new TypeError(`Not a state: ${text.slice(0, 60)}`);
  return state;
}
