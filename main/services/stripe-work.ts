import { assertNever } from '../domain/assert.ts';
import type { OrderHash } from '../ports/order-hash.ts';
import type { SaleEvent, Step } from '../domain/sale-event.ts';
import { type Sale, totalOf } from '../domain/sale.ts';
import type { Ledger, OutboxRow } from '../ports/ledger.ts';
import type { Answer, LivePaymentIntent, PaymentsApi } from '../ports/payments-api.ts';
import type { ClientSecrets } from './client-secrets.ts';
import type { Settled } from './outbox-worker.ts';
import type { SaleSteps } from './sale-steps.ts';
import type { StripeReach } from './stripe-reach.ts';

export interface StripeWorkOptions {
  readonly ledger: Ledger;
  readonly payments: PaymentsApi;
  readonly steps: SaleSteps;
  readonly clientSecrets: ClientSecrets;
  readonly reach: StripeReach;
  readonly orderHash: OrderHash;
  /** Something not of the sale itself changed, such as a receipt's address. */
  readonly onSettled: () => void;
}

/** Makes the call of one outbox row and says what its answer means to the sale. */
export class StripeWork {
  readonly #options: StripeWorkOptions;

  constructor(options: StripeWorkOptions) {
    this.#options = options;
  }

  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const sale = this.#options.ledger.findSale(row.saleId);
    if (sale === null) throw new Error('the sale of this row is not stored');
    const settled = await this.#call(row, sale, signal);
    this.#options.reach.heard(settled.answer);
    return settled;
  }

  async #call(row: OutboxRow, sale: Sale, signal: AbortSignal): Promise<Settled> {
    const { payments, ledger, steps } = this.#options;
    const { work } = row;
    switch (work.kind) {
      case 'payment_intent.create':
        return this.#create(row, sale, signal);
      case 'payment_intent.look_up': {
        const since = ledger.saleAddedAtMs(sale.id);
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
        }));
      }
      case 'payment_intent.capture': {
        steps.apply(sale.id, { kind: 'step_sent', step: 'capture' });
        const answer = await payments.capture(knownId(sale), totalOf(sale), keyOf(row), signal);
        return this.#step(sale, 'capture', answer);
      }
      case 'payment_intent.cancel': {
        const answer = await payments.cancel(knownId(sale), keyOf(row), signal);
        return this.#step(sale, 'cancel', answer);
      }
      case 'charge.receipt_email': {
        const charge = sale.paymentIntent?.latestChargeId ?? null;
        if (charge === null) throw new Error('a receipt needs the charge of a paid sale');
        const answer = await payments.setReceiptEmail(charge, work.email, keyOf(row), signal);
        return {
          answer,
          isOver: answer.kind === 'done' || answer.kind === 'refused',
          store: (settleRow) => {
            settleRow();
            this.#options.onSettled();
          },
        };
      }
      default:
        return assertNever(work);
    }
  }

  async #create(row: OutboxRow, sale: Sale, signal: AbortSignal): Promise<Settled> {
    const { payments, orderHash } = this.#options;
    const answer = await payments.create(
      {
        total: totalOf(sale),
        saleId: sale.id,
        kioskId: sale.kioskId,
        orderHash: orderHash(sale.order),
      },
      keyOf(row),
      signal,
    );
    this.#keepSecret(sale, answer);
    if (answer.kind === 'done') {
      const { paymentIntent } = answer.value;
      return this.#over(sale, answer, { kind: 'payment_intent_created', paymentIntent });
    }
    // A key that may not create is refused before anything is made: nothing to wait for.
    if (answer.kind === 'denied') {
      return this.#over(sale, answer, {
        kind: 'step_refused',
        step: 'create',
        code: answer.code,
      });
    }
    return this.#step(sale, 'create', answer);
  }

  #step(sale: Sale, step: Step, answer: Answer<unknown>): Settled {
    switch (answer.kind) {
      case 'done':
        return step === 'create'
          ? this.#later(sale, answer)
          : this.#over(sale, answer, { kind: 'step_done', step });
      case 'refused':
        return this.#over(sale, answer, { kind: 'step_refused', step, code: answer.code });
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
    this.#options.clientSecrets.keep(sale.id, answer.value.clientSecret);
  }
}

function knownId(sale: Sale): NonNullable<Sale['paymentIntent']>['id'] {
  if (sale.paymentIntent === null) throw new Error('the PaymentIntent of this sale is not known');
  return sale.paymentIntent.id;
}

function keyOf(row: OutboxRow): string {
  if (row.key === null) throw new Error('a changing call carries its stored key');
  return row.key;
}
