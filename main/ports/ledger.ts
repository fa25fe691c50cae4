import type { SetupEffect } from '../domain/card-setup.ts';
import type { OutboxEffect, SaveCardEffect } from '../domain/effect.ts';
import type {
  ConsentId,
  ErrandId,
  KioskId,
  MemberKey,
  PaymentIntentId,
  PaymentMethodId,
  SaleId,
} from '../domain/ids.ts';
import type { RefundEffect } from '../domain/refund.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import type { Sale, SaleState } from '../domain/sale.ts';
import type { Answer } from './payments-api.ts';
import type { PromptKind } from './reader-book.ts';

/** A receipt's address for Stripe. Kept until Stripe has it, then removed from the row. */
export interface ReceiptEmailWork {
  readonly kind: 'charge.receipt_email';
  readonly ordinal: number;
  readonly email: string;
  readonly afterMs: number;
}

/** Takes the card off the member's account, for good. */
export interface DetachWork {
  readonly kind: 'card.detach';
  readonly ordinal: number;
  readonly afterMs: number;
}

/** Brings a member's name, e-mail and phone to Stripe; without a Customer, one is found or made first. */
export interface CustomerUpdateWork {
  readonly kind: 'customer.update';
  readonly ordinal: number;
  readonly afterMs: number;
}

/** A consent's copy. The address is kept until the letter is gone, then removed from the row. */
export interface ConsentEmailWork {
  readonly kind: 'consent.email';
  readonly ordinal: number;
  readonly email: string;
  readonly afterMs: number;
}

export type OutboxWork =
  | OutboxEffect
  | SetupEffect
  | RefundEffect
  | ReceiptEmailWork
  | DetachWork
  | CustomerUpdateWork
  | ConsentEmailWork;

/** Work of a sale's payment, and its receipt. */
export type PaymentWork = Exclude<OutboxEffect, SaveCardEffect> | ReceiptEmailWork;

/**
 * Whose work it is. Work of one owner is done one row at a time, in the order of its steps; owners do not wait for one
 * another. Its id is the middle of the work's idempotency keys.
 */
export type WorkOwner = ErrandId | PaymentMethodId | MemberKey | ConsentId;

export interface OutboxRow {
  readonly id: number;
  readonly owner: WorkOwner;
  readonly work: OutboxWork;
  /** The idempotency key, stored before the first request; null for reads. */
  readonly key: string | null;
  /** When the row and its key were stored, epoch milliseconds: the key is at least this young (P3). */
  readonly storedAtMs: number;
  /** It was handed out before, or stored by an earlier run of the kiosk that may have sent it. */
  readonly mayHaveBeenSent: boolean;
  /** How often an answer sent it back to wait. */
  readonly tries: number;
}

export type ReceiptEmailState = 'none' | 'sending' | 'queued' | 'sent' | 'refused';

/** A call to a sale's reader. It is no work of the outbox: whoever leads the reader makes it, and tells of it. */
export type ReaderCallKind =
  `reader.${PromptKind}` | 'reader.read' | 'reader.cancel_action' | 'reader.set_reader_display';

/** What one call came to, for the sale's history. No body, no secret. */
export interface CallRecord {
  readonly outcome: Answer<unknown>['kind'];
  readonly status: number | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly durationMs: number;
}

/** One entry of a sale's journal, as stored. */
export interface JournalEntry {
  readonly revision: number;
  readonly atMs: number;
  /** `opened` and `found` begin a sale; every other is what happened to it. */
  readonly event: SaleEvent | { readonly kind: 'opened' } | { readonly kind: 'found' };
  readonly state: SaleState;
}

/** Calls to the outside for one sale. The same silence many times over is one row. */
export interface StoredCall extends CallRecord {
  readonly work: OutboxWork['kind'] | ReaderCallKind;
  /** The step's, or the prompt's; 0 for what is not counted. */
  readonly ordinal: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly times: number;
}

export interface SaleHistory {
  readonly entries: readonly JournalEntry[];
  readonly calls: readonly StoredCall[];
}

/** A row of the outbox as staff see it. */
export interface WaitingWork {
  readonly owner: WorkOwner;
  readonly kind: OutboxWork['kind'];
  readonly storedAtMs: number;
  readonly nextAtMs: number;
  readonly tries: number;
  readonly lastAnswer: string | null;
  /** Set aside, with its reason: a person must look. */
  readonly setAside: boolean;
}

