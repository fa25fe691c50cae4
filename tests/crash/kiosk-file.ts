import { existsSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type FiledCards, filedCards, nothingFiled } from './filed-cards.ts';

/** A sale as the file has it. */
export interface FiledSale {
  readonly id: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly paymentIntent: string | null;
  /** Why a person must decide; null when nobody must. */
  readonly staffReason: string | null;
}

/** What the file holds of a kiosk that nobody runs. */
export interface FiledFacts extends FiledCards {
  readonly sales: readonly FiledSale[];
  /** Sales whose receipt's address is said to have reached the charge. */
  readonly receiptsSent: readonly string[];
  /** Work that is neither done nor refused and that something depends on. */
  readonly openWork: readonly string[];
  /** What SQLite's own checks complain of. */
  readonly damage: readonly string[];
}

const openRefunds = "('asked', 'presenting', 'processing', 'finding_out')";
const finalStates = "('paid', 'canceled', 'expired', 'needs_staff')";
/** A look at a sale or a refund that has ended informs and no more: an event may ask for one at any time. */
const openWork = `state not in ('done', 'refused', 'set_aside') and not (
  kind = 'payment_intent.read'
  and exists (select 1 from sales where sales.id = outbox.owner and sales.state in ${finalStates})
  or kind = 'refund.read'
  and exists (select 1 from refunds where refunds.id = outbox.owner and refunds.state not in ${openRefunds})
)`;

/**
 * The kiosk's file as anybody can read it. All SQL of the crash test is here. A connection is kept only while a kiosk
 * runs: one held over a kill would spare the next kiosk the recovery of the write-ahead log.
 */
export class KioskFile {
  readonly #dataDir: string;
  #db: Database.Database | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** True when this idempotency key is committed. */
  holdsKey(key: string): boolean {
    const row = this.#open()
      ?.prepare<[string, string, string], { id: number }>(
        `select id from outbox where idempotency_key = ?
         union all select id from reader_prompts where idempotency_key = ?
         -- A Customer's is made of its member's key and number, which are a row of their own.
         union all select 1 from members where 'foyer_' || key || '_create_customer_' || customer_ordinal = ?`,
      )
      .get(key, key, key);
    return row !== undefined;
  }

  /** True when no sale is on its way, no work waits, and nothing of ours may be on a reader. */
  isDrained(): boolean {
    const db = this.#open();
    if (db === null) return true;
    const row = db
      .prepare<[], { open: number }>(
        `select (select count(*) from sales where state not in ${finalStates})
              + (select count(*) from card_setups where state not in ('kept', 'not_kept', 'canceled'))
              + (select count(*) from refunds where state in ${openRefunds})
              + (select count(*) from outbox where ${openWork})
              + (select count(*) from reader_prompts where ended_at_ms is null) as open`,
      )
      .get();
    return row?.open === 0;
  }

  facts(): FiledFacts {
    const db = this.#open();
    if (db === null) {
      return { sales: [], receiptsSent: [], openWork: [], damage: [], ...nothingFiled };
    }
    return {
      ...filedCards(db),
      sales: db
        .prepare<[], FiledSale>(
          `select id, state, amount, currency, payment_intent_id as paymentIntent,
             json_extract(record, '$.staffReason') as staffReason
           from sales order by added_at_ms, id`,
        )
        .all(),
      receiptsSent: db
        .prepare<[], string>(
          `select distinct owner from outbox where kind = 'charge.receipt_email' and state = 'done'`,
        )
        .pluck()
        .all(),
      openWork: db
        .prepare<[], string>(
          `select owner || ': ' || kind || ' ' || state from outbox where ${openWork}`,
        )
        .pluck()
        .all(),
      damage: [...integrity(db), ...lostReferences(db)],
    };
  }

  /** Lets go of the file. */
  close(): void {
    this.#db?.close();
    this.#db = null;
  }

  /** Null before the kiosk has made its file. */
  #open(): Database.Database | null {
    if (this.#db !== null) return this.#db;
    const file = path.join(this.#dataDir, 'test', 'foyer.db');
    if (!existsSync(file)) return null;
    const db = new Database(file, { readonly: true, timeout: 2_000 });
    const tables = db
      .prepare<[], number>(
        `select count(*) from sqlite_schema where name in ('sales', 'outbox', 'reader_prompts')`,
      )
      .pluck()
      .get();
    if (tables === 3) {
      this.#db = db;
      return db;
    }
    db.close();
    return null;
  }
}

function integrity(db: Database.Database): readonly string[] {
  const lines = db.prepare<[], string>('pragma integrity_check').pluck().all();
  return lines.filter((line) => line !== 'ok');
}

function lostReferences(db: Database.Database): readonly string[] {
  return db
    .prepare<[], { table: string }>('pragma foreign_key_check')
    .all()
    .map(({ table }) => `${table} names a row that is not there`);
}
