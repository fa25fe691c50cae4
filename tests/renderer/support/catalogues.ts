import type { CatalogueView, ItemView } from '../../../preload/contract/catalogue.ts';

/** Sixty characters: the longest name a studio may give a class. */
export const longName = 'Slow vinyasa flow with breathwork & candlelit restorative 75';

function item(part: Partial<ItemView> & Pick<ItemView, 'id' | 'name' | 'price'>): ItemView {
  return { description: null, note: null, featured: false, limit: 1, ...part };
}

/** A studio's evening. */
export const evening: CatalogueView = {
  categories: [
    {
      id: 'classes',
      name: 'Classes',
      items: [
        item({
          id: 'vinyasa',
          name: 'Vinyasa flow',
          price: 2400,
          note: 'Today 6:30 PM · Mara',
          description: 'Warm room, all levels, 60 minutes',
          featured: true,
          limit: 4,
        }),
        item({
          id: 'yin',
          name: 'Yin & sound',
          price: 2600,
          note: 'Today 8:00 PM · Jonas',
          description: 'Quiet, long holds, 75 minutes',
          featured: true,
          limit: 4,
        }),
        item({
          id: 'hatha',
          name: 'Morning hatha',
          price: 2200,
          note: 'Tomorrow 7:00 AM · Ines',
          limit: 4,
        }),
        item({
          id: 'pilates',
          name: 'Mat pilates',
          price: 2400,
          note: 'Tomorrow 9:15 AM · Theo',
          limit: 4,
        }),
      ],
    },
    {
      id: 'passes',
      name: 'Passes',
      items: [
        item({ id: 'five', name: 'Five classes', price: 10500, note: 'Valid for three months' }),
        item({ id: 'ten', name: 'Ten classes', price: 19500, note: 'Valid for six months' }),
        item({ id: 'month', name: 'Monthly unlimited', price: 16900 }),
      ],
    },
    {
      id: 'desk',
      name: 'At the desk',
      items: [
        item({ id: 'mat', name: 'Mat rental', price: 300, limit: 6 }),
        item({ id: 'towel', name: 'Towel', price: 200, limit: 6 }),
        item({ id: 'tea', name: 'Ginger tea', price: 450, limit: 9, description: 'Hot, no sugar' }),
      ],
    },
  ],
};

/** Two hundred items in one category, some with the longest name. */
export const crowded: CatalogueView = {
  categories: [
    {
      id: 'all',
      name: 'Everything',
      items: Array.from({ length: 200 }, (_, index) =>
        item({
          id: `item-${index}`,
          name: index % 7 === 0 ? longName : `Class number ${index}`,
          price: 1_000 + index * 25,
          note: index % 3 === 0 ? 'Today 6:30 PM · Mara-Magdalena Oberhofer-Lindqvist' : null,
          limit: index % 2 === 0 ? 4 : 1,
          featured: index < 2,
        }),
      ),
    },
  ],
};

/** Many categories whose names do not fit in a row. */
export const manyCategories: CatalogueView = {
  categories: Array.from({ length: 9 }, (_, index) => ({
    id: `category-${index}`,
    name: index === 4 ? 'Workshops, retreats and teacher training' : `Category ${index + 1}`,
    items: [
      item({ id: `only-${index}`, name: index === 4 ? longName : `Item ${index}`, price: 999_999 }),
    ],
  })),
};
