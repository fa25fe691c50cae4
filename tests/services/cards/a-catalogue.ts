import type { Catalogue } from '../../../main/domain/catalogue.ts';

/** A drop-in class at 28.00 USD, and nothing else. */
export const anOrderCatalogue: Catalogue = {
  currency: 'usd',
  taxes: [],
  categories: [
    {
      id: 'classes',
      name: 'Classes',
      items: [
        {
          id: 'drop-in',
          name: 'Drop-in class',
          description: null,
          note: null,
          featured: false,
          price: 2_800,
          taxId: null,
          limit: 9,
        },
      ],
    },
  ],
};