/**
 * The file that remembers. Every method is synchronous and durable on return; a method that fails leaves
 * what was there before. Use `atomically` to make several one. One process writes (storage/open.ts), so a
 * lease on a row needs no row of its own: it lives in the worker and is free the moment its process is gone.
 */
export interface Ledger {
  /** One transaction. `work` must not be asynchronous. */
  atomically<Value>(work: () => Value): Value;

  /** Stores a new sale with the first entry of its journal. */
  addSale(sale: Sale, nowMs: number): void;
  /** Refuses, by throwing DamagedSale, a row whose seal or form is broken: it is never guessed at. */
  findSale(id: SaleId): Sale | null;
  findSaleOfPaymentIntent(id: PaymentIntentId): Sale | null;
  /** Sales in no final state, oldest first; damaged ones are left out. */
  unfinishedSales(): readonly Sale[];
  /** Ids of sales that are unfinished, or wait for staff, whose row can't be believed; they are in no other list. */
  damagedSales(): readonly SaleId[];
  /** When it was added, epoch milliseconds. */
  saleAddedAtMs(id: SaleId): number;
  /** When the sale became paid; null before. */
  salePaidAtMs(id: SaleId): number | null;
  /** Sales of this order of a platform, newest first. Refuses, by throwing DamagedSale, when one can't be believed. */
  salesOfPlatformOrder(id: string): readonly Sale[];
  /** Stores the step: the sale, its attempt, and the journal entry. Refuses, by throwing, a sale that moved meanwhile. */
  saveStep(before: Sale, after: Sale, event: SaleEvent, nowMs: number): void;
  historyOf(id: SaleId): SaleHistory;
  /** Calls to the outside of an owner that is no sale, oldest first. */
  callsOf(owner: WorkOwner): readonly StoredCall[];
  /** Sales that are paid with a card on file and wait for the network; oldest first. */
  pendingSales(): readonly Sale[];
  /** Adds a call to the reader to the history of what asked for it. */
  addReaderCall(
    owner: ErrandId,
    kind: ReaderCallKind,
    ordinal: number,
    call: CallRecord,
    nowMs: number,
  ): void;
  /** Whose the newest stored sale is; null without one that can be read. */
  newestKiosk(): KioskId | null;

  /** Adds work; a waiting read or look of the same owner is moved forward instead of doubled. */
  enqueue(owner: WorkOwner, work: OutboxWork, nowMs: number): void;
  /** The highest number this kind of work has had with this owner; 0 for none. */
  lastOrdinal(owner: WorkOwner, kind: OutboxWork['kind']): number;
  /** The most urgent due row, nearest deadline first among captures, of an owner not in `busy`; null when none is. */
  nextDue(nowMs: number, busy: ReadonlySet<WorkOwner>): OutboxRow | null;
  /** True while the row waits to be worked on. */
  isOpen(row: OutboxRow): boolean;
  /** Lets the row wait until `nextAtMs`. Refuses, by throwing, a row that is not open. */
  postpone(row: OutboxRow, nextAtMs: number, call: CallRecord, nowMs: number): void;
  /** Ends the row. Refuses, by throwing, a row that is not open. */
  finish(row: OutboxRow, outcome: 'done' | 'refused', call: CallRecord, nowMs: number): void;
  /** Sets aside, with its reason, a row that can't be worked on; it is never dropped. */
  setAside(row: OutboxRow, why: string, nowMs: number): void;
  /** True while work of this owner waits. */
  hasOpenWork(owner: WorkOwner): boolean;
  /** When the next row of an owner that is not in `busy` falls due, or null. */
  nextDueAtMs(nowMs: number, busy: ReadonlySet<WorkOwner>): number | null;
  /** Lets every waiting row fall due now: the network is back, or a person asks. */
  hurry(nowMs: number): void;
  /** Rows waiting, reads aside, and the oldest one's time. */
  backlog(): { readonly count: number; readonly oldestAtMs: number | null };
  /** At most `limit` rows that wait or were set aside, most urgent first. */
  waitingWork(limit: number): readonly WaitingWork[];

  receiptEmailState(saleId: SaleId): ReceiptEmailState;
  receiptEmailsAsked(saleId: SaleId): number;
}
