import type { Snapshot } from '../../preload/contract/kiosk.ts';
import type { OrderRefusal } from '../../preload/contract/orders.ts';
import type { OrderCommands } from './order-commands.ts';

/** That a code was not taken, and why; each time anew. */
export interface RefusedCode {
  readonly why: OrderRefusal;
}

interface Options {
  readonly commands: OrderCommands;
  readonly snapshot: () => Snapshot | null;
  readonly onChange: () => void;
}

/**
 * A platform's order on its way to the sale: its code is scanned, or asked for on a screen of its own,
 * which also says why a code was not taken. It lies over the choice, and over the sale at review.
 */
export class OrderState {
  readonly #options: Options;
  #asks = $state(false);
  #refusal = $state.raw<RefusedCode | null>(null);

  constructor(options: Options) {
    this.#options = options;
  }

  /** True while the screen asks for the code. */
  get asks(): boolean {
    return this.#asks;
  }

  /** Why the last code was not taken. */
  get refusal(): RefusedCode | null {
    return this.#refusal;
  }

  ask(): void {
    this.#refusal = null;
    this.#set(true);
  }

  /** For the sale at review, or for a sale of its own. What is refused is said where the code is asked for. */
  async give(code: string): Promise<void> {
    const { commands, snapshot } = this.#options;
    const saleId = snapshot()?.sale?.id ?? null;
    this.#refusal = null;
    const answer = await (saleId === null ? commands.open(code) : commands.attach(saleId, code));
    if ((snapshot()?.sale?.id ?? null) !== saleId) return;
    if (answer?.kind === 'done') {
      this.drop();
    } else {
      this.#set(true);
      this.#refusal = { why: answer?.why ?? 'not_now' };
    }
  }

  /** Asks no more. */
  drop(): void {
    this.#refusal = null;
    this.#set(false);
  }

  /** Follows main: a sale that came or went, or whose order is named by now, needs no asking. */
  follow(now: Snapshot, before: Snapshot | null): void {
    const isOther = now.sale?.id !== before?.sale?.id;
    const wasNamed = before?.sale?.needsOrder === true && now.sale?.needsOrder === false;
    if (this.#asks && (isOther || wasNamed)) this.drop();
  }

  #set(asks: boolean): void {
    this.#asks = asks;
    this.#options.onChange();
  }
}
