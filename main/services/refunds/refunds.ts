import { faultMessage } from '../../domain/fault-message.ts';
import {
  type KioskId,
  type RefundId,
  refundId,
  type SaleId,
  type StripeRefundId,
} from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { SaleEvent } from '../../domain/sale-event.ts';
import { transition } from '../../domain/sale-transition.ts';
import { isRefundOver, newRefund, type Refund, type RefundReason } from '../../domain/refund.ts';
import type { Sale } from '../../domain/sale.ts';
import type { Approval } from '../../ports/approval.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { EventNotice } from '../../ports/payments-api.ts';
import type { RefundBook, StoredRefund } from '../../ports/refund-book.ts';
import type { SaleSteps } from '../sale-steps.ts';
import { type Refundable, refundOffer } from './refund-offer.ts';
import type { RefundSteps } from './refund-steps.ts';
import { askRefusalSentence, noRefundSentence, tooMuchSentence } from './refund-words.ts';

const nameMax = 80;
const reasonMax = 500;
/** A card's bank says within this time, and mostly much sooner, that a refund did not arrive. Milliseconds. */
const mayFailForMs = 90 * 24 * 3_600_000;
/** How often a refund that waits for its bank is looked at by itself; an event is sooner. Milliseconds. */
const lookEveryMs = 3_600_000;

export interface RefundsOptions {
  readonly ledger: Ledger;
  readonly book: RefundBook;
  readonly sales: Pick<SaleSteps, 'apply'>;
  readonly steps: RefundSteps;
  readonly approval: Approval;
  readonly clock: Clock;
  readonly log: Log;
  readonly kioskId: KioskId;
  /** False: the system behind this kiosk gives nothing back. */
  readonly isSupported: boolean;
  /** False while a sale or a setup may ask for a card at the reader. */
  readonly isReaderFree: () => boolean;
  /** A refund and its first work are on disk. */
  readonly onAsked: (refund: Refund) => void;
}

/** What staff ask for. `proof` goes to whoever approves it, and nowhere else. */
export interface RefundAsk {
  /** The page's own name for this request: the same one, sent twice, is one refund. */
  readonly requestId: string;
  readonly saleId: SaleId;
  /** Minor units of the payment's currency. */
  readonly amount: number;
  readonly reason: RefundReason;
  readonly by: string;
  readonly why: string;
  readonly proof: string | null;
}

export type RefundOutcome =
  | { readonly kind: 'asked'; readonly refund: StoredRefund }
  /** Nothing was asked for, or nothing changed; `sentence` tells staff why. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Money given back: what staff ask for, and what the kiosk does about it by itself. */
export class Refunds {
  readonly #options: RefundsOptions;
  /** When each unfinished one was last looked at by itself, monotonic milliseconds. */
  #lookedAtMs: ReadonlyMap<RefundId, number> = new Map();

  constructor(options: RefundsOptions) {
    this.#options = options;
  }

  /** What can be given back of this sale now; null when it is not stored. */
  offer(id: SaleId): (Refundable & { readonly refunds: readonly StoredRefund[] }) | null {
    const { ledger, book, isSupported } = this.#options;
    const sale = ledger.findSale(id);
    if (sale === null) return null;
    return { ...refundOffer(sale, isSupported), refunds: book.refundsOf(id) };
  }

  /** Refunds on their way, those that nobody has dealt with, and those of the period that begins with `fromMs`. */
  list(fromMs: number): readonly StoredRefund[] {
    return this.#options.book.refundsToShow(fromMs);
  }

  find(id: RefundId): StoredRefund | null {
    const { book } = this.#options;
    const refund = book.findRefund(id);
    if (refund === null) return null;
    return book.refundsOf(refund.saleId).find((stored) => stored.refund.id === id) ?? null;
  }

