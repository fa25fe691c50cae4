import type { Catalogue } from '../domain/catalogue.ts';
import { type AttemptId, attemptId, type KioskId, saleId } from '../domain/ids.ts';
import { type Order, priceOrder } from '../domain/order.ts';
import type { PlatformOrder } from '../domain/platform-order.ts';
import type { ProcessHint, SaleEvent } from '../domain/sale-event.ts';
import { mayLeave, openSale, type Sale } from '../domain/sale.ts';
import { type Abilities, directAbilities } from '../ports/abilities.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { SaleSteps } from './sale-steps.ts';

/** What came of a customer's or a reader's word. `not_now`: it meant nothing in the present state. */
export type Heard = { readonly kind: 'heard' } | { readonly kind: 'not_now'; readonly why: string };

export type Started =
  | { readonly kind: 'started'; readonly sale: Sale }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'not_now'; readonly why: string };

export interface CheckoutOptions {
  readonly ledger: Ledger;
  readonly steps: SaleSteps;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly kioskId: KioskId;
  readonly catalogue: Catalogue;
  /** The customer is asked once more between the card's reading and its charging. */
  readonly askBeforeCharging: boolean;
  /** Direct Stripe's, unless given. */
  readonly abilities?: Pick<Abilities, 'order' | 'settles' | 'recordsOrder'>;
  /** False while no new sale may begin: the disk is full, or the records must be looked at first. */
  readonly maySell: () => boolean;
  /** A sale is at review, on disk. */
  readonly onStarted?: (sale: Sale) => void;
  /** The first reader is not there: true when the attempt goes on at another. */
  readonly moveToSpare?: (sale: Sale, attempt: AttemptId, code: string) => boolean;
  /** False while main leads the attempt's reader: what the page says of it then comes too late. */
  readonly isLedByPage?: (sale: Sale, attempt: AttemptId) => boolean;
  /** The customer's sale has left the screen. */
  readonly onLeft?: () => void;
  readonly onChange: () => void;
}

/** The sale on the screen: at most one, and every word about it names it. */
export class Checkout {
  readonly #options: CheckoutOptions;
  #onScreen: Sale | null = null;

  constructor(options: CheckoutOptions) {
    this.#options = options;
  }

  /** The sale on the screen as last stored; null when the screen is free. */
  get sale(): Sale | null {
    return this.#onScreen;
  }

  /** True where a sale pays an order that a platform made. */
  get needsOrder(): boolean {
    return this.#abilities.order === 'required';
  }

