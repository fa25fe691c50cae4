import { DamagedSale } from '../domain/damaged-sale.ts';
import { classify, type Verdict } from '../domain/reconcile.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { transition } from '../domain/sale-transition.ts';
import type { Sale, StaffDecision, Tender } from '../domain/sale.ts';
import { allowedDecisions, mayRecordTender } from '../domain/staff.ts';
import type { KioskId, SaleId } from '../domain/ids.ts';
import type { Books, DayClose, Pair } from '../ports/books.ts';
import type { JournalEntry, Ledger, OutboxWork } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { RefundBook } from '../ports/refund-book.ts';
import { type DayReport, dayReport } from './day-report.ts';
import { lastCloseAtMs } from './last-close.ts';
import { noRefunds, refundsOfDay, type RefundsOfDay } from './refunds/refunds-of-day.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { KnownTime } from './known-time.ts';
import type { SweepOutcome } from './sweep-round.ts';

/** A day is closed on a comparison with Stripe not older than this. Milliseconds. */
const freshMs = 600_000;
/** More rows than this waiting are looked at only as "many". */
const waitingMax = 1_000;
const nameMax = 80;
const reasonMax = 500;

export interface ReconcilerOptions {
  readonly ledger: Ledger;
  readonly books: Books;
  readonly steps: SaleSteps;
  readonly clock: KnownTime;
  readonly log: Log;
  readonly kioskId: KioskId;
  /** Absent where this kiosk gives nothing back. */
  readonly refunds?: Pick<RefundBook, 'refundsToShow'>;
  readonly sweep: {
    sweepNow(): Promise<SweepOutcome>;
    readonly lastOutcome: SweepOutcome | null;
    readonly isRunning: boolean;
  };
}

/** One line of the books: a pair and what it has come to. */
export interface ReconcileRow {
  readonly pair: Pair;
  readonly verdict: Verdict;
  /** What staff may decide now; empty when nothing is theirs to decide. */
  readonly decisions: readonly StaffDecision[];
  readonly mayRecordTender: boolean;
}

/** Why a day can't be closed yet. */
export type CloseRefusal =
  /** Nobody gave a name. */
  | 'no_name'
  | 'unresolved_money'
  | 'sales_under_way'
  /** Captures, cancellations or reads wait for Stripe. */
  | 'work_waiting'
  /** Stripe did not answer the comparison. */
  | 'not_reached'
  /** The comparison did not see everything. */
  | 'sweep_incomplete'
  | 'sweep_old';

export type CloseOutcome =
  | { readonly kind: 'closed'; readonly close: DayClose }
  | { readonly kind: 'refused'; readonly reasons: readonly CloseRefusal[] };

export type DecisionOutcome =
  | { readonly kind: 'recorded'; readonly sale: Sale }
  /** Without a name and a reason nothing is decided. */
  | { readonly kind: 'refused'; readonly why: DecisionRefusal };

export type DecisionRefusal = 'no_name' | 'no_reason' | 'no_sale' | 'not_allowed';

/** The day's books: what is open, what staff decide about it, and the close that signs it. */
export class Reconciler {
  readonly #options: ReconcilerOptions;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  /** Everything of ours that keeps the day open, nearest deadline first, then the oldest. */
  overview(rows = this.rows()): readonly ReconcileRow[] {
    return rows.filter(({ verdict }) => !verdict.resolved).sort(byUrgency);
  }

