import {
  type PaymentIntentId,
  type StripeRefundId,
  stripeRefundId,
} from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { RefundFacts } from '../../../main/domain/refund.ts';
import type { Answer, PaymentsApi } from '../../../main/ports/payments-api.ts';
import type { RefundRequest, RefundsApi } from '../../../main/ports/refunds-api.ts';
import { done, FakePayments, refused } from '../../support/fakes/fake-payments.ts';

/** What becomes of one call: its answer, and whether it took effect before that answer. */
interface Mishap {
  readonly answer: Answer<never>;
  readonly tookEffect: boolean;
}

/** One payment at Stripe and the refunds of it, kept by their keys as Stripe does. */
export class RefundingStripe extends FakePayments {
  payment: PaymentIntentFacts;
  readonly refunds: RefundFacts[] = [];
  /** Of the next creates; null lets one through. */
  readonly mishaps: (Mishap | null)[] = [];
  /** Of the next looks and reads. */
  readonly silences: Answer<never>[] = [];
  readonly keys: string[] = [];
  readonly looks: string[] = [];
  /** How a refund begins. */
  beginsAs: RefundFacts['status'] = 'succeeded';
  readonly #replies = new Map<string, Answer<RefundFacts>>();
  readonly #clock: { nowMs(): number };

  constructor(payment: PaymentIntentFacts, clock: { nowMs(): number }) {
    super();
    this.payment = payment;
    this.#clock = clock;
  }

  override read: PaymentsApi['read'] = () =>
    Promise.resolve(done({ paymentIntent: this.shown(), clientSecret: null }));

  override probe: PaymentsApi['probe'] = () => Promise.resolve(done(null));

  readonly api: RefundsApi = {
    create: (request, key) => Promise.resolve(this.#create(request, key)),
    read: (id) => {
      this.looks.push(`read ${id}`);
      const found = this.refunds.find((one) => one.id === id);
      if (found === undefined) return Promise.resolve(refused('resource_missing'));
      return Promise.resolve(this.silences.shift() ?? done(found));
    },
    list: (id) => {
      this.looks.push('list');
      const all = this.refunds.filter((one) => one.paymentIntentId === id);
      return Promise.resolve(this.silences.shift() ?? done(all));
    },
  };

  /** The payment as Stripe shows it now. */
  shown(): PaymentIntentFacts {
    return { ...this.payment, amountRefunded: this.payment.amountRefunded + this.#refunded() };
  }

  /** The bank's last word on a refund. */
  turn(
    id: StripeRefundId,
    status: RefundFacts['status'],
    failureReason: string | null = null,
  ): void {
    const index = this.refunds.findIndex((one) => one.id === id);
    const before = this.refunds[index];
    if (before === undefined) throw new Error('there is no such refund');
    this.refunds[index] = { ...before, status, failureReason };
  }

  /** A refund that a reader made, or somebody on the dashboard: it bears no id of ours. */
  addForeign(amount: number, paymentIntentId: PaymentIntentId): RefundFacts {
    return this.#add({ amount, paymentIntentId, refundId: null, kioskId: null });
  }

  #create(request: RefundRequest, key: string): Answer<RefundFacts> {
    this.keys.push(key);
    const mishap = this.mishaps.shift() ?? null;
    if (mishap !== null && !mishap.tookEffect) return mishap.answer;
    const answer = this.#replies.get(key) ?? this.#carriedOut(request);
    this.#replies.set(key, mishap?.answer.kind === 'uncertain' ? mishap.answer : answer);
    return mishap?.answer ?? answer;
  }

  #carriedOut(request: RefundRequest): Answer<RefundFacts> {
    const left = this.payment.amountReceived - this.#refunded();
    if (request.amount > left) return refused('charge_already_refunded');
    return done(this.#add(request));
  }

  #add(
    request: Pick<RefundFacts, 'amount' | 'paymentIntentId' | 'refundId' | 'kioskId'>,
  ): RefundFacts {
    const { amount, paymentIntentId, refundId, kioskId } = request;
    const refund: RefundFacts = {
      id: stripeRefundId(`re_${String(this.refunds.length + 1).padStart(4, '0')}`),
      status: this.beginsAs,
      amount,
      currency: this.payment.currency,
      paymentIntentId,
      failureReason: null,
      createdAtMs: this.#clock.nowMs(),
      refundId,
      kioskId,
    };
    this.refunds.push(refund);
    return refund;
  }

  #refunded(): number {
    return this.refunds
      .filter(({ status }) => status !== 'failed' && status !== 'canceled')
      .reduce((sum, { amount }) => sum + amount, 0);
  }
}