  /**
   * Asks for money to be given back, once for each request however often it is sent. On return of `asked` the refund,
   * the sale's own count and the first work are on disk, in one transaction. Refused without a name and a reason, where
   * nobody approves it, and for more than is left.
   */
  async ask(asked: RefundAsk): Promise<RefundOutcome> {
    const request = { ...asked, by: tidy(asked.by, nameMax), why: tidy(asked.why, reasonMax) };
    const id = refundId(`refund_${request.requestId}`);
    const known = this.find(id);
    if (known !== null) return { kind: 'asked', refund: known };
    if (request.by === '') return refused(askRefusalSentence('no_name'));
    if (request.why === '') return refused(askRefusalSentence('no_reason'));
    const judged = this.#judge(request);
    if (judged.kind === 'refused') return judged;
    const { amount } = judged;
    const { approval } = this.#options;
    const answer = await approval.ask({
      what: 'refund',
      amount,
      by: request.by,
      proof: request.proof,
    });
    if (answer.kind === 'refused') return refused(askRefusalSentence(answer.why));
    return this.#store(id, request, answer.by);
  }

  /** Takes the prompt for the card off the reader. Refused when the card was read, or none is asked for. */
  stop(id: RefundId): RefundOutcome {
    return this.#step(id, { kind: 'staff_stopped' }, 'It can’t be stopped any more.');
  }

