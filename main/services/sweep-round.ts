import { DamagedSale } from '../domain/damaged-sale.ts';
import { foundSale } from '../domain/found-sale.ts';
import { type PaymentIntentId, type SaleId, saleId } from '../domain/ids.ts';
import { exponentOf } from '../domain/money.ts';
import type { PaymentIntentFacts } from '../domain/payment-intent.ts';
import type { Sale } from '../domain/sale.ts';
import { withoutReleased } from '../domain/given-back.ts';
import { moneyIn } from '../domain/seen-money.ts';
import type { Sighting } from '../ports/books.ts';
import type { Answer, Page } from '../ports/payments-api.ts';
import type { AccountOptions } from './account-options.ts';
import { learnTime } from './known-time.ts';
import { lastCloseAtMs } from './last-close.ts';
import { mendDamaged } from './mend-damaged.ts';

const dayMs = 24 * 3_600_000;
/** A sweep reaches back at least this far: longer than any hold lasts. */
const reachMs = 8 * dayMs;
const reachMaxMs = 30 * dayMs;
/** Between two calls, so that a sweep leaves the account's other kiosks their share of 25 a second. */
const pauseMs = 200;
/** 50,000 PaymentIntents; an account that made more of them in the period is swept in vain, and that is told. */
const pagesMax = 500;

export type SweepOutcome =
  | {
      readonly kind: 'complete';
      readonly listed: number;
      /** Sales made for PaymentIntents of ours that no sale knew. */
      readonly found: number;
    }
  /** Not everything was seen: nothing is concluded from what was not. */
  | {
      readonly kind: 'incomplete';
      readonly why: string;
      /** It was Stripe that did not answer, or not so that it could be used. */
      readonly isSilence: boolean;
    };

/** Ends a round that can't see everything. */
class NotSeen extends Error {
  readonly isSilence: boolean;

  constructor(why: string, isSilence: boolean) {
    super(why);
    this.isSilence = isSilence;
  }
}

/** One walk through the account's PaymentIntents, newest first. */
export class SweepRound {
  readonly #options: AccountOptions;
  readonly #isAskedAgain: () => boolean;
  readonly #listed = new Set<PaymentIntentId>();
  #found = 0;

  constructor(options: AccountOptions, isAskedAgain: () => boolean) {
    this.#options = options;
    this.#isAskedAgain = isAskedAgain;
  }

  /**
   * Rejects when the file can't be used; what was stored by then stays. Behind a system that lists nothing the file is
   * all there is: the time is learned, and the comparison is done.
   */
  async run(signal: AbortSignal, canList = true): Promise<SweepOutcome> {
    const { clock, books, log } = this.#options;
    try {
      await this.#learnTime(signal);
      const toMs = clock.nowMs();
      if (!canList) {
        this.#end(toMs, toMs);
        return { kind: 'complete', listed: 0, found: 0 };
      }
      const closedAtMs = lastCloseAtMs(books, log) ?? toMs;
      const fromMs = Math.max(toMs - reachMaxMs, Math.min(toMs - reachMs, closedAtMs));
      await this.#walk(fromMs, toMs, signal);
      this.#conclude(fromMs, toMs);
    } catch (error) {
      if (!(error instanceof NotSeen)) throw error;
      return { kind: 'incomplete', why: error.message, isSilence: error.isSilence };
    }
    return { kind: 'complete', listed: this.#listed.size, found: this.#found };
  }

  /** A period of the wall clock may lie years beside Stripe's, and nothing in it would look like nothing at all. */
  async #learnTime(signal: AbortSignal): Promise<void> {
    const { clock, payments } = this.#options;
    const silence = await learnTime(clock, payments, signal);
    if (silence !== null) throw new NotSeen(silence.kind, true);
    if (!clock.isKnown) throw new NotSeen('time_unknown', false);
  }

