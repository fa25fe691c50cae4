import type { Catalogue } from '../../../main/domain/catalogue.ts';
import type { Money } from '../../../main/domain/money.ts';

/** What the simulated studio sells: a price with tax added, one with tax inside, one without. */
export const catalogue: Catalogue = {
  currency: 'usd',
  taxes: [
    { id: 'goods', label: 'Sales tax', basisPoints: 875, included: false },
    { id: 'inside', label: 'VAT', basisPoints: 1_900, included: true },
  ],
  categories: [
    {
      id: 'all',
      name: 'All',
      items: [
        item('drop-in', 2_800, null),
        item('mat', 1_050, 'goods'),
        item('pass', 19_000, 'inside'),
      ],
    },
  ],
};

function item(id: string, price: number, taxId: string | null) {
  return { id, name: id, description: null, note: null, featured: false, price, taxId, limit: 4 };
}

/** What the lines cost by a sum of our own, for the checker: tax added is rounded half up. */
export function costOf(
  lines: readonly { readonly itemId: string; readonly quantity: number }[],
): Money {
  let net = 0;
  let taxed = 0;
  for (const { itemId, quantity } of lines) {
    const found = catalogue.categories[0]?.items.find(({ id }) => id === itemId);
    if (found === undefined) throw new Error(`the price list has no ${itemId}`);
    net += found.price * quantity;
    if (found.taxId === 'goods') taxed += found.price * quantity;
  }
  return { amount: net + Math.floor((taxed * 875) / 10_000 + 0.5), currency: catalogue.currency };
}
