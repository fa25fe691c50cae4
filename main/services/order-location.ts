import type { PlatformOrder } from '../domain/platform-order.ts';
import { isFinal, type Sale } from '../domain/sale.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import type { StripeReach } from './stripe-reach.ts';

export interface OrderLocationOptions {
  readonly payments: Pick<PaymentsApi, 'locationOf'>;
  readonly reach: StripeReach;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

/**
 * Where the reader for an order stands: behind some systems only the order tells. Asked once for each order that is to
 * be paid; without an answer it is asked again when the next thing happens to the sale.
 */
export class OrderLocation {
  readonly #options: OrderLocationOptions;
  #known: { readonly orderId: string; readonly location: string | null } | null = null;
  #asking: string | null = null;

  constructor(options: OrderLocationOptions) {
    this.#options = options;
  }

  /** Of the order that this sale pays, once it is being paid; null while it is not known, or there is none. */
  ofPaying(sale: Sale | null): string | null {
    const isPaying = sale !== null && sale.state !== 'open' && !isFinal(sale.state);
    if (!isPaying || sale.platformOrder === undefined) return null;
    return this.of(sale.platformOrder);
  }

  /** The Stripe location; null while it is not known. */
  of(order: PlatformOrder): string | null {
    if (this.#known?.orderId === order.id) return this.#known.location;
    if (this.#asking !== order.id) void this.#ask(order);
    return null;
  }

  async #ask(order: PlatformOrder): Promise<void> {
    const { payments, reach, signal, onChange } = this.#options;
    if (payments.locationOf === undefined) return;
    this.#asking = order.id;
    const answer = await payments.locationOf(order, signal);
    reach.heard(answer);
    // Of an order that is not the one asked for any more: it would take the place of what is wanted now.
    if (this.#asking !== order.id) return;
    this.#asking = null;
    if (answer.kind !== 'done') return;
    this.#known = { orderId: order.id, location: answer.value };
    onChange();
  }
}
