import type { MoneyRow } from '../../preload/contract/staff.ts';
import { lostItem } from '../domain/found-sale.ts';
import { givenBackOf, refundable } from '../domain/given-back.ts';
import type { Money } from '../domain/money.ts';
import { codeOf, isPending, type Sale, totalOf } from '../domain/sale.ts';
import type { ReconcileRow } from '../services/reconciler.ts';

/** A judged pair as a line of the staff page. */
export function moneyRow(row: ReconcileRow): MoneyRow {
  const { pair, verdict, decisions, mayRecordTender } = row;
  const { sale, sighting } = pair;
  return {
    ...ofSale(sale),
    paymentIntentId: sale?.paymentIntent?.id ?? sighting?.id ?? null,
    atMs: pair.addedAtMs ?? sighting?.createdAtMs ?? null,
    class: verdict.class,
    resolved: verdict.resolved,
    amount: verdict.amountAtStake,
    deadlineMs: verdict.deadlineMs,
    proposal: verdict.proposal,
    decisions,
    mayRecordTender,
    disputed: sale?.paymentIntent?.disputed ?? false,
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
  | 'refundable'
  | 'givenBack'
  | 'pending'
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
    refundable: sum(sale, refundable(sale)),
    givenBack: sum(sale, givenBackOf(sale)),
    pending: isPending(sale),
  };
}

/** Null for nothing. */
function sum(sale: Sale, amount: number): Money | null {
  const { currency } = sale.paymentIntent ?? totalOf(sale);
  return amount === 0 ? null : { amount, currency };
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
  refundable: null,
  givenBack: null,
  pending: false,
};