  /** Only after everything was seen. */
  #conclude(fromMs: number, toMs: number): void {
    this.#lookAtUnlisted(fromMs, toMs);
    this.#end(fromMs, toMs);
  }

  async #walk(createdFromMs: number, toMs: number, signal: AbortSignal): Promise<void> {
    const { payments, books, clock } = this.#options;
    // What is made while the sweep walks, or in the second it began in, must not fall out of the period.
    const createdToMs = toMs + dayMs;
    let startingAfter: PaymentIntentId | null = null;
    for (let page = 0; page < pagesMax; page += 1) {
      const { entries, hasMore }: Page<Sighting> = valueOf(
        await payments.listPaymentIntents({ createdFromMs, createdToMs, startingAfter }, signal),
      );
      books.saveSightings(entries, clock.nowMs());
      for (const sighting of entries) {
        this.#listed.add(sighting.id);
        if (sighting.kioskId === this.#options.kioskId) await this.#compare(sighting, signal);
      }
      startingAfter = entries.at(-1)?.id ?? null;
      if (!hasMore || startingAfter === null) return;
      await this.#pause(signal);
    }
    throw new NotSeen('too_long', false);
  }

  async #compare(sighting: Sighting, signal: AbortSignal): Promise<void> {
    try {
      const { ledger, steps } = this.#options;
      const known = ledger.findSaleOfPaymentIntent(sighting.id);
      if (known !== null) {
        if (differs(known, sighting)) steps.apply(known.id, { kind: 'look_asked' });
        return;
      }
      const named = this.#saleNamedBy(sighting);
      if (named === null) {
        if (isMoneyOfOurs(sighting)) await this.#find(sighting, signal);
      } else if (named.paymentIntent === null) {
        const paymentIntent = await this.#read(sighting.id, signal);
        steps.apply(named.id, { kind: 'payment_intent_found', paymentIntent });
      }
      // A second PaymentIntent under one sale's id stays a sighting: no sale of ours may act on it.
    } catch (error) {
      // What is put back is read by its own work; what was listed is stored.
      if (!(error instanceof DamagedSale)) throw error;
      const { mend, log } = this.#options;
      mendDamaged(error, mend, log);
    }
  }

  #saleNamedBy(sighting: Sighting): Sale | null {
    const id = saleIdIn(sighting);
    return id === null ? null : this.#options.ledger.findSale(id);
  }

  /** Its record was lost. What is stored is what a full read shows, in case it moved since it was listed. */
  async #find(sighting: Sighting, signal: AbortSignal): Promise<void> {
    const { ledger, clock, log, kioskId } = this.#options;
    const paymentIntent = await this.#read(sighting.id, signal);
    const isMoney =
      paymentIntent.status === 'requires_capture' ||
      moneyIn(withoutReleased(paymentIntent)).amount > 0;
    if (!isMoney || paymentIntent.kioskId !== kioskId) return;
    // Without a sale's id nothing of ours could act on it: it stays a sighting, which staff settle at Stripe.
    const id = saleIdIn(sighting);
    if (id === null) return;
    const isNew = ledger.atomically(() => {
      const isKnown = ledger.findSale(id) ?? ledger.findSaleOfPaymentIntent(sighting.id);
      if (isKnown !== null) return false;
      ledger.addSale(foundSale(id, kioskId, paymentIntent), clock.nowMs());
      return true;
    });
    if (!isNew) return;
    this.#found += 1;
    log.write('warn', 'sale.found', { sale: id, state: paymentIntent.status });
  }

  async #read(id: PaymentIntentId, signal: AbortSignal): Promise<PaymentIntentFacts> {
    await this.#pause(signal);
    return valueOf(await this.#options.payments.read(id, signal)).paymentIntent;
  }

  /** A sale of the period whose PaymentIntent a complete walk did not show is asked about by name. */
  #lookAtUnlisted(fromMs: number, toMs: number): void {
    const { books, steps } = this.#options;
    for (const { sale, addedAtMs } of books.pairs(fromMs, toMs)) {
      if (sale?.paymentIntent == null || this.#listed.has(sale.paymentIntent.id)) continue;
      if (addedAtMs !== null && addedAtMs > toMs) continue;
      steps.apply(sale.id, { kind: 'look_asked' });
    }
  }

  #end(fromMs: number, toMs: number): void {
    const { ledger, books, clock } = this.#options;
    ledger.atomically(() => {
      books.saveSweep({ fromMs, toMs, doneAtMs: clock.nowMs() });
      if (this.#isAskedAgain()) books.askForSweep();
    });
  }

  async #pause(signal: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(pauseMs, signal).catch(() => undefined);
    if (signal.aborted) throw new NotSeen('aborted', false);
  }
}

function valueOf<Value>(answer: Answer<Value>): Value {
  if (answer.kind === 'done') return answer.value;
  throw new NotSeen(answer.kind, true);
}

function saleIdIn(sighting: Sighting): SaleId | null {
  try {
    return sighting.saleId === null ? null : saleId(sighting.saleId);
  } catch {
    // Somebody has written over it.
    return null;
  }
}

/** Listed as other than the sale last read it. */
function differs({ paymentIntent: read }: Sale, listed: Sighting): boolean {
  return (
    read === null ||
    read.status !== listed.status ||
    read.amount !== listed.amount ||
    read.currency !== listed.currency ||
    read.amountCapturable !== listed.amountCapturable ||
    read.amountReceived !== listed.amountReceived ||
    read.amountRefunded !== listed.amountRefunded
  );
}

/** In a currency that is none of Stripe's it was not made by a kiosk, whatever it says: it stays a sighting. */
function isMoneyOfOurs(sighting: Sighting): boolean {
  if (exponentOf(sighting.currency) === null) return false;
  return sighting.status === 'requires_capture' || moneyIn(withoutReleased(sighting)).amount > 0;
}
