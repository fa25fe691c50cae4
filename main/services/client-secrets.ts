import type { SaleId } from '../domain/ids.ts';
import { isFinal, type Sale } from '../domain/sale.ts';

/** Client secrets of the sales in hand: in memory only, for as long as a card may be collected (P9). */
export class ClientSecrets {
  readonly #secrets = new Map<SaleId, string>();

  keep(id: SaleId, secret: string): void {
    this.#secrets.set(id, secret);
  }

  of(id: SaleId): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** Forgets the secret once this sale can collect no card any more. */
  forgetAfter(sale: Sale): void {
    if (isFinal(sale.state) || sale.state === 'canceling' || sale.state === 'authorized') {
      this.#secrets.delete(sale.id);
    }
  }
}
