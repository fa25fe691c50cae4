import { DamagedSale } from '../../domain/damaged-sale.ts';
import type { Money } from '../../domain/money.ts';
import { gaveNothingBack, isRefundOver, type Refund } from '../../domain/refund.ts';
import { codeOf } from '../../domain/sale.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { RefundBook, StoredRefund } from '../../ports/refund-book.ts';

/** A card's bank says within this time, and mostly much sooner, that a refund did not arrive. Milliseconds. */
const mayFailForMs = 90 * 24 * 3_600_000;

/** A refund as it is signed with the day: nothing of the card, and everything to find it again. */
export interface RefundRow {
  readonly refundId: string;
  readonly saleId: string;
  readonly code: string;
  readonly state: Refund['state'];
  /** False keeps the day from being closed. */
  readonly resolved: boolean;
  readonly amount: Money;
  readonly way: Refund['way'];
  readonly reason: Refund['reason'];
  readonly by: string;
  readonly approvedBy: string;
  /** Epoch milliseconds. */
  readonly askedAtMs: number;
  readonly stripeRefundId: string | null;
  readonly problem: string | null;
  /** Asked for in the period, and given back as far as is known. */
  readonly givenBack: boolean;
  /** Given back, as an earlier day says, and in this period it turned out that it never arrived. */
  readonly cameBack: boolean;
}

/** How many, and their sums, one for each currency. */
export interface RefundTotal {
  readonly count: number;
  readonly sums: readonly Money[];
}

export interface RefundsOfDay {
  /** Oldest first. */
  readonly rows: readonly RefundRow[];
  readonly givenBack: RefundTotal;
  readonly cameBack: RefundTotal;
}

export interface RefundBooks {
  readonly ledger: Pick<Ledger, 'historyOf'>;
  readonly book: Pick<RefundBook, 'refundsToShow'>;
}

/** Refunds asked for in the period, those that failed in it, and every older one that nobody has dealt with. */
export function refundsOfDay(books: RefundBooks, fromMs: number): RefundsOfDay {
  const rows = books.book
    .refundsToShow(fromMs - mayFailForMs)
    .map((stored) => rowOf(books, stored, fromMs))
    .filter((row) => row.askedAtMs > fromMs || row.cameBack || !row.resolved)
    .sort((left, right) => left.askedAtMs - right.askedAtMs);
  return {
    rows,
    givenBack: totalOf(rows.filter((row) => row.givenBack)),
    cameBack: totalOf(rows.filter((row) => row.cameBack)),
  };
}

export const noRefunds: RefundsOfDay = {
  rows: [],
  givenBack: { count: 0, sums: [] },
  cameBack: { count: 0, sums: [] },
};

function rowOf(books: RefundBooks, { refund, askedAtMs }: StoredRefund, fromMs: number): RefundRow {
  const isOfDay = askedAtMs > fromMs;
  const isNothing = gaveNothingBack(refund.state);
  return {
    refundId: refund.id,
    saleId: refund.saleId,
    code: codeOf({ id: refund.saleId }),
    state: refund.state,
    resolved: isResolved(refund),
    amount: refund.amount,
    way: refund.way,
    reason: refund.reason,
    by: refund.by,
    approvedBy: refund.approvedBy,
    askedAtMs,
    stripeRefundId: refund.stripeRefund?.id ?? null,
    problem: refund.problem,
    givenBack: isOfDay && !isNothing,
    cameBack: !isOfDay && isNothing && cameBackSince(books, refund, fromMs),
  };
}

/**
 * What is pending at Stripe is proved to be there, and takes days: it does not keep a day open. What is still being
 * asked for or found out, and what failed before anybody has dealt with it, does.
 */
function isResolved({ state, acknowledged }: Refund): boolean {
  if (state === 'failed') return acknowledged;
  return state === 'pending' || isRefundOver(state);
}

/** The sale was told of it, and its journal says when. */
function cameBackSince({ ledger }: RefundBooks, { id, saleId }: Refund, fromMs: number): boolean {
  try {
    return ledger
      .historyOf(saleId)
      .entries.some(
        ({ event, atMs }) =>
          event.kind === 'not_given_back' && event.refundId === id && atMs > fromMs,
      );
  } catch (error) {
    // A journal that can't be believed does not take its refund off the books.
    if (!(error instanceof DamagedSale)) throw error;
    return true;
  }
}

function totalOf(rows: readonly RefundRow[]): RefundTotal {
  const sums = new Map<string, number>();
  for (const { amount } of rows) {
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
  }
  return {
    count: rows.length,
    sums: [...sums].map(([currency, amount]) => ({ amount, currency })),
  };
}
