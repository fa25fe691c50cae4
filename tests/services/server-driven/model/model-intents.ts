import {
  type ChargeId,
  chargeId,
  type PaymentIntentId,
  paymentIntentId,
} from '../../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../../main/domain/payment-intent.ts';
import type {
  Answer,
  CreateRequest,
  EventNotice,
  LivePaymentIntent,
  PaymentsApi,
} from '../../../../main/ports/payments-api.ts';
import { done, refused } from '../../../support/fakes/fake-payments.ts';
import { facts } from '../../../support/fakes/sales.ts';
import type { Life } from './life.ts';
import type { Wire } from './wire.ts';

/** The PaymentIntents of one account, and how often money was taken. */
export class ModelIntents {
  readonly all = new Map<PaymentIntentId, PaymentIntentFacts>();
  /** Newest first. */
  readonly events: EventNotice[] = [];
  captures = 0;
  authorizations = 0;
  #charges = 0;
  readonly #wire: Wire;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  get only(): PaymentIntentFacts {
    const [intent, second] = [...this.all.values()];
    if (intent === undefined || second !== undefined) throw new Error('not one PaymentIntent');
    return intent;
  }

  get(id: PaymentIntentId): PaymentIntentFacts {
    const found = this.all.get(id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  }

  change(id: PaymentIntentId, changes: Partial<PaymentIntentFacts>): void {
    this.all.set(id, { ...this.get(id), ...changes });
  }

  /** The bank's answer to a card. Refused, with false, when the PaymentIntent wants no card. */
  charge(id: PaymentIntentId, how: { readonly declined: string | null }): boolean {
    const intent = this.get(id);
    const isOpen =
      intent.status === 'requires_payment_method' || intent.status === 'requires_confirmation';
    if (!isOpen) return false;
    const latestChargeId = this.#nextCharge();
    if (how.declined === null) {
      this.authorizations += 1;
      const amountCapturable = intent.amount;
      const lastPaymentError = null;
      const status = 'requires_capture';
      this.change(id, { status, amountCapturable, latestChargeId, lastPaymentError });
    } else {
      const lastPaymentError = { code: 'card_declined', declineCode: how.declined };
      this.change(id, { status: 'requires_payment_method', latestChargeId, lastPaymentError });
    }
    return true;
  }

  #nextCharge(): ChargeId {
    this.#charges += 1;
    return chargeId(`ch_${String(this.#charges).padStart(4, '0')}`);
  }

  /** What one kiosk sees of it. `onReply` stands for the time on each reply. */
  apiOf(life: Life, onReply: () => void): PaymentsApi {
    const call = async <Value>(
      name: string,
      key: string | null,
      asked: unknown,
      signal: AbortSignal,
      carryOut: () => Answer<Value>,
    ): Promise<Answer<Value>> => {
      const answer = await this.#wire.call({ life, name, key, asked, signal, carryOut });
      onReply();
      return answer;
    };
    return {
      create: (request, key, signal) =>
        call('create', key, request, signal, () => this.#create(request)),
      read: (id, signal) => call('read', null, id, signal, () => done(this.#live(id))),
      lookUp: (saleId, _since, signal) =>
        call('lookUp', null, saleId, signal, () =>
          done([...this.all.values()].find((intent) => intent.saleId === saleId) ?? null),
        ),
      capture: (id, total, key, signal) =>
        call('capture', key, [id, total], signal, () => this.#capture(id)),
      confirm: () => Promise.resolve(refused('not_modelled')),
      cancel: (id, key, signal) => call('cancel', key, id, signal, () => this.#cancel(id)),
      listPaymentIntents: (_query, signal) =>
        call('list', null, null, signal, () => done({ entries: [], hasMore: false })),
      listEvents: ({ createdFromMs }, signal) =>
        call('listEvents', null, null, signal, () => {
          const entries = this.events.filter((event) => event.createdAtMs >= createdFromMs);
          return done({ entries, hasMore: false });
        }),
      setReceiptEmail: (charge, email, key, signal) =>
        call('receipt', key, [charge, email], signal, () => done(null)),
      createConnectionToken: (signal) =>
        call('token', null, null, signal, () => done('pst_test_model')),
      probe: (signal) => call('probe', null, null, signal, () => done(null)),
    };
  }

  #live(id: PaymentIntentId): LivePaymentIntent {
    return { paymentIntent: this.get(id), clientSecret: `${id}_secret_model` };
  }

  #create({ total, saleId, kioskId }: CreateRequest): Answer<LivePaymentIntent> {
    const id = paymentIntentId(`pi_${String(this.all.size + 1).padStart(4, '0')}`);
    const { amount, currency } = total;
    this.all.set(id, facts({ id, saleId, kioskId, amount, currency }));
    return done(this.#live(id));
  }

  #capture(id: PaymentIntentId): Answer<null> {
    const intent = this.get(id);
    if (intent.status !== 'requires_capture') return refused('payment_intent_unexpected_state');
    this.captures += 1;
    this.change(id, { status: 'succeeded', amountCapturable: 0, amountReceived: intent.amount });
    return done(null);
  }

  #cancel(id: PaymentIntentId): Answer<null> {
    const { status } = this.get(id);
    if (status === 'succeeded' || status === 'canceled') {
      return refused('payment_intent_unexpected_state');
    }
    this.change(id, { status: 'canceled', amountCapturable: 0 });
    return done(null);
  }
}
