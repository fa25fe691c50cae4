import { chargeId } from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { PlatformStatus } from '../../main/domain/platform-order.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import { transition } from '../../main/domain/sale-transition.ts';
import type { Sale } from '../../main/domain/sale.ts';
import { aSale, facts, totalAmount } from '../support/fakes/sales.ts';

/**
 * A platform that settles by itself, a reader and a page, in the hands of an adversary: it chooses what happens next,
 * never what is true. A card is charged only when a processPayment was commanded and has not been answered otherwise.
 */
export class PlatformWorld {
  sale: Sale = {
    ...aSale(),
    settledBy: 'platform',
    platformOrder: { id: '123', fromBalance: 0, balance: 0, userId: null, partnerId: null },
  };
  isCharged = false;
  status: PlatformStatus = 'open';
  readonly journal: string[] = [];
  readonly #choose: (options: number) => number;
  #isMade = false;
  #hasSecret = false;
  /** A processPayment that may still charge. */
  #mayCharge = false;
  #readsWaiting = 0;
  #declines = 0;

  constructor(choose: (options: number) => number) {
    this.#choose = choose;
    this.tell({ kind: 'confirmed' });
  }

  happen(): void {
    const happenings = [
      this.#create,
      this.#read,
      this.#read,
      this.#page,
      this.#page,
      this.#bank,
      this.#platform,
      this.#person,
      this.#time,
      this.#kiosk,
    ];
    happenings[this.#choose(happenings.length)]?.call(this);
  }

  /** Everybody answers from now on, the platform first of all. */
  settle(): void {
    if (this.#mayCharge) this.#mayCharge = false;
    if (this.isCharged && this.status === 'open') this.status = 'submitted';
    for (let reads = 0; reads < 200; reads += 1) {
      this.#create();
      this.tell({ kind: 'time_passed', wait: 'authorizing' });
      this.#readsWaiting += 1;
      this.#read();
    }
  }

  tell(event: SaleEvent): void {
    const before = this.sale;
    const result = transition(before, event);
    if (result.kind === 'ignored') return;
    if (result.kind === 'moved') this.sale = result.sale;
    this.journal.push(`${event.kind}: ${before.state} -> ${this.sale.state}`);
    for (const effect of result.effects) {
      if (effect.kind === 'payment_intent.read') this.#readsWaiting += 1;
      if (effect.kind === 'reader.process') this.#mayCharge = true;
      if (effect.kind === 'payment_intent.capture' || effect.kind === 'payment_intent.cancel') {
        throw new Error(`${effect.kind} is not of a platform that settles by itself`);
      }
    }
  }

  #create(): void {
    if (this.#isMade || this.sale.paymentIntent !== null) return;
    const awaits = this.sale.state === 'creating' || this.sale.state === 'canceling';
    if (!awaits) return;
    this.#isMade = true;
    if (this.#choose(8) === 7) {
      // The reply is lost, and with it the secret.
      this.tell({ kind: 'step_uncertain', step: 'create' });
      this.tell({ kind: 'payment_intent_looked_up', paymentIntent: null });
      return;
    }
    this.#hasSecret = true;
    this.tell({ kind: 'payment_intent_created', paymentIntent: this.#seen() });
  }

  #read(): void {
    if (this.#readsWaiting === 0 || this.sale.paymentIntent === null) return;
    this.#readsWaiting -= 1;
    this.tell({
      kind: 'payment_intent_read',
      paymentIntent: this.#seen(),
      leftAt: this.sale.revision,
    });
  }

  #page(): void {
    const { attempt } = this.sale;
    if (attempt === null) return;
    const { id: attemptId, processCount: count } = attempt;
    const words: SaleEvent[] = [
      { kind: 'reader_prompted', attemptId },
      { kind: 'card_collected', attemptId, askFirst: false },
      { kind: 'collect_failed', attemptId, code: 'canceled_by_customer' },
    ];
    if (this.isCharged) {
      words.push({ kind: 'process_answered', attemptId, count, hint: { kind: 'processed' } });
    } else if (this.#mayCharge) {
      this.#mayCharge = this.#choose(2) === 0;
      const code = this.#mayCharge ? 'network_timeout' : 'card_declined';
      if (!this.#mayCharge) this.#declines += 1;
      const paymentIntentStatus = this.#mayCharge ? null : 'requires_payment_method';
      const hint = { kind: 'failed', code, declineCode: null, paymentIntentStatus } as const;
      words.push({ kind: 'process_answered', attemptId, count, hint });
      this.tell(words[3] ?? { kind: 'look_asked' });
      return;
    }
    const word = words[this.#choose(words.length)];
    if (word !== undefined) this.tell(word);
  }

  #bank(): void {
    if (!this.#mayCharge) return;
    this.#mayCharge = false;
    this.isCharged = true;
  }

  #platform(): void {
    if (this.status !== 'open') return;
    if (this.isCharged) this.status = this.#choose(4) === 3 ? 'failed' : 'submitted';
    else if (!this.#mayCharge && this.#choose(6) === 5) this.status = 'failed';
  }

  #person(): void {
    const words: readonly SaleEvent[] = [
      { kind: 'customer_canceled' },
      { kind: 'another_card_asked' },
      { kind: 'customer_left' },
      { kind: 'look_asked' },
    ];
    const word = words[this.#choose(words.length)];
    if (word !== undefined) this.tell(word);
  }

  #time(): void {
    const waits = [
      'awaiting_card',
      'still_paying',
      'declined',
      'authorizing',
      'lingering',
    ] as const;
    const wait = waits[this.#choose(waits.length)];
    if (wait !== undefined) this.tell({ kind: 'time_passed', wait });
  }

  /** It loses the page, or all it held in memory. What the reader was told to charge is charged all the same. */
  #kiosk(): void {
    if (this.#choose(2) === 0) {
      this.tell({ kind: 'window_loaded' });
    } else {
      this.#hasSecret = false;
      this.tell({ kind: 'restarted' });
    }
  }

  #seen(): PaymentIntentFacts {
    const platform = { status: this.status, orderId: null, error: null };
    const { paymentIntent } = this.sale;
    if (!this.#hasSecret) return { ...(paymentIntent ?? facts()), platform, unseen: true };
    if (this.isCharged) {
      return facts({ status: 'succeeded', amountReceived: totalAmount, platform });
    }
    if (this.#declines === 0) return facts({ platform });
    return facts({
      platform,
      latestChargeId: chargeId(`ch_declined_${String(this.#declines)}`),
      lastPaymentError: { code: 'card_declined', declineCode: null },
    });
  }
}
