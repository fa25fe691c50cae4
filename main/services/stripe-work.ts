import { type Abilities, directAbilities } from '../ports/abilities.ts';
import type { OrderHash } from '../ports/order-hash.ts';
import type { SaleEvent, Step } from '../domain/sale-event.ts';
import { type CustomerId, type MemberKey, saleId } from '../domain/ids.ts';
import { dueOf, type Sale, type StoredCard, totalOf } from '../domain/sale.ts';
import type { Ledger, OutboxRow, OutboxWork, PaymentWork } from '../ports/ledger.ts';
import { assertNever } from '../domain/assert.ts';
import type {
  Answer,
  LivePaymentIntent,
  PaymentAbout,
  PaymentsApi,
} from '../ports/payments-api.ts';
import type { ClientSecrets } from './client-secrets.ts';
import { KeyAge, keyOf, type NotDone, notAsked } from './key-age.ts';
import type { KnownTime } from './known-time.ts';
import type { Settled } from './outbox-worker.ts';
import {
  isPaymentWork,
  isWanted,
  knownId,
  lookedUp,
  mayBeRepeated,
  stepOf,
  tellsOfReach,
} from './payment-work.ts';
import { setReceiptEmail } from './receipt-work.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { StripeReach } from './stripe-reach.ts';

/** How far back a lost PaymentIntent is looked for: no hold lasts as long. Milliseconds. */
const lookBackMaxMs = 30 * 24 * 3_600_000;

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
  /** Direct Stripe's, unless given. */
  readonly abilities?: Pick<Abilities, 'idempotency'>;
  /** Something not of the sale itself changed, such as a receipt's address. */
  readonly onSettled: () => void;
}

