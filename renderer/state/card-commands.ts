import type { CardSaveAnswer, ConsentOffer, IdentifyAnswer } from '../../preload/contract/cards.ts';
import type { KioskBridge, Requests } from '../../preload/contract/contract.ts';
import type { Asking } from './asking.svelte.ts';

/** What a member may ask of main about cards on file. Null, or false, when main did not do it. */
export class CardCommands {
  readonly #bridge: KioskBridge;
  readonly #asking: Asking;

  constructor(bridge: KioskBridge, asking: Asking) {
    this.#bridge = bridge;
    this.#asking = asking;
  }

  async identify(request: Requests['member:identify']): Promise<IdentifyAnswer | null> {
    const answer = await this.#asking.answer(() => this.#bridge.ask('member:identify', request));
    return answer?.value ?? null;
  }

  /** Main forgets who stands at the screen: asked at once, also while another question is on its way. */
  async leave(): Promise<void> {
    try {
      await this.#bridge.ask('member:leave', {});
    } catch {
      // Main has gone, and whom it knew with it.
    }
  }

  async offer(): Promise<ConsentOffer | null> {
    const answer = await this.#asking.answer(() => this.#bridge.ask('card:offer', {}));
    return answer?.value ?? null;
  }

  async save(request: Requests['card:save']): Promise<CardSaveAnswer | null> {
    const answer = await this.#asking.answer(() => this.#bridge.ask('card:save', request));
    return answer?.value ?? null;
  }

  dontSave(saleId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('card:dont-save', { saleId }));
  }

  /** With a card on file; with null at the reader after all. */
  pay(saleId: string, cardId: string | null): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('card:pay', { saleId, cardId }));
  }

  remove(cardId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('card:remove', { cardId }));
  }

  cancelSetup(setupId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('setup:cancel', { setupId }));
  }

  retrySetup(setupId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('setup:retry', { setupId }));
  }

  dismissSetup(setupId: string): Promise<boolean> {
    return this.#asking.done(() => this.#bridge.ask('setup:dismiss', { setupId }));
  }
}
