import { type Catalogue, findItem } from './catalogue.ts';
import { add, containedPortion, money, type Money, portion, stepOf, sum, times } from './money.ts';

export interface OrderLine {
  readonly itemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly total: Money;
}

export interface OrderTax {
  readonly label: string;
  readonly amount: Money;
  readonly included: boolean;
}

/** What is sold in one sale, fixed at review: later changes of the catalogue do not touch it. */
export interface Order {
  readonly lines: readonly OrderLine[];
  readonly subtotal: Money;
  readonly taxes: readonly OrderTax[];
  readonly total: Money;
}

export type PricedOrder =
  | { readonly kind: 'priced'; readonly order: Order }
  | { readonly kind: 'refused'; readonly why: string };

/** The largest amount Stripe takes: eight digits. https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
export const largestAmount = 99_999_999;

/**
 * Prices the lines from the catalogue; the window's idea of a price is never asked for.
 * Refuses unknown items, quantities over the item's limit, and totals that are zero or too large for Stripe.
 * Each tax is counted once on the sum of its lines, so that rounding happens once.
 */
export function priceOrder(
  catalogue: Catalogue,
  wanted: readonly { readonly itemId: string; readonly quantity: number }[],
): PricedOrder {
  const { currency } = catalogue;
  const lines: OrderLine[] = [];
  const taxBases = new Map<string, Money>();

  for (const { itemId, quantity } of mergeQuantities(wanted)) {
    const item = findItem(catalogue, itemId);
    if (item === null) return { kind: 'refused', why: `the catalogue has no item ${itemId}` };
    if (quantity > item.limit) {
      return { kind: 'refused', why: `at most ${item.limit} of ${itemId} in one sale` };
    }
    const unitPrice = money(item.price, currency);
    const total = times(unitPrice, quantity);
    lines.push({ itemId, name: item.name, quantity, unitPrice, total });
    if (item.taxId !== null) {
      taxBases.set(item.taxId, add(taxBases.get(item.taxId) ?? money(0, currency), total));
    }
  }

  const subtotal = sum(
    lines.map((line) => line.total),
    currency,
  );
  const taxes = catalogue.taxes.flatMap((tax): OrderTax[] => {
    const base = taxBases.get(tax.id);
    if (base === undefined || tax.basisPoints === 0) return [];
    const amount = tax.included
      ? containedPortion(base, tax.basisPoints)
      : portion(base, tax.basisPoints);
    return [{ label: tax.label, amount, included: tax.included }];
  });
  const added = taxes.filter((tax) => !tax.included).map((tax) => tax.amount);
  const total = add(subtotal, sum(added, currency));

  if (total.amount <= 0) return { kind: 'refused', why: 'a sale of nothing needs no card' };
  if (total.amount % stepOf(currency) !== 0) {
    return {
      kind: 'refused',
      why: `Stripe takes ${currency} only in steps of ${stepOf(currency)}`,
    };
  }
  if (total.amount > largestAmount) {
    return { kind: 'refused', why: 'the total is larger than Stripe takes in one payment' };
  }
  return { kind: 'priced', order: { lines, subtotal, taxes, total } };
}

function mergeQuantities(
  wanted: readonly { readonly itemId: string; readonly quantity: number }[],
): { itemId: string; quantity: number }[] {
  const quantities = new Map<string, number>();
  for (const { itemId, quantity } of wanted) {
    quantities.set(itemId, (quantities.get(itemId) ?? 0) + quantity);
  }
  return [...quantities].map(([itemId, quantity]) => ({ itemId, quantity }));
}