  /** Every pair since the last close, and every older one that is unsettled or was settled since. */
  rows(): readonly ReconcileRow[] {
    const { books, clock } = this.#options;
    const fromMs = this.dayFromMs();
    return books
      .pairs(fromMs, clock.nowMs())
      .map((pair) => this.judge(pair))
      .filter(({ pair, verdict }) => !verdict.resolved || !this.#isOfBefore(pair, fromMs));
  }

  /** What one pair has come to by now, and what staff may do about it. */
  judge(pair: Pair): ReconcileRow {
    const { clock, kioskId } = this.#options;
    return {
      pair,
      verdict: classify(pair, kioskId, clock.nowMs()),
      decisions: pair.sale === null ? [] : allowedDecisions(pair.sale),
      mayRecordTender: pair.sale !== null && mayRecordTender(pair.sale),
    };
  }

  /** The running day: from the last close to now. */
  report(rows = this.rows()): DayReport {
    const { books, clock, kioskId } = this.#options;
    const period = { fromMs: this.dayFromMs(), toMs: clock.nowMs() };
    return dayReport(period, kioskId, rows, this.refundsOfDay(), books.quarantined());
  }

  /** What was given back in the running day, what came back, and whatever of it nobody has dealt with. */
  refundsOfDay(): RefundsOfDay {
    const { ledger, refunds } = this.#options;
    if (refunds === undefined) return noRefunds;
    return refundsOfDay({ ledger, book: refunds }, this.dayFromMs());
  }

  /** When the running day began, epoch milliseconds; zero when none was ever closed. */
  dayFromMs(): number {
    return lastCloseAtMs(this.#options.books, this.#options.log) ?? 0;
  }

  /**
   * Compares with Stripe unless that was just done, then closes the day: refused, with every reason, while money of
   * ours is unresolved or the comparison can't be trusted. On return the close is on disk, and the next day runs.
   */
  async close(by: string): Promise<CloseOutcome> {
    const { ledger, books, clock, sweep } = this.#options;
    const name = tidy(by, nameMax);
    if (name === '') return { kind: 'refused', reasons: ['no_name'] };
    const isComplete = sweep.lastOutcome?.kind === 'complete';
    if (sweep.isRunning || !isComplete || !this.#isFresh()) await sweep.sweepNow();
    return ledger.atomically((): CloseOutcome => {
      const rows = this.rows();
      const reasons = this.#refusals(rows);
      if (reasons.length > 0) return { kind: 'refused', reasons };
      const report = JSON.stringify(this.report(rows));
      const close: DayClose = { atMs: clock.nowMs(), by: name, report };
      books.addDayClose(close);
      return { kind: 'closed', close };
    });
  }

  /**
   * Records what staff decided, with who and why, and has it carried out. Refused where the sale does not allow it.
   * `amount` is of `capture_part` alone, minor units. Whether it needs an approval is asked before: ApprovedDecisions.
   */
  decide(
    id: SaleId,
    decision: StaffDecision,
    by: string,
    why: string,
    amount?: number,
  ): DecisionOutcome {
    return this.#record(id, by, why, decided(decision, amount));
  }

  /** Why that decision would be refused now; null where it would be recorded. Changes nothing. */
  whyNotDecide(
    id: SaleId,
    decision: StaffDecision,
    by: string,
    why: string,
    amount?: number,
  ): DecisionRefusal | null {
    const words = tidied(by, why);
    const missing = this.#missing(id, words);
    if (missing !== null) return missing;
    const sale = this.#options.ledger.findSale(id);
    if (sale === null) return 'no_sale';
    const { kind } = transition(sale, decided(decision, amount)(words));
    return kind === 'ignored' ? 'not_allowed' : null;
  }

  /** Records that the sale was paid otherwise; what it still holds on a card is released. */
  recordTender(id: SaleId, tender: Tender, by: string, why: string): DecisionOutcome {
    return this.#record(id, by, why, (words) => ({ kind: 'tender_recorded', tender, ...words }));
  }

  #record(
    id: SaleId,
    by: string,
    why: string,
    eventOf: (words: Words) => SaleEvent,
  ): DecisionOutcome {
    const words = tidied(by, why);
    const missing = this.#missing(id, words);
    if (missing !== null) return { kind: 'refused', why: missing };
    const sale = this.#options.steps.apply(id, eventOf(words));
    return sale === null ? { kind: 'refused', why: 'not_allowed' } : { kind: 'recorded', sale };
  }

  #missing(id: SaleId, { by, why }: Words): DecisionRefusal | null {
    if (by === '') return 'no_name';
    if (why === '') return 'no_reason';
    return this.#options.ledger.findSale(id) === null ? 'no_sale' : null;
  }

  #refusals(rows: readonly ReconcileRow[]): readonly CloseRefusal[] {
    const { ledger, sweep } = this.#options;
    const last = sweep.lastOutcome;
    const isDamaged = ledger.damagedSales().length > 0;
    const isMoneyOpen =
      isDamaged ||
      rows.some(({ verdict }) => !verdict.resolved) ||
      this.refundsOfDay().rows.some(({ resolved }) => !resolved);
    const isUnderWay = ledger.unfinishedSales().length > 0;
    const isWaiting = ledger.waitingWork(waitingMax).some(({ kind }) => keepsDayOpen(kind));
    const isUnreached = last?.kind === 'incomplete' && last.isSilence;
    const isPartial = last?.kind === 'incomplete' && !last.isSilence;
    const found: readonly (readonly [CloseRefusal, boolean])[] = [
      ['unresolved_money', isMoneyOpen],
      ['sales_under_way', isUnderWay],
      ['work_waiting', isWaiting],
      ['not_reached', isUnreached],
      ['sweep_incomplete', isPartial],
      ['sweep_old', !this.#isFresh()],
    ];
    return found.filter(([, holds]) => holds).map(([refusal]) => refusal);
  }

  /** In both directions: a sweep of tomorrow says as little as one of yesterday. A machine that slept knows neither. */
  #isFresh(): boolean {
    const { books, clock } = this.#options;
    const last = books.lastSweep();
    // Since it was done, an event may have spoken of a PaymentIntent of ours that no sale knows.
    if (!clock.isKnown || last === null || books.isSweepAsked()) return false;
    return Math.abs(clock.nowMs() - last.doneAtMs) <= freshMs;
  }

