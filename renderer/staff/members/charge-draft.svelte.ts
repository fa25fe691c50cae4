import { SvelteMap } from 'svelte/reactivity';
import type { CatalogueView, ItemView } from '../../../preload/contract/catalogue.ts';
import type { Requests } from '../../../preload/contract/contract.ts';

/** The most lines main takes in one sale. */
const linesMax = 50;

/** A charge to a card on file as it is filled in. It is one request, however often it is sent. */
export class ChargeDraft {
  readonly requestId: string;
  #catalogue = $state.raw<CatalogueView | null>(null);
  #isMissing = $state(false);
  readonly #quantities = new SvelteMap<string, number>();
  /** The card that is charged; null before one was chosen. */
  cardId = $state<string | null>(null);
  by = $state('');
  why = $state('');
  /** Everything is filled in, and staff are asked whether they are sure. */
  isSure = $state(false);

  constructor(requestId: string, by: string) {
    this.requestId = requestId;
    this.by = by;
  }

  /** What the studio sells; null while it is not known. */
  get catalogue(): CatalogueView | null {
    return this.#catalogue;
  }

  /** Main has told nothing that could be charged. */
  get isMissing(): boolean {
    return this.#isMissing;
  }

  /** Takes what the studio sells; null where main did not tell it. */
  show(catalogue: CatalogueView | null): void {
    this.#catalogue = catalogue;
    this.#isMissing = catalogue === null;
  }

  quantityOf(itemId: string): number {
    return this.#quantities.get(itemId) ?? 0;
  }

  /** Sets how many, within nought and the item's limit. A fifty-first line is not taken. */
  set({ id, limit }: ItemView, quantity: number): void {
    const wanted = Math.max(0, Math.min(quantity, limit));
    const isFull = this.#quantities.size >= linesMax && !this.#quantities.has(id);
    if (wanted === 0) this.#quantities.delete(id);
    else if (!isFull) this.#quantities.set(id, wanted);
  }

  /** Those that were picked, in the order of the catalogue. */
  get lines(): readonly { readonly item: ItemView; readonly quantity: number }[] {
    const items = this.#catalogue?.categories.flatMap((category) => category.items) ?? [];
    return items
      .map((item) => ({ item, quantity: this.quantityOf(item.id) }))
      .filter(({ quantity }) => quantity > 0);
  }

  /** Minor units, tax as in the catalogue; what is charged is priced by main. */
  get total(): number {
    return this.lines.reduce((sum, { item, quantity }) => sum + item.price * quantity, 0);
  }

  /** What main is asked for; null while no card is chosen. */
  request(): Requests['members:charge'] | null {
    const { requestId, cardId, by, why } = this;
    if (cardId === null) return null;
    const lines = this.lines.map(({ item, quantity }) => ({ itemId: item.id, quantity }));
    return { requestId, cardId, lines, by, why };
  }
}
