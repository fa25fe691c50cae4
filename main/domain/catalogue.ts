/** A tax of the catalogue. `basisPoints` 875 is 8.75 %. */
export interface Tax {
  readonly id: string;
  readonly label: string;
  readonly basisPoints: number;
  /** True when prices already contain it, as in most of the world; false when it is added, as in the US. */
  readonly included: boolean;
}

export interface CatalogueItem {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly note: string | null;
  readonly featured: boolean;
  /** Minor units, before any tax that is not included. */
  readonly price: number;
  readonly taxId: string | null;
  readonly limit: number;
}

export interface CatalogueCategory {
  readonly id: string;
  readonly name: string;
  readonly items: readonly CatalogueItem[];
}

/** What the studio sells, in one currency. Ids are unique across the file. */
export interface Catalogue {
  readonly currency: string;
  readonly taxes: readonly Tax[];
  readonly categories: readonly CatalogueCategory[];
}

/** The item of that id, or null. */
export function findItem(catalogue: Catalogue, id: string): CatalogueItem | null {
  for (const category of catalogue.categories) {
    const found = category.items.find((item) => item.id === id);
    if (found !== undefined) return found;
  }
  return null;
}
