import { givenBackOf, refundedOf } from '../domain/given-back.ts';
import {
  codeOf,
  type Sale,
  type SaleState,
  type StaffDecision,
  type Tender,
} from '../domain/sale.ts';
import type { KioskId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import { type ReconcileClass, reconcileClasses, type Verdict } from '../domain/reconcile.ts';
import type { Books, Pair } from '../ports/books.ts';
import type { RefundsOfDay } from './refunds/refunds-of-day.ts';

/** A row as it is signed: everything a person needs to find the sale again, and nothing of the card but its end. */
export interface ReportRow {
  readonly class: ReconcileClass;
  readonly resolved: boolean;
  /** Null for a PaymentIntent that no sale knows. */
  readonly saleId: string | null;
  readonly code: string | null;
  readonly state: SaleState | null;
  readonly paymentIntentId: string | null;
  readonly paymentIntentStatus: string | null;
  /** When the sale was added, or else the PaymentIntent created; epoch milliseconds. */
  readonly atMs: number | null;
  readonly amount: Money;
  readonly deadlineMs: number | null;
  readonly last4: string | null;
  readonly tender: Tender | null;
  readonly staffDecision: StaffDecision | null;
  /** What was given back of it or is on its way, whoever asked for it; zero for nothing. */
  readonly givenBack: Money;
  /** The cardholder's bank has taken it back, or wants to. */
  readonly disputed: boolean;
}

/** How many rows a class has, and their sums, one for each currency. */
export interface ClassTotal {
  readonly class: ReconcileClass;
  readonly count: number;
  readonly sums: readonly Money[];
}

export interface DayReport {
  readonly kioskId: KioskId;
  readonly fromMs: number;
  readonly toMs: number;
  /** Every class, in their order, also those without a row. */
  readonly totals: readonly ClassTotal[];
  /** Oldest first. */
  readonly rows: readonly ReportRow[];
  /** Of sales and of refunds. */
  readonly unresolved: number;
  /** Money given back, as lines and sums of its own: no total above is less for it. */
  readonly refunds: RefundsOfDay;
  /** Sales whose record could not be proved and is set aside. */
  readonly quarantined: readonly string[];
}

export function dayReport(
  period: { readonly fromMs: number; readonly toMs: number },
  kioskId: KioskId,
  judged: readonly { readonly pair: Pair; readonly verdict: Verdict }[],
  refunds: RefundsOfDay,
  quarantined: ReturnType<Books['quarantined']>,
): DayReport {
  const rows = judged
    .map(({ pair, verdict }) => rowOf(pair, verdict))
    .sort((left, right) => (left.atMs ?? 0) - (right.atMs ?? 0));
  return {
    kioskId,
    ...period,
    totals: reconcileClasses.map((name) => totalOfClass(name, rows)),
    rows,
    unresolved: [...rows, ...refunds.rows].filter(({ resolved }) => !resolved).length,
    refunds,
    quarantined: quarantined.map(({ saleId }) => saleId),
  };
}

function rowOf({ sale, addedAtMs, sighting }: Pair, verdict: Verdict): ReportRow {
  const read = sale?.paymentIntent ?? null;
  return {
    class: verdict.class,
    resolved: verdict.resolved,
    saleId: sale?.id ?? sighting?.saleId ?? null,
    code: sale === null ? null : codeOf(sale),
    state: sale?.state ?? null,
    paymentIntentId: read?.id ?? sighting?.id ?? null,
    paymentIntentStatus: read?.status ?? sighting?.status ?? null,
    atMs: addedAtMs ?? sighting?.createdAtMs ?? null,
    amount: verdict.amountAtStake,
    deadlineMs: verdict.deadlineMs,
    last4: read?.card?.last4 ?? null,
    ...staffWords(sale),
    givenBack: {
      amount: sale === null ? (sighting === null ? 0 : refundedOf(sighting)) : givenBackOf(sale),
      currency: verdict.amountAtStake.currency,
    },
    disputed: read?.disputed ?? false,
  };
}

function staffWords(sale: Sale | null): Pick<ReportRow, 'tender' | 'staffDecision'> {
  return { tender: sale?.tender ?? null, staffDecision: sale?.staffDecision ?? null };
}

function totalOfClass(name: ReconcileClass, all: readonly ReportRow[]): ClassTotal {
  const rows = all.filter((row) => row.class === name);
  const sums = new Map<string, number>();
  for (const { amount } of rows) {
    sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
  }
  return {
    class: name,
    count: rows.length,
    sums: [...sums].map(([currency, amount]) => ({ amount, currency })),
  };
}
