import { SvelteMap } from 'svelte/reactivity';
import type { ItemView } from '../../preload/contract/catalogue.ts';
import type { Requests } from '../../preload/contract/contract.ts';
import type { CatalogueState } from './catalogue.svelte.ts';

/** One line of the cart: an item of the catalogue as it is now, and how many. */
export interface CartLine {
  readonly item: ItemView;
  readonly quantity: number;
}

/** The most lines main takes in one sale. */
export const linesMax = 50;

/** What the customer has picked. It lives in the page until review; main prices it again then. */
export class CartState {
  readonly #catalogue: CatalogueState;
  readonly #quantities = new SvelteMap<string, number>();

  constructor(catalogue: CatalogueState) {
    this.#catalogue = catalogue;
  }

  /** In the order they were picked. An item that has left the catalogue is not in it. */
  get lines(): readonly CartLine[] {
    return [...this.#quantities].flatMap(([itemId, quantity]) => {
      const item = this.#catalogue.find(itemId);
      return item === undefined ? [] : [{ item, quantity: Math.min(quantity, item.limit) }];
    });
  }

  /** Minor units, tax as in the catalogue; the sale's own total comes from main. */
  get total(): number {
    return this.lines.reduce((sum, line) => sum + line.item.price * line.quantity, 0);
  }

  get count(): number {
    return this.lines.reduce((sum, line) => sum + line.quantity, 0);
  }

  quantityOf(itemId: string): number {
    return this.lines.find((line) => line.item.id === itemId)?.quantity ?? 0;
  }

  /** Sets how many, within nought and the item's limit. A fifty-first line is not taken. */
  set(item: ItemView, quantity: number): void {
    const wanted = Math.max(0, Math.min(quantity, item.limit));
    const full = this.#quantities.size >= linesMax && !this.#quantities.has(item.id);
    if (wanted === 0) this.#quantities.delete(item.id);
    else if (!full) this.#quantities.set(item.id, wanted);
  }

  clear(): void {
    this.#quantities.clear();
  }

  /** What `sale:start` takes. */
  request(): Requests['sale:start'] {
    return {
      lines: this.lines.map((line) => ({ itemId: line.item.id, quantity: line.quantity })),
    };
  }
}
