import type { CatalogueView } from '../../preload/contract/catalogue.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { priceOrder } from '../domain/order.ts';

/** What can be chosen, each with the price the customer pays for one, tax included. */
export function catalogueView(catalogue: Catalogue): CatalogueView {
  return {
    categories: catalogue.categories.map(({ id, name, items }) => ({
      id,
      name,
      items: items.map((item) => ({
        id: item.id,
        name: item.name,
        description: item.description,
        note: item.note,
        featured: item.featured,
        limit: item.limit,
        price: priceOfOne(catalogue, item.id) ?? item.price,
      })),
    })),
  };
}

function priceOfOne(catalogue: Catalogue, itemId: string): number | null {
  const priced = priceOrder(catalogue, [{ itemId, quantity: 1 }]);
  return priced.kind === 'priced' ? priced.order.total.amount : null;
}