/** What a sale needs to know of cards on file. */
export interface SaleCards {
  /** The member's Customer, found or made. */
  customerOf(member: MemberKey, signal: AbortSignal): Promise<Answer<CustomerId>>;
  /** The studio's number of a member: only behind a system that keeps Customers by itself, and knows them by it. */
  memberIdOf?(member: MemberKey): string | undefined;
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
    const hasNoKey = mayBeRepeated(row) || this.#isSentOnce(row.work);
    const silence = hasNoKey ? null : await this.#keys.learn(row, signal);
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
    const about = this.#aboutOf(sale);
    if (step !== null && !this.#isSentOnce(work) && this.#keys.isOld(row)) {
      // Stripe may have forgotten the key and would take this for a new request: look first (P3).
      return this.#notDone(row, sale, step, notAsked);
    }
    switch (work.kind) {
      case 'payment_intent.create':
        return this.#isSentOnce(work)
          ? this.#createOnce(row, sale, work.ordinal, signal)
          : this.#create(row, sale, signal);
      case 'payment_intent.look_up': {
        // A sale that was begun by a clock in 1970 was not made before anything of it could be kept.
        const earliest = this.#options.clock.nowMs() - lookBackMaxMs;
        const since = Math.max(ledger.saleAddedAtMs(sale.id), earliest);
        const answer = await payments.lookUp(sale.id, since, signal, about);
        return this.#read(sale, answer, lookedUp);
      }
      case 'payment_intent.read': {
        const answer = await payments.read(knownId(sale), signal, about);
        this.#keepSecret(sale, answer);
        return this.#read(sale, answer, ({ paymentIntent }) => ({
          kind: 'payment_intent_read',
          paymentIntent,
          leftAt: sale.revision,
        }));
      }
      case 'payment_intent.capture': {
        const due = dueOf(sale);
        const answer = await payments.capture(knownId(sale), due, keyOf(row), signal, about);
        return this.#step(row, sale, 'capture', answer);
      }
      case 'payment_intent.cancel': {
        const answer = await payments.cancel(knownId(sale), keyOf(row), signal, about);
        return this.#step(row, sale, 'cancel', answer);
      }
      case 'payment_intent.confirm':
        return this.#confirm(row, sale, signal);
      case 'charge.receipt_email':
        return setReceiptEmail(this.#options, row, sale, work, signal);
      case 'order.record':
        return this.#record(sale, about, signal);
      default:
        return assertNever(work);
    }
  }

  /** The port looks for its own record first, so that asking again does no harm. */
  async #record(sale: Sale, about: PaymentAbout, signal: AbortSignal): Promise<Settled> {
    const { payments } = this.#options;
    if (payments.recordOrder === undefined) throw new Error('no orders are recorded there');
    const answer = await payments.recordOrder(knownId(sale), signal, about);
    if (answer.kind === 'done') {
      return this.#over(sale, answer, { kind: 'order_recorded', agrees: answer.value.agrees });
    }
    if (answer.kind === 'refused') {
      return this.#over(sale, answer, { kind: 'order_not_recorded', code: answer.code });
    }
    return this.#later(sale, answer);
  }

  /**
   * Behind a system that knows no keys: one request, and never another. What may have been made without an answer has a
   * secret that nobody knows, so it can't be paid.
   */
  async #createOnce(
    row: OutboxRow,
    sale: Sale,
    ordinal: number,
    signal: AbortSignal,
  ): Promise<Settled> {
    if (row.mayHaveBeenSent) {
      return this.#over(sale, notAsked, { kind: 'step_uncertain', step: 'create' });
    }
    if (ordinal > 1) return this.#createRefused(sale, notAsked, 'sent_before', true);
    // Given up before anything left: what would be made now could not always be ended again.
    if (!this.#isStillWanted(sale)) return this.#createRefused(sale, notAsked, 'not_sent', false);
    return this.#create(row, sale, signal);
  }

  #isStillWanted({ id }: Sale): boolean {
    return this.#options.ledger.findSale(id)?.state === 'creating';
  }

  /** The answer to the only request there will be. */
  #notCreated(sale: Sale, answer: NotDone): Settled {
    if (answer.kind === 'unanswered' || answer.kind === 'uncertain') {
      return this.#over(sale, answer, { kind: 'step_uncertain', step: 'create' });
    }
    return this.#createRefused(sale, answer, answer.code, false);
  }

  #createRefused(sale: Sale, answer: Answer<unknown>, code: string, wasRepeated: boolean): Settled {
    return this.#over(sale, answer, { kind: 'step_refused', step: 'create', code, wasRepeated });
  }

  #isSentOnce({ kind }: OutboxWork): boolean {
    const { idempotency } = this.#options.abilities ?? directAbilities;
    return kind === 'payment_intent.create' && idempotency === 'none';
  }

  #aboutOf(sale: Sale): PaymentAbout {
    const { id, kioskId, platformOrder, paymentIntent } = sale;
    return {
      saleId: id,
      kioskId,
      order: platformOrder ?? null,
      total: totalOf(sale),
      last: paymentIntent,
      clientSecret: this.#options.clientSecrets.of(id),
    };
  }

  async #create(row: OutboxRow, sale: Sale, signal: AbortSignal): Promise<Settled> {
    const { payments, orderHash } = this.#options;
    const { storedCard } = sale;
    if (storedCard !== undefined && !this.#mayCharge(storedCard)) return this.#noConsent(sale);
    const customer = await this.#customerFor(sale, signal);
    if (customer !== null && customer.kind !== 'done') {
      return this.#customerNotDone(row, sale, customer);
    }
    // Looked at again because the customer may have left while the account was asked for.
    if (customer !== null && this.#isSentOnce(row.work) && !this.#isStillWanted(sale)) {
      return this.#createRefused(sale, notAsked, 'not_sent', false);
    }
    const answer = await payments.create(
      {
        total: totalOf(sale),
        saleId: sale.id,
        kioskId: sale.kioskId,
        orderHash: orderHash(sale.order),
        ...(customer === null ? {} : { keepFor: customer.value }),
        ...(storedCard === undefined ? {} : { storedCard }),
        ...(sale.platformOrder === undefined ? {} : { order: sale.platformOrder }),
        ...this.#memberOf(sale),
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
    if (this.#isSentOnce(row.work)) return this.#notCreated(sale, answer);
    // A key that may not create is refused before anything is made: nothing to wait for.
    if (answer.kind === 'denied') {
      return this.#createRefused(sale, answer, answer.code, row.mayHaveBeenSent);
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

  /** The studio's number of the member whose card is kept, for a system with a list of members of its own. */
  #memberOf({ keeping }: Sale): { readonly keepForMember?: string } {
    const member =
      keeping === undefined ? undefined : this.#options.cards?.memberIdOf?.(keeping.memberKey);
    return member === undefined ? {} : { keepForMember: member };
  }

  /** Whose account the card is kept for; null where it is not kept. */
  async #customerFor(sale: Sale, signal: AbortSignal): Promise<Answer<CustomerId> | null> {
    const { keeping } = sale;
    if (keeping === undefined || this.#options.cards?.memberIdOf !== undefined) return null;
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
  #customerNotDone(row: OutboxRow, sale: Sale, answer: NotDone): Settled {
    if (this.#isSentOnce(row.work)) {
      const code = 'code' in answer ? answer.code : 'uncertain';
      return this.#createRefused(sale, answer, code, false);
    }
    if (answer.kind !== 'refused' && answer.kind !== 'denied') return this.#later(sale, answer);
    return this.#createRefused(sale, answer, answer.code, true);
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