  /** Begun before the day, and not touched since: it stood in an earlier day's report. */
  #isOfBefore({ sale, addedAtMs, sighting }: Pair, fromMs: number): boolean {
    if (Math.max(addedAtMs ?? 0, sighting?.createdAtMs ?? 0) >= fromMs) return false;
    if (sale === null) return true;
    try {
      const { entries } = this.#options.ledger.historyOf(sale.id);
      const last = entries.findLast((entry, place) => isOfSale(entry, entries[place - 1]));
      return last === undefined || last.atMs <= fromMs;
    } catch (error) {
      // A journal that can't be believed does not take its sale off the books.
      if (!(error instanceof DamagedSale)) throw error;
      return false;
    }
  }
}

function byUrgency(left: ReconcileRow, right: ReconcileRow): number {
  const untilOf = (row: ReconcileRow): number => row.verdict.deadlineMs ?? Number.MAX_SAFE_INTEGER;
  const beganOf = ({ pair }: ReconcileRow): number =>
    pair.addedAtMs ?? pair.sighting?.createdAtMs ?? 0;
  return untilOf(left) - untilOf(right) || beganOf(left) - beganOf(right);
}

/**
 * A refund has lines of its own, on the day it was asked for: that a paid sale of an earlier day is given back, or is
 * read to have been, does not make it one of today's.
 */
function isOfSale({ event, state }: JournalEntry, before: JournalEntry | undefined): boolean {
  if (state !== 'paid' || before?.state !== 'paid') return true;
  const isOfRefund = event.kind === 'giving_back' || event.kind === 'not_given_back';
  return !isOfRefund && event.kind !== 'payment_intent_read';
}

/** Work on money that Stripe has not answered. A refund that is pending is only looked at now and then, for days. */
function keepsDayOpen(kind: OutboxWork['kind']): boolean {
  return (
    kind.startsWith('payment_intent.') || kind === 'refund.create' || kind === 'refund.look_up'
  );
}

interface Words {
  readonly by: string;
  readonly why: string;
}

function decided(decision: StaffDecision, amount?: number): (words: Words) => SaleEvent {
  const part = amount === undefined ? {} : { amount };
  return (words) => ({ kind: 'staff_decided', decision, ...part, ...words });
}

function tidied(by: string, why: string): Words {
  return { by: tidy(by, nameMax), why: tidy(why, reasonMax) };
}

function tidy(text: string, max: number): string {
  return text.trim().slice(0, max);
}
