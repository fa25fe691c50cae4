import type { KioskBridge } from '../../preload/contract/contract.ts';
import type { OrderAnswer } from '../../preload/contract/orders.ts';
import type { Asking } from './asking.svelte.ts';

/** What a customer may ask of main about a platform's order. Null, or false, when main did not do it. */
export class OrderCommands {
  readonly #bridge: KioskBridge;
  readonly #asking: Asking;

  constructor(bridge: KioskBridge, asking: Asking) {
    this.#bridge = bridge;
    this.#asking = asking;
  }

  async open(code: string): Promise<OrderAnswer | null> {
    const answer = await this.#asking.answer(() => this.#bridge.ask('order:open', { code }));
    return answer?.value ?? null;
  }

  async attach(saleId: string, code: string): Promise<OrderAnswer | null> {
    const answer = await this.#asking.answer(() =>
      this.#bridge.ask('order:attach', { saleId, code }),
    );
    return answer?.value ?? null;
  }

  /** As much as possible, or nothing, from the member's account at the platform. */
  useBalance(saleId: string, use: boolean): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('order:balance', { saleId, use }));
  }
}
