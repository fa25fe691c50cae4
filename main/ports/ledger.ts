import type { OutboxEffect } from '../domain/effect.ts';
import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import type { Sale } from '../domain/sale.ts';

/** A receipt's address for Stripe. Kept until Stripe has it, then removed from the row. */
export interface ReceiptEmailWork {
  readonly kind: 'charge.receipt_email';
  readonly ordinal: number;
  readonly email: string;
}

/** `restart` work has no sale of its own step; every kind of work names the sale it belongs to. */
export type OutboxWork = OutboxEffect | ReceiptEmailWork;

export interface OutboxRow {
  readonly id: number;
  readonly saleId: SaleId;
  readonly work: OutboxWork;
  /** The idempotency key, stored before the first request; null for reads. */
  readonly key: string | null;
  readonly createdAtMs: number;
  /** How often it was handed out before. */
  readonly tries: number;
}

export type ReceiptEmailState = 'none' | 'sending' | 'queued' | 'sent' | 'refused';

/**
 * The file that remembers. Every method is synchronous and durable on return; a method that fails leaves
 * what was there before. Use `atomically` to make several one.
 */
export interface Ledger {
  /** One transaction. `work` must not be asynchronous. */
  atomically<Value>(work: () => Value): Value;

  addSale(sale: Sale, nowMs: number): void;
  findSale(id: SaleId): Sale | null;
  /** Sales in no final state, oldest first. */
  unfinishedSales(): readonly Sale[];
  /** When it was added, epoch milliseconds. */
  saleAddedAtMs(id: SaleId): number;
  /** When the sale became paid; null before. */
  salePaidAtMs(id: SaleId): number | null;
  /** Stores the step: the sale, its attempt, and the journal entry. Refuses, by throwing, a sale that moved meanwhile. */
  saveStep(before: Sale, after: Sale, event: SaleEvent, nowMs: number): void;

  /** Adds work for the sale; a waiting read is moved forward instead of doubled. */
  enqueue(saleId: SaleId, work: OutboxWork, nowMs: number): void;
  /** Hands out the most urgent due row to this boot, one per sale at a time; null when nothing is due. */
  claim(boot: string, nowMs: number): OutboxRow | null;
  /** Gives the row back, to be handed out again at `nextAtMs`. */
  postpone(row: OutboxRow, boot: string, nextAtMs: number, error: string): void;
  /** Ends the row. Refuses, by throwing, a row this boot does not hold. */
  finish(row: OutboxRow, boot: string, outcome: 'done' | 'refused', nowMs: number): void;
  /** Sets aside, with its reason, a row that can't be worked on; it is never dropped. */
  setAside(row: OutboxRow, boot: string, why: string, nowMs: number): void;
  /** When the next row falls due, or null. */
  nextDueAtMs(): number | null;
  /** Rows waiting or being worked on, and the oldest one's time. */
  backlog(): { readonly count: number; readonly oldestAtMs: number | null };

  receiptEmailState(saleId: SaleId): ReceiptEmailState;
  receiptEmailsAsked(saleId: SaleId): number;
}
