import type {
  CartView,
  CollectOrder,
  ReaderCommand,
  ReaderStatus,
} from '../../preload/contract/reader.ts';
import type { ReaderEffect } from '../domain/effect.ts';
import type { Sale } from '../domain/sale.ts';
import type { Errand, ReaderDriver } from '../ports/reader-driver.ts';
import { cartDisplay } from '../services/cart-display.ts';
import { ownerIdOf } from '../services/reader-errand.ts';

/** The page's reader as last told by it; before it has told anything there is none. */
const noReader: ReaderStatus = {
  connection: 'not_connected',
  payment: 'not_ready',
  label: null,
  problem: null,
};

/**
 * The driver that leads the reader through the page's Terminal SDK. A command waits until the page has told of
 * its reader, because a page that is still loading hears nothing; with the page its command is gone.
 */
export class SdkReaderDriver implements ReaderDriver {
  readonly #send: (command: ReaderCommand) => void;
  #status = noReader;
  #pageListens = false;
  #waiting: ReaderCommand | null = null;

  constructor(send: (command: ReaderCommand) => void) {
    this.#send = send;
  }

  get status(): ReaderStatus {
    return this.#status;
  }

  command(errand: Errand, effect: ReaderEffect, clientSecret: string | null): void {
    const command = commandOf(errand, effect, clientSecret);
    if (command === null) return;
    if (this.#pageListens) this.#send(command);
    else if (command.kind !== 'cancel' || this.#waiting?.attemptId === command.attemptId) {
      this.#waiting = command.kind === 'cancel' ? null : command;
    }
  }

  /** The page tells how its reader is; from then on it hears commands. */
  told(status: ReaderStatus): void {
    this.#status = status;
    this.#pageListens = true;
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting !== null) this.#send(waiting);
  }

  /** A page was loaded: the former one's reader and commands went with it. */
  pageLoaded(): void {
    this.#status = noReader;
    this.#pageListens = false;
    this.#waiting = null;
  }
}

/** Which processPayment of its attempt a command was, from 1; 0, which none was, for any other command. */
export function processCount(attemptId: string, commandId: string): number {
  const [, count] = commandId.split(`${attemptId}/process/`);
  return count !== undefined && /^[1-9]\d?$/.test(count) ? Number(count) : 0;
}

function commandOf(
  errand: Errand,
  effect: ReaderEffect,
  clientSecret: string | null,
): ReaderCommand | null {
  const { attemptId } = effect;
  const common = { ownerId: ownerIdOf(errand), attemptId };
  switch (effect.kind) {
    case 'reader.collect': {
      // Without a secret, or a Charge, nothing can be collected; the wait for the reader ends the attempt.
      const collect = orderOf(errand, clientSecret);
      if (collect === null) return null;
      return { ...common, kind: 'collect', commandId: `${attemptId}/collect`, collect };
    }
    case 'reader.process':
      return { ...common, kind: 'process', commandId: `${attemptId}/process/${effect.count}` };
    case 'reader.cancel':
      return { ...common, kind: 'cancel', commandId: `${attemptId}/cancel` };
  }
}

function orderOf(errand: Errand, clientSecret: string | null): CollectOrder | null {
  switch (errand.kind) {
    case 'payment': {
      const { sale } = errand;
      if (clientSecret === null) return null;
      return {
        for: 'payment',
        clientSecret,
        cart: cartOf(sale),
        keepsCard: sale.keeping !== undefined,
      };
    }
    case 'setup':
      return clientSecret === null ? null : { for: 'setup', clientSecret };
    case 'refund': {
      const { chargeId, amount } = errand.refund;
      return chargeId === null ? null : { for: 'refund', chargeId, ...amount };
    }
  }
}

/** The same cart in the words of the page. */
function cartOf(sale: Sale): CartView {
  const { lines, ...cart } = cartDisplay(sale);
  return { ...cart, lineItems: lines };
}