  /** Staff have seen that it failed, and dealt with it; who and why is stored. */
  acknowledge(id: RefundId, by: string, why: string): RefundOutcome {
    const words = { by: tidy(by, nameMax), why: tidy(why, reasonMax) };
    if (words.by === '') return refused(askRefusalSentence('no_name'));
    if (words.why === '') return refused('Say how it was dealt with.');
    return this.#step(
      id,
      { kind: 'staff_acknowledged', ...words },
      'There is nothing to deal with: this refund has not failed.',
    );
  }

  /** Asks Stripe what has become of it; false when nothing can be looked for now. */
  check(id: RefundId): boolean {
    return this.#options.steps.apply(id, { kind: 'look_asked' }) !== null;
  }

  /** Takes up what a former run left. On return every unfinished refund's next step is on disk. */
  start(): void {
    const { book, steps } = this.#options;
    for (const { id } of book.unfinishedRefunds()) steps.apply(id, { kind: 'restarted' });
    this.findStuck();
  }

  /**
   * To be called each minute or so. A refund whose work was set aside, or lost, must not stand still until the next
   * start; what Stripe is still giving back, or nobody can find out, is looked at once an hour.
   */
  findStuck(): void {
    const { book, ledger, steps, clock } = this.#options;
    const nowMs = clock.monotonicMs();
    const lookedAtMs = new Map<RefundId, number>();
    for (const { id, state } of book.unfinishedRefunds()) {
      const lastMs = this.#lookedAtMs.get(id);
      const isDue = lastMs === undefined || state === 'asked' || nowMs - lastMs >= lookEveryMs;
      const isAtReader = state === 'presenting' || state === 'processing';
      const isLeft = !isAtReader && isDue && !ledger.hasOpenWork(id);
      if (isLeft) steps.apply(id, { kind: 'work_missing' });
      if (isLeft) lookedAtMs.set(id, nowMs);
      else if (lastMs !== undefined) lookedAtMs.set(id, lastMs);
    }
    this.#lookedAtMs = lookedAtMs;
  }

  /** A page was loaded: what the former one held of a refund in person is gone. */
  windowLoaded(): void {
    const { book, steps } = this.#options;
    for (const { id, way } of book.unfinishedRefunds()) {
      if (way === 'in_person') steps.apply(id, { kind: 'window_loaded' });
    }
  }

  /**
   * An event spoke of a refund, ours or not. It only ever asks for a look (P4): at the refund of that id, or else at
   * those of the payment whose id at Stripe is not known yet. On return that is on disk.
   */
  heard({ stripeRefundId, paymentIntentId }: EventNotice): void {
    if (stripeRefundId === undefined) return;
    const { book } = this.#options;
    const known = this.#knownAs(stripeRefundId);
    if (known !== null) {
      this.check(known.id);
      return;
    }
    // By the refunds' own word of the payment: their sale may be one that can't be believed.
    for (const refund of book.unfinishedRefunds()) {
      const isOfIt = refund.paymentIntentId === paymentIntentId;
      if (isOfIt && refund.stripeRefund === null) this.check(refund.id);
    }
  }

  /** Events were lost: whatever may have failed since, or come to an end, is read. */
  lookAtAll(): void {
    const { book, clock } = this.#options;
    for (const { refund } of book.refundsToShow(clock.nowMs() - mayFailForMs)) {
      if (!isRefundOver(refund.state) || refund.state === 'succeeded') this.check(refund.id);
    }
  }

  /** A record that can't be believed must not keep the events that come after it from being heard. */
  #knownAs(id: StripeRefundId): Refund | null {
    try {
      return this.#options.book.findByStripeId(id);
    } catch (error) {
      const why = faultMessage(error);
      this.#options.log.write('error', 'refund.not_believed', { why });
      return null;
    }
  }

  #step(
    id: RefundId,
    event: Parameters<RefundSteps['apply']>[1],
    otherwise: string,
  ): RefundOutcome {
    const moved = this.#options.steps.apply(id, event);
    const stored = moved === null ? null : this.find(id);
    return stored === null ? refused(otherwise) : { kind: 'asked', refund: stored };
  }

  /** Whether it could be asked for now, as the sale stands on disk. */
  #judge({ saleId, amount }: RefundAsk): Judged {
    const { ledger, book, isSupported, isReaderFree } = this.#options;
    const sale = ledger.findSale(saleId);
    if (sale === null) return refused(noRefundSentence('no_sale'));
    const { sentence, most, way } = refundOffer(sale, isSupported);
    if (sentence !== null) return refused(sentence);
    if (amount > most.amount) return refused(tooMuchSentence(most));
    // What a reader has made is told from other refunds by being new: one at a time.
    const others = book.unfinishedRefunds().filter((one) => one.way === 'in_person');
    if (way === 'in_person' && (others.length > 0 || !isReaderFree())) {
      return refused(askRefusalSentence('reader_in_use'));
    }
    return { kind: 'possible', sale, way, amount: { ...most, amount } };
  }

  /** Judged anew, because an approval takes its time; from here to the commit nothing is awaited. */
  #store(id: RefundId, request: RefundAsk, approvedBy: string): RefundOutcome {
    const known = this.find(id);
    if (known !== null) return { kind: 'asked', refund: known };
    const judged = this.#judge(request);
    if (judged.kind === 'refused') return judged;
    const { sale, way, amount } = judged;
    const paymentIntent = sale.paymentIntent;
    if (paymentIntent === null) return refused(noRefundSentence('nothing_taken'));
    const { reason, by, why } = request;
    const { refund, effect } = newRefund({
      id,
      kioskId: this.#options.kioskId,
      saleId: sale.id,
      paymentIntentId: paymentIntent.id,
      chargeId: paymentIntent.latestChargeId,
      amount,
      reason,
      way,
      by,
      why,
      approvedBy,
    });
    const { ledger, book, sales, clock, onAsked } = this.#options;
    const givingBack: SaleEvent = { kind: 'giving_back', refundId: id, amount: amount.amount };
    const counted = sales.apply(sale.id, givingBack, () => {
      // The refund is stored exactly where the sale takes it into its count.
      const now = ledger.findSale(sale.id);
      if (now === null || transition(now, givingBack).kind === 'ignored') return;
      const nowMs = clock.nowMs();
      book.addRefund(refund, nowMs);
      ledger.enqueue(id, effect, nowMs);
    });
    const stored = this.find(id);
    if (counted === null || stored === null) return refused(noRefundSentence('all_given_back'));
    onAsked(refund);
    return { kind: 'asked', refund: stored };
  }
}

type Judged =
  | { readonly kind: 'refused'; readonly sentence: string }
  | {
      readonly kind: 'possible';
      readonly sale: Sale;
      readonly way: Refund['way'];
      readonly amount: Money;
    };

function refused(sentence: string): { readonly kind: 'refused'; readonly sentence: string } {
  return { kind: 'refused', sentence };
}

function tidy(text: string, max: number): string {
  return text.trim().slice(0, max);
}
