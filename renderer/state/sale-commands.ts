import type { KioskBridge, Requests } from '../../preload/contract/contract.ts';
import type { Refusal } from '../../preload/contract/envelope.ts';
import type { SaleView } from '../../preload/contract/sale.ts';
import type { Asking } from './asking.svelte.ts';

/** What a customer may ask of main about the sale. True when main did it. */
export class SaleCommands {
  readonly #bridge: KioskBridge;
  readonly #asking: Asking;

  constructor(bridge: KioskBridge, asking: Asking) {
    this.#bridge = bridge;
    this.#asking = asking;
  }

  get waiting(): boolean {
    return this.#asking.waiting;
  }

  get refusal(): Refusal | null {
    return this.#asking.refusal;
  }

  start(request: Requests['sale:start']): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('sale:start', request));
  }

  confirm(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('sale:confirm', { saleId }));
  }

  extend(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('sale:extend', { saleId }));
  }

  cancel(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('sale:cancel', { saleId }));
  }

  dismiss(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('sale:dismiss', { saleId }));
  }

  /** Pays with the card that was read. Without an attempt there is no card, and nothing is asked. */
  accept(sale: SaleView): Promise<boolean> {
    const { attemptId } = sale;
    if (attemptId === null) return Promise.resolve(false);
    return this.#asking.done(() =>
      this.#bridge.ask('payment:accept', { saleId: sale.id, attemptId }),
    );
  }

  retry(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('payment:retry', { saleId }));
  }

  email(saleId: string, email: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('receipt:email', { saleId, email }));
  }
}
