import { z } from 'zod';

export const catalogueReadRequest = z.strictObject({});

/** What the window needs to offer the catalogue; prices are whole minor units. */
export interface CatalogueView {
  readonly categories: readonly CategoryView[];
}

export interface CategoryView {
  readonly id: string;
  readonly name: string;
  readonly items: readonly ItemView[];
}

export interface ItemView {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** What the customer pays for one, tax included. */
  readonly price: number;
  /** When and with whom, as the studio writes it: `Today 18:30 · Mara`. */
  readonly note: string | null;
  /** Shown first and largest on the choose screen and announced on the attract screen. */
  readonly featured: boolean;
  /** How many may be bought in one sale. */
  readonly limit: number;
}
