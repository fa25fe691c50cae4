import { refundId } from '../../domain/ids.ts';
import type { RefundEvent } from '../../domain/refund-transition.ts';
import { isRefundOver, type Refund, type RefundFacts } from '../../domain/refund.ts';
import type { Ledger, OutboxRow, OutboxWork } from '../../ports/ledger.ts';
import type { Answer, PaymentsApi } from '../../ports/payments-api.ts';
import type { RefundsApi } from '../../ports/refunds-api.ts';
import { KeyAge, keyOf, type NotDone, notAsked } from '../key-age.ts';
import type { KnownTime } from '../known-time.ts';
import type { Settled } from '../outbox-worker.ts';
import type { StripeReach } from '../stripe-reach.ts';
import type { RefundSteps } from './refund-steps.ts';

export interface RefundWorkOptions {
  readonly ledger: Ledger;
  readonly clock: KnownTime;
  readonly payments: PaymentsApi;
  readonly api: RefundsApi;
  readonly steps: RefundSteps;
  readonly reach: StripeReach;
}

type Listed = Extract<Answer<readonly RefundFacts[]>, { kind: 'done' }>;

/** Makes the call of one outbox row of a refund and says what its answer means to the refund. */
export class RefundWork {
  readonly #options: RefundWorkOptions;
  readonly #keys: KeyAge;

  constructor(options: RefundWorkOptions) {
    this.#options = options;
    this.#keys = new KeyAge(options.clock, options.payments, options.reach);
  }

  /** Work of a refund. Refuses, by throwing, that of another owner, and a refund that is not stored. */
  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { steps, reach } = this.#options;
    // Asked first, because the refund may move while an answer is awaited.
    const silence = await this.#keys.learn(row, signal);
    const refund = steps.find(refundId(row.owner));
    if (refund === null) throw new Error('the refund of this row is not stored');
    if (silence !== null) return this.#later(refund, silence);
    if (!isWanted(row.work, refund)) return unwanted();
    const settled = await this.#call(row, refund, signal);
    if (settled.answer !== notAsked) reach.heard(settled.answer);
    return settled;
  }

  async #call(row: OutboxRow, refund: Refund, signal: AbortSignal): Promise<Settled> {
    const { api } = this.#options;
    const { kind } = row.work;
    if (kind === 'refund.create') return this.#create(row, refund, signal);
    if (kind === 'refund.look_up') {
      const answer = await api.list(refund.paymentIntentId, signal);
      return answer.kind === 'done' && !isTraced(refund, answer.value)
        ? this.#noTrace(refund, answer)
        : this.#read(refund, answer, (refunds) => ({ kind: 'refunds_listed', refunds }));
    }
    if (kind !== 'refund.read') throw new Error(`${kind} is no work of a refund`);
    const known = refund.stripeRefund;
    if (known === null) return unwanted();
    return this.#read(refund, await api.read(known.id, signal), refundRead);
  }

  async #create(row: OutboxRow, refund: Refund, signal: AbortSignal): Promise<Settled> {
    const { api } = this.#options;
    // Stripe may have forgotten the key and would take this for a new request: look first (P3).
    if (this.#keys.isOld(row)) return this.#over(refund, notAsked, { kind: 'step_uncertain' });
    const { id, saleId, kioskId, paymentIntentId, amount, reason } = refund;
    const request = {
      refundId: id,
      saleId,
      kioskId,
      paymentIntentId,
      amount: amount.amount,
      reason,
    };
    const answer = await api.create(request, keyOf(row), signal);
    switch (answer.kind) {
      case 'done':
        return this.#over(refund, answer, refundRead(answer.value));
      // A key that may not refund is refused before anything is done: nothing to wait for.
      case 'refused':
      case 'denied':
        return this.#over(refund, answer, {
          kind: 'step_refused',
          code: answer.code,
          wasRepeated: row.mayHaveBeenSent,
        });
      case 'uncertain':
        return this.#over(refund, answer, { kind: 'step_uncertain' });
      case 'busy':
      case 'unanswered':
        return this.#later(refund, answer);
    }
  }

  /** A look that is refused proves nothing, so it is made again: the key may be of another account. */
  #read<Value>(
    refund: Refund,
    answer: Answer<Value>,
    eventOf: (value: Value) => RefundEvent,
  ): Settled {
    return answer.kind === 'done'
      ? this.#over(refund, answer, eventOf(answer.value))
      : this.#later(refund, answer);
  }

  /**
   * While its request waits to be repeated under its key, a list without a trace proves nothing: the first request may
   * arrive after it, and one under a new key would be a second refund (P2).
   */
  #noTrace({ id }: Refund, answer: Listed): Settled {
    const { ledger, steps } = this.#options;
    const refunds = answer.value;
    return {
      answer,
      isOver: true,
      store: (settleRow) => {
        ledger.atomically(() => {
          settleRow();
          if (!ledger.hasOpenWork(id)) steps.apply(id, { kind: 'refunds_listed', refunds });
        });
      },
    };
  }

  #over({ id }: Refund, answer: Answer<unknown>, event: RefundEvent): Settled {
    return {
      answer,
      isOver: true,
      store: (settleRow) => {
        this.#options.steps.apply(id, event, settleRow);
      },
    };
  }

  #later({ id }: Refund, answer: NotDone): Settled {
    return {
      answer,
      isOver: false,
      store: (settleRow) => {
        this.#options.steps.apply(id, { kind: 'unanswered' }, settleRow);
      },
    };
  }
}

/** True where the list means the same whatever waits: it shows the refund, or no request of ours is repeated for it. */
function isTraced({ id, state, way }: Refund, refunds: readonly RefundFacts[]): boolean {
  return state !== 'asked' || way !== 'by_api' || refunds.some(({ refundId }) => refundId === id);
}

function refundRead(stripeRefund: RefundFacts): RefundEvent {
  return { kind: 'refund_read', stripeRefund };
}

/** Over without a call: the refund has moved on to where this must not be done any more. */
function unwanted(): Settled {
  return {
    answer: { kind: 'refused', status: 0, code: 'not_wanted', requestId: undefined },
    isOver: true,
    store: (settleRow) => {
      settleRow();
    },
  };
}

/** Asked right before the call, because a row may have waited long. */
function isWanted(work: OutboxWork, refund: Refund): boolean {
  if (work.kind === 'refund.create') {
    return refund.state === 'asked' && refund.way === 'by_api' && work.ordinal === refund.ordinal;
  }
  if (work.kind === 'refund.look_up') {
    return refund.stripeRefund === null && !isRefundOver(refund.state);
  }
  return refund.stripeRefund !== null;
}
