import Database from 'better-sqlite3';
import { CardFile } from './card-file.ts';
import { verifyAll } from '../../../main/storage/verify-journals.ts';

export interface SaleInFile {
  readonly id: string;
  readonly state: string;
  readonly amount: number;
  readonly currency: string;
  readonly completed: number;
  readonly payment_intent_id: string | null;
  readonly revision: number;
  readonly record: string;
}

export interface DueCapture {
  readonly owner: string;
  readonly deadline_ms: number;
}

export interface EntryInFile {
  readonly sale_id: string;
  readonly revision: number;
  readonly event: string;
  readonly state: string;
}

export interface PromptInFile {
  readonly owner: string;
  readonly reader_id: string;
  readonly object: string;
  readonly kind: string;
}

/** The kiosk's file through a connection of our own: it shows only what is committed. */
export class FileView {
  readonly #db: Database.Database;
  #cards: CardFile | null = null;
  readonly #sale: Database.Statement<[string], SaleInFile>;
  readonly #canceling: Database.Statement<[string, string], { readonly revision: number }>;
  readonly #captures: Database.Statement<[number], DueCapture>;
  readonly #key: Database.Statement<[string, string], { readonly id: number }>;
  readonly #prompt: Database.Statement<[string], PromptInFile>;
  readonly #intent: Database.Statement<[string], { readonly id: string }>;
  readonly #prompts: Database.Statement<[], PromptInFile>;

  constructor(file: string) {
    this.#db = new Database(file, { readonly: true });
    this.#sale = this.#db.prepare(
      `select id, state, amount, currency, completed, payment_intent_id, revision, record from sales where id = ?`,
    );
    this.#canceling = this.#db.prepare(
      `select revision from sale_events where sale_id = ? and state in ('canceling', 'canceled')
         and revision > (select max(revision) from sale_events where sale_id = ? and state in ('open', 'creating'))
       limit 1`,
    );
    this.#captures = this.#db.prepare(
      `select owner, deadline_ms from outbox
       where state = 'waiting' and kind = 'payment_intent.capture' and next_at_ms <= ?`,
    );
    this.#key = this.#db.prepare('select id from outbox where owner = ? and idempotency_key = ?');
    this.#intent = this.#db.prepare('select id from sales where payment_intent_id = ?');
    const prompt = 'select owner, reader_id, object, kind from reader_prompts';
    this.#prompt = this.#db.prepare(`${prompt} where idempotency_key = ?`);
    this.#prompts = this.#db.prepare(`${prompt} where ended_at_ms is null`);
  }

  sale(id: string): SaleInFile | null {
    return this.#sale.get(id) ?? null;
  }

  /** Whatever waits for the payment system while nothing is stored that would ask it. */
  withoutWork(): readonly string[] {
    return this.#db
      .prepare<[], { readonly id: string }>(
        `select id from (
           select id from sales
             where state in ('creating', 'finding_out', 'authorized', 'capturing', 'canceling')
           union all select id from card_setups where state in ('creating', 'saving')
           union all select id from refunds where state = 'asked'
         ) as waiting where not exists
           (select 1 from outbox where owner = waiting.id and state = 'waiting')`,
      )
      .all()
      .map(({ id }) => id);
  }

  /** True once the kiosk has begun to cancel the sale; cancelled for a payment in person it begins anew. */
  wasCanceling(id: string): boolean {
    return this.#canceling.get(id, id) !== undefined;
  }

  /** Captures that wait and are due. */
  dueCaptures(nowMs: number): readonly DueCapture[] {
    return this.#captures.all(nowMs);
  }

  /** True when a stored step of this owner carries this key. */
  hasKey(owner: string, key: string): boolean {
    return this.#key.get(owner, key) !== undefined;
  }

  /** True when a stored step of anybody carries this key. */
  holdsKey(key: string): boolean {
    return (
      this.#db.prepare('select id from outbox where idempotency_key = ?').get(key) !== undefined
    );
  }

  /** The prompt that was written under this key. */
  promptOfKey(key: string): PromptInFile | null {
    return this.#prompt.get(key) ?? null;
  }

  /** True when a sale of the file has this PaymentIntent. */
  hasIntent(id: string): boolean {
    return this.#intent.get(id) !== undefined;
  }

  /** What of ours is, or may be, on a reader. */
  openPrompts(): readonly PromptInFile[] {
    return this.#prompts.all();
  }

  /** What is stored of members, cards and refunds. */
  get cards(): CardFile {
    this.#cards ??= new CardFile(this.#db);
    return this.#cards;
  }

  sales(): readonly SaleInFile[] {
    return this.#db
      .prepare<[], SaleInFile>(
        `select id, state, amount, currency, completed, payment_intent_id, revision, record from sales order by id`,
      )
      .all();
  }

  entries(): readonly EntryInFile[] {
    return this.#db
      .prepare<[], EntryInFile>(
        'select sale_id, revision, event, state from sale_events order by sale_id, revision',
      )
      .all();
  }

  /** Work that is neither done nor set aside, without the reads of what staff are asked about: those go on. */
  openWork(): number {
    return (
      this.#db
        .prepare<[], { readonly count: number }>(
          `select count(*) as count from outbox where state = 'waiting'
             and not (kind = 'payment_intent.read' and next_at_ms > stored_at_ms + 200000 and exists
               (select 1 from sales where sales.id = outbox.owner and sales.state = 'needs_staff'))`,
        )
        .get()?.count ?? 0
    );
  }

  unfinished(): number {
    return (
      this.#db
        .prepare<[], { readonly count: number }>(
          `select (select count(*) from sales where state not in ('paid', 'canceled', 'expired', 'needs_staff'))
             + (select count(*) from card_setups where state not in ('kept', 'not_kept', 'canceled'))
             + (select count(*) from refunds
                where state in ('asked', 'presenting', 'processing', 'finding_out')) as count`,
        )
        .get()?.count ?? 0
    );
  }

  /** Sales whose rows were set aside as damaged. */
  quarantined(): ReadonlySet<string> {
    const rows = this.#db
      .prepare<[], { readonly sale_id: string }>('select distinct sale_id from quarantine')
      .all();
    return new Set(rows.map(({ sale_id }) => sale_id));
  }

  /** Sales whose chain or seal does not hold. */
  broken(): readonly string[] {
    return verifyAll(this.#db).map(({ saleId, why }) => `${saleId}: ${why}`);
  }

  close(): void {
    this.#db.close();
  }
}
