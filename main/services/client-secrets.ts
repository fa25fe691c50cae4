import type { SaleId } from '../domain/ids.ts';
import type { Sale } from '../domain/sale.ts';

/** Client secrets of the sales in hand: in memory only, for as long as a card may be collected (P9). */
export class ClientSecrets {
  readonly #secrets = new Map<SaleId, string>();

  /** Refuses, in silence, the secret of a sale that can collect no card any more. */
  keep(sale: Sale, secret: string): void {
    if (mayCollect(sale)) this.#secrets.set(sale.id, secret);
  }

  of(id: SaleId): string | null {
    return this.#secrets.get(id) ?? null;
  }

  /** Forgets the secret once this sale can collect no card any more. */
  forgetAfter(sale: Sale): void {
    if (!mayCollect(sale)) this.#secrets.delete(sale.id);
  }
}

function mayCollect({ state, settledBy }: Sale): boolean {
  // Some PaymentIntents can be read with it alone, until their sale has ended.
  if (settledBy === 'platform' && (state === 'canceling' || state === 'capturing')) return true;
  return (
    state === 'creating' ||
    state === 'presenting' ||
    state === 'authorizing' ||
    state === 'finding_out'
  );
}
