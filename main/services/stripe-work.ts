import type { OrderHash } from '../ports/order-hash.ts';
import type { SaleEvent, Step } from '../domain/sale-event.ts';
import { type CustomerId, type MemberKey, saleId } from '../domain/ids.ts';
import { looksForIts } from '../domain/step-transition.ts';
import { awaitsStep, dueOf, type Sale, type StoredCard, totalOf } from '../domain/sale.ts';
import type {
  Ledger,
  OutboxRow,
  OutboxWork,
  PaymentWork,
  ReceiptEmailWork,
} from '../ports/ledger.ts';
import { assertNever } from '../domain/assert.ts';
import type { Answer, LivePaymentIntent, PaymentsApi } from '../ports/payments-api.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { KeyAge, keyOf, type NotDone, notAsked } from './key-age.ts';
import type { KnownTime } from './known-time.ts';
import type { Settled } from './outbox-worker.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { StripeReach } from './stripe-reach.ts';

/** How far back a lost PaymentIntent is looked for: no hold lasts as long. Milliseconds. */
const lookBackMaxMs = 30 * 24 * 3_600_000;
const receiptTriesMax = 5;
const receiptAgainMs = 5_000;

export interface StripeWorkOptions {
  readonly ledger: Ledger;
  readonly clock: KnownTime;
  readonly payments: PaymentsApi;
  readonly steps: SaleSteps;
  readonly clientSecrets: ClientSecrets;
  readonly reach: StripeReach;
  readonly orderHash: OrderHash;
  /** Cards on file; null where this kiosk keeps and charges none. */
  readonly cards: SaleCards | null;
  /** Something not of the sale itself changed, such as a receipt's address. */
  readonly onSettled: () => void;
}

/** What a sale needs to know of cards on file. */
export interface SaleCards {
  /** The member's Customer, found or made. */
  customerOf(member: MemberKey, signal: AbortSignal): Promise<Answer<CustomerId>>;
  /** That one is gone at Stripe: the next time it is asked for, it is looked for or made anew. */
  customerGone(member: MemberKey, gone: CustomerId): void;
  /** Asked right before a card is charged: false once it was removed, or its consent taken back. */
  mayCharge(storedCard: StoredCard): boolean;
}

/** Makes the call of one outbox row and says what its answer means to the sale. */
export class StripeWork {
  readonly #options: StripeWorkOptions;
  readonly #keys: KeyAge;

  constructor(options: StripeWorkOptions) {
    this.#options = options;
    this.#keys = new KeyAge(options.clock, options.payments, options.reach);
  }

