import type { CatalogueView, CategoryView, ItemView } from '../../preload/contract/catalogue.ts';
import type { KioskBridge } from '../../preload/contract/contract.ts';

/** What the studio sells, as main last told it. */
export class CatalogueState {
  readonly #bridge: KioskBridge;
  #view = $state.raw<CatalogueView>({ categories: [] });

  constructor(bridge: KioskBridge) {
    this.#bridge = bridge;
  }

  get categories(): readonly CategoryView[] {
    return this.#view.categories;
  }

  /** Every item in the order of the catalogue. */
  get items(): readonly ItemView[] {
    return this.#view.categories.flatMap((category) => category.items);
  }

  /** What starts next: featured items that carry a note. */
  get next(): readonly ItemView[] {
    return this.items.filter((item) => item.featured && item.note !== null);
  }

  find(itemId: string): ItemView | undefined {
    return this.items.find((item) => item.id === itemId);
  }

  /** Reads the catalogue again. What is shown stays when main does not answer. */
  async load(): Promise<void> {
    try {
      const answer = await this.#bridge.ask('catalogue:read', {});
      if (answer.ok) this.#view = answer.value;
    } catch {
      // The former catalogue stays: main checks every line again when a sale starts.
    }
  }
}
