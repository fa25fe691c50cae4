import type {
  ChargeId,
  PaymentIntentId,
  PaymentMethodId,
  SaleId,
} from '../../../main/domain/ids.ts';
import type { Money } from '../../../main/domain/money.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type {
  Answer,
  CreateRequest,
  LivePaymentIntent,
  PaymentsApi,
} from '../../../main/ports/payments-api.ts';
import type { Call } from '../plan/fault.ts';
import type { IdempotencyKeys } from '../stripe/idempotency-keys.ts';
import type { Actor, CardOutcome } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import { type Request, Transit, type TransitParts } from './transit.ts';

/** The payments port of one run of the kiosk's process: every request crosses the modelled network. */
export class PaymentsWire implements PaymentsApi {
  readonly #stripe: StripeModel;
  readonly #transit: Transit;
  readonly #by: Actor;

  readonly #bankOf: (saleId: string | null) => CardOutcome;

  /** `by`: who changes something through it. `bankOf`: what a card on file meets in this sale. */
  constructor(
    stripe: StripeModel,
    by: Actor,
    bankOf: (saleId: string | null) => CardOutcome,
    parts: TransitParts,
  ) {
    this.#stripe = stripe;
    this.#by = by;
    this.#bankOf = bankOf;
    this.#transit = new Transit(parts);
  }

  create(
    request: CreateRequest,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<LivePaymentIntent>> {
    const { total, saleId, orderHash, kioskId, keepFor, storedCard } = request;
    const cards = `${keepFor ?? '-'} ${storedCard?.paymentMethodId ?? '-'}`;
    const words = `${saleId} ${kioskId} ${String(total.amount)} ${total.currency} ${orderHash} ${cards}`;
    const about = request.order === undefined ? {} : { orderId: request.order.id };
    return this.#keyed(
      { call: 'create', saleId, intentId: null, key, words, total, ...about },
      this.#stripe.createKeys,
      () => this.#stripe.create(request, this.#by),
      signal,
    );
  }

  read(id: PaymentIntentId, signal: AbortSignal): Promise<Answer<LivePaymentIntent>> {
    return this.#plain('read', id, () => this.#stripe.read(id), signal);
  }

  lookUp(
    saleId: SaleId,
    createdSinceMs: number,
    signal: AbortSignal,
  ): Promise<Answer<PaymentIntentFacts | null>> {
    return this.#transit.send(
      { ...unkeyed, call: 'look_up', saleId },
      () => this.#stripe.lookUp(saleId, createdSinceMs),
      signal,
    );
  }

  capture(
    id: PaymentIntentId,
    total: Money,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>> {
    const words = `${id} ${String(total.amount)} ${total.currency}`;
    return this.#step('capture', id, key, words, total, signal, () =>
      this.#stripe.capture(id, total.amount, this.#by),
    );
  }

  cancel(id: PaymentIntentId, key: string, signal: AbortSignal): Promise<Answer<null>> {
    return this.#step('cancel', id, key, id, null, signal, () => this.#stripe.cancel(id, this.#by));
  }

  confirm(
    id: PaymentIntentId,
    card: PaymentMethodId,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>> {
    return this.#step('confirm', id, key, `${id} ${card}`, null, signal, () =>
      this.#stripe.confirm(id, card, this.#bankOf(this.#saleOf(id)), this.#by),
    );
  }

  setReceiptEmail(
    charge: ChargeId,
    email: string,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>> {
    const intent = [...this.#stripe.intents.all.values()].find(({ charges }) =>
      charges.some(({ id }) => id === charge),
    );
    if (intent === undefined) throw new Error('a receipt is for a charge that was made');
    return this.#step('receipt', intent.id, key, `${charge} ${email}`, null, signal, () => ({
      status: 200,
      value: null,
    }));
  }

  listPaymentIntents: PaymentsApi['listPaymentIntents'] = (
    { createdFromMs, createdToMs, startingAfter },
    signal,
  ) =>
    this.#plain(
      'list',
      null,
      () => this.#stripe.listPaymentIntents(createdFromMs, createdToMs, startingAfter),
      signal,
    );

  listEvents: PaymentsApi['listEvents'] = ({ createdFromMs, startingAfter }, signal) =>
    this.#plain(
      'events',
      null,
      () => this.#stripe.listEvents(createdFromMs, startingAfter),
      signal,
    );

  createConnectionToken(signal: AbortSignal): Promise<Answer<string>> {
    return this.#plain('probe', null, () => ({ status: 200, value: 'pst_canary' }), signal);
  }

  probe(signal: AbortSignal): Promise<Answer<null>> {
    return this.#plain('probe', null, () => ({ status: 200, value: null }), signal);
  }

  #plain<Value>(
    call: Call,
    id: PaymentIntentId | null,
    serve: () => Reply<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    const saleId = id === null ? null : this.#saleOf(id);
    return this.#transit.send({ ...unkeyed, call, saleId, intentId: id }, serve, signal);
  }

  #step(
    call: 'capture' | 'cancel' | 'confirm' | 'receipt',
    id: PaymentIntentId,
    key: string,
    words: string,
    total: Money | null,
    signal: AbortSignal,
    serve: () => Reply<null>,
  ): Promise<Answer<null>> {
    const request = { call, saleId: this.#saleOf(id), intentId: id, key, words, total };
    return this.#keyed(request, this.#stripe.stepKeys, serve, signal);
  }

  #keyed<Value>(
    request: Request & { readonly key: string },
    keys: IdempotencyKeys<Value>,
    serve: () => Reply<Value>,
    signal: AbortSignal,
  ): Promise<Answer<Value>> {
    return this.#transit.sendKeyed(request, keys, serve, signal);
  }

  #saleOf(id: PaymentIntentId): string | null {
    return this.#stripe.intents.find(id)?.saleId ?? null;
  }
}

const unkeyed = { saleId: null, intentId: null, key: null, words: '', total: null } as const;
