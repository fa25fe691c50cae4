import type { OutboxEffect } from '../domain/effect.ts';
import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import type { Sale } from '../domain/sale.ts';

/** A receipt's address for Stripe. Kept until Stripe has it, then removed from the row. */
export interface ReceiptEmailWork {
  readonly kind: 'charge.receipt_email';
  readonly ordinal: number;
  readonly email: string;
  readonly afterMs: number;
}

export type OutboxWork = OutboxEffect | ReceiptEmailWork;

export interface OutboxRow {
  readonly id: number;
  readonly saleId: SaleId;
  readonly work: OutboxWork;
  /** The idempotency key, stored before the first request; null for reads. */
  readonly key: string | null;
  /** When it was first handed out, epoch milliseconds; null when it never was. */
  readonly firstSentAtMs: number | null;
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
  /** Ids of unfinished sales whose row can't be read; they are in no other list. */
  damagedSales(): readonly string[];
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
  /** True while this boot works on the row. */
  holds(row: OutboxRow, boot: string): boolean;
  /** Gives the row back, to be handed out again at `nextAtMs`. */
  postpone(row: OutboxRow, boot: string, nextAtMs: number, error: string): void;
  /** Ends the row. Refuses, by throwing, a row this boot does not hold. */
  finish(row: OutboxRow, boot: string, outcome: 'done' | 'refused', nowMs: number): void;
  /** Sets aside, with its reason, a row that can't be worked on; it is never dropped. */
  setAside(row: OutboxRow, boot: string, why: string, nowMs: number): void;
  /** True while work of this sale waits or is being carried out. */
  hasOpenWork(saleId: SaleId): boolean;
  /** When the next row falls due, or null. */
  nextDueAtMs(nowMs: number): number | null;
  /** Rows waiting or being worked on, reads aside, and the oldest one's time. */
  backlog(): { readonly count: number; readonly oldestAtMs: number | null };

  receiptEmailState(saleId: SaleId): ReceiptEmailState;
  receiptEmailsAsked(saleId: SaleId): number;
}
