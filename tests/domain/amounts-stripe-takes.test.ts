import { expect, it } from 'vitest';
import type { Catalogue } from '../../main/domain/catalogue.ts';
import { priceOrder } from '../../main/domain/order.ts';

function catalogue(currency: string, price: number, basisPoints: number): Catalogue {
  const item = {
    id: 'drop-in',
    name: 'Drop-in class',
    description: null,
    note: null,
    featured: false,
    price,
    taxId: 'tax',
    limit: 9,
  };
  return {
    currency,
    taxes: [{ id: 'tax', label: 'Tax', basisPoints, included: false }],
    categories: [{ id: 'all', name: 'All', items: [item] }],
  };
}

/** Stripe refuses other amounts: https://docs.stripe.com/currencies#special-cases and #zero-decimal */
it.each([
  ['kwd', 10],
  ['bhd', 10],
  ['isk', 100],
  ['ugx', 100],
])('prices a sale in %s only in steps of %i minor units', (currency, unit) => {
  for (const [price, tax] of [
    [5_000, 875],
    [5_500, 333],
    [5_005, 0],
  ] as const) {
    const priced = priceOrder(catalogue(currency, price, tax), [
      { itemId: 'drop-in', quantity: 1 },
    ]);
    if (priced.kind === 'refused') continue;
    expect(priced.order.total.amount % unit, `${price} + ${tax}`).toBe(0);
  }
});