  get #abilities(): Pick<Abilities, 'order' | 'settles' | 'recordsOrder'> {
    return this.#options.abilities ?? directAbilities;
  }

  /** To be told of every stored step, so that the screen shows what is on disk. */
  stepped(sale: Sale): void {
    if (this.#onScreen?.id === sale.id) this.#onScreen = sale;
  }

  /** Puts a sale that a former run began back on the screen. */
  takeUp(sale: Sale): void {
    this.#onScreen ??= sale;
  }

  /** Prices the lines and opens a sale. On return it is on disk at review; nothing has left the kiosk. */
  start(lines: readonly { readonly itemId: string; readonly quantity: number }[]): Started {
    const priced = priceOrder(this.#options.catalogue, lines);
    return priced.kind === 'refused' ? priced : this.startOrder(priced.order);
  }

  /** The same for an order that is priced already: that of a platform. */
  startOrder(order: Order, platformOrder?: PlatformOrder): Started {
    const { ids, kioskId, ledger, clock } = this.#options;
    if (this.#onScreen !== null) return { kind: 'not_now', why: 'another sale is on the screen' };
    if (!this.#options.maySell()) return { kind: 'not_now', why: 'no new sale may begin' };
    const { settles, recordsOrder } = this.#abilities;
    const sale: Sale = {
      ...openSale(saleId(ids.next('sale')), kioskId, order),
      ...(platformOrder === undefined ? {} : { platformOrder }),
      ...(settles === 'platform' ? { settledBy: 'platform' } : {}),
      ...(recordsOrder ? { recordsOrder: true } : {}),
    };
    ledger.addSale(sale, clock.nowMs());
    this.#onScreen = sale;
    this.#options.onStarted?.(sale);
    this.#options.onChange();
    return { kind: 'started', sale };
  }

  /** Refused while the platform's order that it pays is not known. */
  confirm(id: string): Heard {
    const sale = this.#onScreen;
    if (sale?.id === id && sale.platformOrder === undefined && this.needsOrder) {
      return { kind: 'not_now', why: 'the order it pays is not known' };
    }
    return this.#tell(id, { kind: 'confirmed' });
  }

  extend(id: string): Heard {
    return this.#tell(id, { kind: 'extended' });
  }

  retry(id: string): Heard {
    return this.#tell(id, { kind: 'another_card_asked' });
  }

  /** Refused once an authorisation may be on its way. A sale at review leaves the screen at once. */
  cancel(id: string): Heard {
    const wasAtReview = this.#onScreen?.state === 'open';
    const heard = this.#tell(id, { kind: 'customer_canceled' });
    if (heard.kind === 'heard' && wasAtReview) this.#clear();
    return heard;
  }

  /** The customer has seen the result, or leaves the rest to the kiosk: the screen is free again. */
  dismiss(id: string): Heard {
    const sale = this.#onScreen;
    if (sale?.id !== id) return { kind: 'not_now', why: 'that sale is not on the screen' };
    if (!mayLeave(sale)) return { kind: 'not_now', why: 'the sale still needs the customer' };
    this.#tell(id, { kind: 'customer_left' });
    this.#clear();
    return { kind: 'heard' };
  }

  accept(id: string, attempt: string): Heard {
    return this.#tell(id, { kind: 'customer_accepted', attemptId: attemptId(attempt) });
  }

  readerPrompted(id: string, attempt: string): Heard {
    return this.#tellOfPage(id, { kind: 'reader_prompted', attemptId: attemptId(attempt) });
  }

  cardCollected(id: string, attempt: string): Heard {
    const askFirst = this.#options.askBeforeCharging;
    const collected = { kind: 'card_collected', attemptId: attemptId(attempt), askFirst } as const;
    return this.#tellOfPage(id, collected);
  }

  collectFailed(id: string, attempt: string, code: string): Heard {
    const sale = this.#pagesSale(id, attempt);
    // What failed before the reader showed its prompt left nothing on it.
    if (sale?.attempt?.stage === 'sent') {
      const hasMoved = this.#options.moveToSpare?.(sale, sale.attempt.id, code) ?? false;
      if (hasMoved) return { kind: 'heard' };
    }
    return this.#tellOfPage(id, { kind: 'collect_failed', attemptId: attemptId(attempt), code });
  }

  /** `count` says which processPayment of the attempt it was: an earlier one's late answer means nothing. */
  processAnswered(id: string, attempt: string, count: number, hint: ProcessHint): Heard {
    return this.#tellOfPage(id, {
      kind: 'process_answered',
      attemptId: attemptId(attempt),
      count,
      hint,
    });
  }

  /**
   * A page was loaded. A sale at review has lost its customer's place and is given up; a payment goes on;
   * a result nobody can have seen through is kept on the screen.
   */
  windowLoaded(): void {
    const sale = this.#onScreen;
    if (sale === null) return;
    if (sale.state === 'open') {
      this.cancel(sale.id);
      return;
    }
    this.#options.steps.apply(sale.id, { kind: 'window_loaded' });
  }

  /** The sale on the screen, if the page leads the reader of this attempt of it. */
  #pagesSale(id: string, attempt: string): Sale | null {
    const sale = this.#onScreen;
    if (sale?.id !== id || sale.attempt?.id !== attempt) return null;
    return (this.#options.isLedByPage?.(sale, sale.attempt.id) ?? true) ? sale : null;
  }

  #tellOfPage(id: string, event: Extract<SaleEvent, { attemptId: AttemptId }>): Heard {
    const sale = this.#onScreen;
    const isLive = sale?.id === id && sale.attempt?.id === event.attemptId;
    if (isLive && this.#pagesSale(id, event.attemptId) === null) {
      return { kind: 'not_now', why: 'main leads that reader' };
    }
    return this.#tell(id, event);
  }

  #tell(id: string, event: SaleEvent): Heard {
    const sale = this.#onScreen;
    if (sale?.id !== id) return { kind: 'not_now', why: 'that sale is not on the screen' };
    const stepped = this.#options.steps.apply(sale.id, event);
    if (stepped !== null) return { kind: 'heard' };
    return { kind: 'not_now', why: `${event.kind} means nothing while the sale is ${sale.state}` };
  }

  #clear(): void {
    this.#onScreen = null;
    this.#options.onLeft?.();
    this.#options.onChange();
  }
}
