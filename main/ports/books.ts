import type { PaymentIntentId } from '../domain/ids.ts';
import type { Sale } from '../domain/sale.ts';
import type { SeenMoney } from '../domain/seen-money.ts';

/** How far the event poller has come: the newest event it has dealt with. */
export interface EventCursor {
  readonly id: string;
  readonly createdAtMs: number;
}

/** A PaymentIntent as a list showed it, ours or not. */
export interface Sighting extends SeenMoney {
  readonly id: PaymentIntentId;
  readonly createdAtMs: number;
  /** `metadata.sale`, `metadata.kiosk` and `metadata.order`, as they are: null when absent. */
  readonly saleId: string | null;
  readonly kioskId: string | null;
  readonly orderHash: string | null;
}

/** A sale and the PaymentIntent that belongs to it; one of them may be missing. */
export interface Pair {
  readonly sale: Sale | null;
  /** When the sale was added; null without a sale. */
  readonly addedAtMs: number | null;
  readonly sighting: Sighting | null;
}

export interface Sweep {
  readonly fromMs: number;
  readonly toMs: number;
  /** When its last page had been stored. */
  readonly doneAtMs: number;
}

export interface DayClose {
  readonly atMs: number;
  readonly by: string;
  /** The report as it was signed, JSON. */
  readonly report: string;
}

/**
 * What the kiosk knows of the account around its sales. Lies in the same file as the ledger: its writes join a
 * transaction of `Ledger.atomically`.
 */
export interface Books {
  eventCursor(): EventCursor | null;
  /** Moves the cursor and remembers these ids as dealt with; ids older than `forgetBeforeMs` are forgotten. */
  saveEvents(cursor: EventCursor, seen: readonly EventCursor[], forgetBeforeMs: number): void;
  isEventSeen(id: string): boolean;

  saveSightings(sightings: readonly Sighting[], nowMs: number): void;
  saveSweep(sweep: Sweep): void;
  lastSweep(): Sweep | null;
  /** Asks for a sweep before its time: an event spoke of a PaymentIntent of ours that no sale knows. */
  askForSweep(): void;
  isSweepAsked(): boolean;

  /**
   * Every sale added, and every PaymentIntent created, in the period, in both directions, together with
   * everything older that is still unsettled. Damaged sales are left out.
   */
  pairs(fromMs: number, toMs: number): readonly Pair[];
  /** Finds sales of the period by short code, last 4 or amount is left to the caller: newest first, at most `limit`. */
  salesSince(
    fromMs: number,
    limit: number,
  ): readonly { readonly sale: Sale; readonly addedAtMs: number }[];

  addDayClose(close: DayClose): void;
  lastDayClose(): DayClose | null;

  /** Ids of sales whose row was set aside as damaged and could not be proved. */
  quarantined(): readonly {
    readonly saleId: string;
    readonly why: string;
    readonly atMs: number;
  }[];
}
