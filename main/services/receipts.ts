import { saleId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';

/** A typing mistake may be mended a few times; more is not a customer. */
const addressesPerSaleMax = 5;

export type ReceiptAsked =
  { readonly kind: 'queued' } | { readonly kind: 'not_now'; readonly why: string };

/** Receipts by e-mail: Stripe sends them once the charge has an address. */
export class Receipts {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #onQueued: () => void;

  constructor(ledger: Ledger, clock: Clock, onQueued: () => void) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#onQueued = onQueued;
  }

  /**
   * On return the address is in the outbox. Refuses a sale that is not paid, one whose charge this kiosk can't see and
   * so can give no address, and a sixth address.
   */
  email(sale: string, email: string): ReceiptAsked {
    const id = saleId(sale);
    const queued = this.#ledger.atomically((): ReceiptAsked => {
      const found = this.#ledger.findSale(id);
      if (found?.state !== 'paid') {
        return { kind: 'not_now', why: 'only a paid sale has a receipt' };
      }
      if (found.settledBy === 'platform') {
        return { kind: 'not_now', why: 'the platform sends its own receipt' };
      }
      const asked = this.#ledger.receiptEmailsAsked(id);
      if (asked >= addressesPerSaleMax) {
        return { kind: 'not_now', why: 'this receipt has been sent often enough' };
      }
      const ordinal = asked + 1;
      const work = { kind: 'charge.receipt_email', ordinal, email, afterMs: 0 } as const;
      this.#ledger.enqueue(id, work, this.#clock.nowMs());
      return { kind: 'queued' };
    });
    if (queued.kind === 'queued') this.#onQueued();
    return queued;
  }
}
