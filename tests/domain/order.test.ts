import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalogue, CatalogueItem, Tax } from '../../main/domain/catalogue.ts';
import { stepOf } from '../../main/domain/money.ts';
import { largestAmount, type Order, priceOrder } from '../../main/domain/order.ts';

const item = (changes: Partial<CatalogueItem> = {}): CatalogueItem => ({
  id: 'drop-in',
  name: 'Drop-in class',
  description: null,
  note: null,
  featured: false,
  price: 2_800,
  taxId: null,
  limit: 9,
  ...changes,
});

const catalogueOf = (
  items: readonly CatalogueItem[],
  taxes: readonly Tax[] = [],
  currency = 'usd',
): Catalogue => ({
  currency,
  taxes,
  categories: [{ id: 'all', name: 'All', items }],
});

const salesTax: Tax = { id: 'sales', label: 'Sales tax', basisPoints: 875, included: false };
const vat: Tax = { id: 'vat', label: 'VAT', basisPoints: 1_900, included: true };

function priced(...args: Parameters<typeof priceOrder>): Order {
  const result = priceOrder(...args);
  if (result.kind === 'refused') throw new Error(result.why);
  return result.order;
}

describe('an order', () => {
  it('adds the tax that prices do not contain', () => {
    const order = priced(catalogueOf([item({ price: 1_000, taxId: 'sales' })], [salesTax]), [
      { itemId: 'drop-in', quantity: 2 },
    ]);

    expect(order.subtotal.amount).toBe(2_000);
    expect(order.taxes).toEqual([
      { label: 'Sales tax', amount: { amount: 175, currency: 'usd' }, included: false },
    ]);
    expect(order.total.amount).toBe(2_175);
  });

  it('only shows the tax that prices contain', () => {
    const order = priced(catalogueOf([item({ price: 1_190, taxId: 'vat' })], [vat], 'eur'), [
      { itemId: 'drop-in', quantity: 1 },
    ]);

    expect(order.taxes[0]?.amount.amount).toBe(190);
    expect(order.total.amount).toBe(1_190);
  });

  it('counts a tax once on the sum of its lines, so that rounding happens once', () => {
    const items = [
      item({ id: 'mat', price: 6, taxId: 'sales' }),
      item({ id: 'towel', price: 6, taxId: 'sales' }),
    ];
    const order = priced(catalogueOf(items, [salesTax]), [
      { itemId: 'mat', quantity: 1 },
      { itemId: 'towel', quantity: 1 },
    ]);

    expect(order.total.amount).toBe(12 + 1);
  });

  it('puts the same item, asked for twice, on one line', () => {
    const order = priced(catalogueOf([item()]), [
      { itemId: 'drop-in', quantity: 1 },
      { itemId: 'drop-in', quantity: 2 },
    ]);

    expect(order.lines).toHaveLength(1);
    expect(order.lines[0]?.quantity).toBe(3);
  });

  it('does not let the limit of an item be passed by asking twice', () => {
    const result = priceOrder(catalogueOf([item({ limit: 3 })]), [
      { itemId: 'drop-in', quantity: 2 },
      { itemId: 'drop-in', quantity: 2 },
    ]);

    expect(result).toMatchObject({ kind: 'refused', why: 'at most 3 of drop-in in one sale' });
  });

  it('is refused when it is of nothing, for nothing, of something unknown, or too large', () => {
    const catalogue = catalogueOf([
      item({ id: 'free', price: 0 }),
      item({ id: 'studio', price: largestAmount }),
    ]);

    for (const lines of [
      [],
      [{ itemId: 'free', quantity: 1 }],
      [{ itemId: 'nothing-of-ours', quantity: 1 }],
      [{ itemId: 'studio', quantity: 2 }],
    ]) {
      expect(priceOrder(catalogue, lines).kind).toBe('refused');
    }
    expect(priced(catalogue, [{ itemId: 'studio', quantity: 1 }]).total.amount).toBe(largestAmount);
  });

  it('always totals to its lines plus the taxes that are added, in one currency', () => {
    const someItems = fc.array(
      fc.record({
        price: fc.integer({ min: 1, max: 100_000 }),
        taxId: fc.constantFrom(null, 'sales', 'vat'),
        quantity: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.constantFrom('usd', 'jpy', 'kwd'), someItems, (currency, wanted) => {
        const items = wanted.map(({ price, taxId }, index) =>
          item({ id: `item-${index}`, price: price * stepOf(currency), taxId }),
        );
        const order = priced(
          catalogueOf(items, [salesTax, vat], currency),
          wanted.map(({ quantity }, index) => ({ itemId: `item-${index}`, quantity })),
        );
        const lines = order.lines.reduce((total, line) => total + line.total.amount, 0);
        const added = order.taxes
          .filter((tax) => !tax.included)
          .reduce((total, tax) => total + tax.amount.amount, 0);

        expect(order.subtotal.amount).toBe(lines);
        expect(order.total).toEqual({ amount: lines + added, currency });
        expect(Number.isSafeInteger(order.total.amount)).toBe(true);
      }),
    );
  });
});
