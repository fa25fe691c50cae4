import type { MoneyRow } from '../../preload/contract/staff.ts';
import { lostItem } from '../domain/found-sale.ts';
import { classify } from '../domain/reconcile.ts';
import { codeOf, type Sale, totalOf } from '../domain/sale.ts';
import { allowedDecisions, mayRecordTender } from '../domain/staff.ts';
import type { KioskId } from '../domain/ids.ts';
import type { Pair } from '../ports/books.ts';

/** A pair as a line of the staff page. */
export function moneyRow(pair: Pair, kioskId: KioskId, nowMs: number): MoneyRow {
  const { sale, sighting } = pair;
  const verdict = classify(pair, kioskId, nowMs);
  return {
    ...ofSale(sale),
    paymentIntentId: sale?.paymentIntent?.id ?? sighting?.id ?? null,
    atMs: pair.addedAtMs ?? sighting?.createdAtMs ?? null,
    class: verdict.class,
    resolved: verdict.resolved,
    amount: verdict.amountAtStake,
    deadlineMs: verdict.deadlineMs,
    proposal: verdict.proposal,
  };
}

type SalesPart = Pick<
  MoneyRow,
  | 'saleId'
  | 'code'
  | 'state'
  | 'staffReason'
  | 'total'
  | 'items'
  | 'last4'
  | 'tender'
  | 'staffDecision'
  | 'decisions'
  | 'mayRecordTender'
>;

function ofSale(sale: Sale | null): SalesPart {
  if (sale === null) return noSale;
  return {
    saleId: sale.id,
    code: codeOf(sale),
    state: sale.state,
    staffReason: sale.staffReason,
    total: totalOf(sale),
    items: sale.order.lines
      .filter(({ itemId }) => itemId !== lostItem)
      .map(({ name, quantity }) => ({ name, quantity })),
    last4: sale.paymentIntent?.card?.last4 ?? null,
    tender: sale.tender,
    staffDecision: sale.staffDecision,
    decisions: allowedDecisions(sale),
    mayRecordTender: mayRecordTender(sale),
  };
}

const noSale: SalesPart = {
  saleId: null,
  code: null,
  state: null,
  staffReason: null,
  total: null,
  items: [],
  last4: null,
  tender: null,
  staffDecision: null,
  decisions: [],
  mayRecordTender: false,
};