  /** Work of a sale. Refuses, by throwing, that of another owner, and a sale that is not stored. */
  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    // Asked first, because a sale may move while an answer is awaited.
    const silence = mayBeRepeated(row) ? null : await this.#keys.learn(row, signal);
    const sale = this.#options.ledger.findSale(saleId(row.owner));
    if (sale === null) throw new Error('the sale of this row is not stored');
    if (silence !== null) return this.#later(sale, silence);
    const { work } = row;
    if (!isPaymentWork(work)) throw new Error(`${work.kind} is no work of a sale's payment`);
    if (!isWanted(work, sale)) return this.#unwanted();
    const settled = await this.#call(row, work, sale, signal);
    if (tellsOfReach(work, settled.answer)) this.#options.reach.heard(settled.answer);
    return settled;
  }

  /** Over without a call: the sale has moved on to where this must not be done any more. */
  #unwanted(): Settled {
    return {
      answer: { kind: 'refused', status: 0, code: 'not_wanted', requestId: undefined },
      isOver: true,
      store: (settleRow) => {
        settleRow();
      },
    };
  }

  async #call(
    row: OutboxRow,
    work: PaymentWork,
    sale: Sale,
    signal: AbortSignal,
  ): Promise<Settled> {
    const { payments, ledger } = this.#options;
    const step = stepOf(work);
    if (step !== null && this.#keys.isOld(row)) {
      // Stripe may have forgotten the key and would take this for a new request: look first (P3).
      return this.#notDone(row, sale, step, notAsked);
    }
    switch (work.kind) {
      case 'payment_intent.create':
        return this.#create(row, sale, signal);
      case 'payment_intent.look_up': {
        // A sale that was begun by a clock in 1970 was not made before anything of it could be kept.
        const earliest = this.#options.clock.nowMs() - lookBackMaxMs;
        const since = Math.max(ledger.saleAddedAtMs(sale.id), earliest);
        const answer = await payments.lookUp(sale.id, since, signal);
        return this.#read(sale, answer, (paymentIntent) => ({
          kind: 'payment_intent_looked_up',
          paymentIntent,
        }));
      }
      case 'payment_intent.read': {
        const answer = await payments.read(knownId(sale), signal);
        this.#keepSecret(sale, answer);
        return this.#read(sale, answer, ({ paymentIntent }) => ({
          kind: 'payment_intent_read',
          paymentIntent,
          leftAt: sale.revision,
        }));
      }
      case 'payment_intent.capture': {
        const answer = await payments.capture(knownId(sale), dueOf(sale), keyOf(row), signal);
        return this.#step(row, sale, 'capture', answer);
      }
      case 'payment_intent.cancel': {
        const answer = await payments.cancel(knownId(sale), keyOf(row), signal);
        return this.#step(row, sale, 'cancel', answer);
      }
      case 'payment_intent.confirm':
        return this.#confirm(row, sale, signal);
      case 'charge.receipt_email':
        return this.#receipt(row, sale, work, signal);
      default:
        return assertNever(work);
    }
  }

  /** Setting an address twice does no harm, so after a 5xx it is set again under the next key, a few times. */
  async #receipt(
    row: OutboxRow,
    sale: Sale,
    work: ReceiptEmailWork,
    signal: AbortSignal,
  ): Promise<Settled> {
    const { payments, ledger, clock, onSettled } = this.#options;
    const charge = sale.paymentIntent?.latestChargeId ?? null;
    if (charge === null) throw new Error('a receipt needs the charge of a paid sale');
    const answer = await payments.setReceiptEmail(charge, work.email, keyOf(row), signal);
    const isUncertain = answer.kind === 'uncertain';
    return {
      answer,
      isOver: answer.kind === 'done' || answer.kind === 'refused' || isUncertain,
      store: (settleRow) => {
        ledger.atomically(() => {
          settleRow();
          // A newer address has a higher number, and is the one the customer wants.
          const isNewest = ledger.receiptEmailsAsked(sale.id) === work.ordinal;
          if (!isUncertain || !isNewest || work.ordinal >= receiptTriesMax) return;
          const next = { ...work, ordinal: work.ordinal + 1, afterMs: receiptAgainMs };
          ledger.enqueue(sale.id, next, clock.nowMs());
        });
        onSettled();
      },
    };
  }

  async #create(row: OutboxRow, sale: Sale, signal: AbortSignal): Promise<Settled> {
    const { payments, orderHash } = this.#options;
    const { storedCard } = sale;
    if (storedCard !== undefined && !this.#mayCharge(storedCard)) return this.#noConsent(sale);
    const customer = await this.#customerFor(sale, signal);
    if (customer !== null && customer.kind !== 'done') return this.#customerNotDone(sale, customer);
    const answer = await payments.create(
      {
        total: totalOf(sale),
        saleId: sale.id,
        kioskId: sale.kioskId,
        orderHash: orderHash(sale.order),
        ...(customer === null ? {} : { keepFor: customer.value }),
        ...(storedCard === undefined ? {} : { storedCard }),
      },
      keyOf(row),
      signal,
    );
    this.#keepSecret(sale, answer);
    if (customer !== null) this.#noteGone(sale, customer.value, answer);
    if (answer.kind === 'done') {
      const { paymentIntent } = answer.value;
      return this.#over(sale, answer, { kind: 'payment_intent_created', paymentIntent });
    }
    // A key that may not create is refused before anything is made: nothing to wait for.
    if (answer.kind === 'denied') {
      const wasRepeated = row.mayHaveBeenSent;
      const { code } = answer;
      return this.#over(sale, answer, { kind: 'step_refused', step: 'create', code, wasRepeated });
    }
    return this.#notDone(row, sale, 'create', answer);
  }

  /** The card on file is charged only while its consent stands, by what the file says right before the call. */
  async #confirm(row: OutboxRow, sale: Sale, signal: AbortSignal): Promise<Settled> {
    const { storedCard } = sale;
    if (storedCard === undefined) throw new Error('no card on file is to be charged');
    if (!this.#mayCharge(storedCard)) return this.#noConsent(sale);
    const card = storedCard.paymentMethodId;
    const answer = await this.#options.payments.confirm(knownId(sale), card, keyOf(row), signal);
    return this.#step(row, sale, 'confirm', answer);
  }

  #mayCharge(storedCard: StoredCard): boolean {
    return this.#options.cards?.mayCharge(storedCard) ?? false;
  }

  #noConsent(sale: Sale): Settled {
    const answer = {
      kind: 'refused',
      status: 0,
      code: 'no_consent',
      requestId: undefined,
    } as const;
    return this.#over(sale, answer, { kind: 'consent_missing' });
  }

  /** Whose account the card is kept for; null where it is not kept. */
  async #customerFor(sale: Sale, signal: AbortSignal): Promise<Answer<CustomerId> | null> {
    const { keeping } = sale;
    if (keeping === undefined) return null;
    return (await this.#options.cards?.customerOf(keeping.memberKey, signal)) ?? null;
  }

  /** The Customer was deleted at Stripe: this sale comes to nothing, and the next one finds or makes another. */
  #noteGone({ keeping }: Sale, customer: CustomerId, answer: Answer<unknown>): void {
    const isGone = answer.kind === 'refused' && answer.code === 'resource_missing';
    if (isGone && keeping !== undefined) {
      this.#options.cards?.customerGone(keeping.memberKey, customer);
    }
  }

  /** The PaymentIntent was not asked for yet. */
  #customerNotDone(sale: Sale, answer: NotDone): Settled {
    if (answer.kind !== 'refused' && answer.kind !== 'denied') return this.#later(sale, answer);
    const { code } = answer;
    return this.#over(sale, answer, {
      kind: 'step_refused',
      step: 'create',
      code,
      wasRepeated: true,
    });
  }

  #step(
    row: OutboxRow,
    sale: Sale,
    step: Exclude<Step, 'create'>,
    answer: Answer<unknown>,
  ): Settled {
    return answer.kind === 'done'
      ? this.#over(sale, answer, { kind: 'step_done', step })
      : this.#notDone(row, sale, step, answer);
  }

  #notDone(row: OutboxRow, sale: Sale, step: Step, answer: NotDone): Settled {
    switch (answer.kind) {
      case 'refused':
        return this.#over(sale, answer, {
          kind: 'step_refused',
          step,
          code: answer.code,
          wasRepeated: row.mayHaveBeenSent,
        });
      case 'uncertain':
        return this.#over(sale, answer, { kind: 'step_uncertain', step });
      case 'busy':
      case 'denied':
      case 'unanswered':
        return this.#later(sale, answer);
    }
  }

  #read<Value>(sale: Sale, answer: Answer<Value>, eventOf: (value: Value) => SaleEvent): Settled {
    if (answer.kind === 'done') return this.#over(sale, answer, eventOf(answer.value));
    if (answer.kind === 'refused') return this.#over(sale, answer, { kind: 'read_refused' });
    return this.#later(sale, answer);
  }

  #over(sale: Sale, answer: Answer<unknown>, event: SaleEvent): Settled {
    return {
      answer,
      isOver: true,
      store: (settleRow) => {
        this.#options.steps.apply(sale.id, event, settleRow);
      },
    };
  }

  #later(sale: Sale, answer: Answer<unknown>): Settled {
    return {
      answer,
      isOver: false,
      store: (settleRow) => {
        this.#options.steps.apply(sale.id, { kind: 'unanswered' }, settleRow);
      },
    };
  }

  #keepSecret(sale: Sale, answer: Answer<LivePaymentIntent>): void {
    if (answer.kind !== 'done' || answer.value.clientSecret === null) return;
    const { ledger, clientSecrets } = this.#options;
    // One that is kept is of a sale that can still collect a card: with that it would have been forgotten.
    if (clientSecrets.of(sale.id) === answer.value.clientSecret) return;
    const now = ledger.findSale(sale.id);
    if (now !== null) clientSecrets.keep(now, answer.value.clientSecret);
  }
}

