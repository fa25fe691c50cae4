import type { KioskBridge, Requests } from '../../preload/contract/contract.ts';
import type { Envelope, Refusal } from '../../preload/contract/envelope.ts';
import type { SaleView } from '../../preload/contract/sale.ts';

const faultOfOurs: Refusal = { code: 'internal', messageKey: 'internal', retryable: true };

/**
 * What a customer may ask of main, one thing at a time. A refusal is kept for the screen to say;
 * what was achieved is told by the next snapshot, never by the answer.
 */
export class SaleCommands {
  readonly #bridge: KioskBridge;
  #waiting = $state(false);
  #refusal = $state.raw<Refusal | null>(null);

  constructor(bridge: KioskBridge) {
    this.#bridge = bridge;
  }

  /** True from a tap until main has answered; a second tap meanwhile does nothing. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Why the last command was not carried out. */
  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** A new screen does not repeat the old one's refusal. */
  forget(): void {
    this.#refusal = null;
  }

  start(request: Requests['sale:start']): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('sale:start', request));
  }

  confirm(saleId: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('sale:confirm', { saleId }));
  }

  extend(saleId: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('sale:extend', { saleId }));
  }

  cancel(saleId: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('sale:cancel', { saleId }));
  }

  dismiss(saleId: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('sale:dismiss', { saleId }));
  }

  /** Pays with the card that was read. Without an attempt there is no card, and nothing is asked. */
  accept(sale: SaleView): Promise<boolean> {
    const { attemptId } = sale;
    if (attemptId === null) return Promise.resolve(false);
    return this.#once(() => this.#bridge.ask('payment:accept', { saleId: sale.id, attemptId }));
  }

  retry(saleId: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('payment:retry', { saleId }));
  }

  email(saleId: string, email: string): Promise<boolean> {
    return this.#once(() => this.#bridge.ask('receipt:email', { saleId, email }));
  }

  async #once(ask: () => Promise<Envelope<unknown>>): Promise<boolean> {
    if (this.#waiting) return false;
    this.#waiting = true;
    this.#refusal = null;
    try {
      const answer = await ask();
      if (!answer.ok) this.#refusal = answer.error;
      return answer.ok;
    } catch {
      this.#refusal = faultOfOurs;
      return false;
    } finally {
      this.#waiting = false;
    }
  }
}