function isPaymentWork(work: OutboxWork): work is PaymentWork {
  return work.kind.startsWith('payment_intent.') || work.kind === 'charge.receipt_email';
}

/** Reads have no key, and a receipt may be asked for twice. */
function mayBeRepeated({ key, work }: OutboxRow): boolean {
  return key === null || work.kind === 'charge.receipt_email';
}

/** A receipt that Stripe stumbles over says nothing of payments, and an answer without a call says nothing at all. */
function tellsOfReach(work: PaymentWork, answer: Answer<unknown>): boolean {
  if (work.kind === 'charge.receipt_email') return false;
  return !('status' in answer) || answer.status !== 0;
}

/** The changing step of this work; null for reads, and for a receipt, which may be asked for twice. */
function stepOf(work: PaymentWork): Step | null {
  switch (work.kind) {
    case 'payment_intent.create':
      return 'create';
    case 'payment_intent.capture':
      return 'capture';
    case 'payment_intent.cancel':
      return 'cancel';
    case 'payment_intent.confirm':
      return 'confirm';
    case 'payment_intent.look_up':
    case 'payment_intent.read':
    case 'charge.receipt_email':
      return null;
  }
}

/** Asked right before the call, because a row may have waited long. */
function isWanted(work: PaymentWork, sale: Sale): boolean {
  const step = stepOf(work);
  if (step !== null) return awaitsStep(sale, step);
  if (work.kind === 'charge.receipt_email') return sale.state === 'paid';
  if (work.kind === 'payment_intent.read') return sale.paymentIntent !== null;
  return looksForIts(sale);
}

function knownId(sale: Sale): NonNullable<Sale['paymentIntent']>['id'] {
  if (sale.paymentIntent === null) throw new Error('the PaymentIntent of this sale is not known');
  return sale.paymentIntent.id;
}
