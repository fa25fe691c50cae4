import type {
  CustomerId,
  PaymentIntentId,
  PaymentMethodId,
  SetupIntentId,
} from '../../../main/domain/ids.ts';
import type { CardsApi } from '../../../main/ports/cards-api.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import type { CardCall } from '../plan/card-fault.ts';
import type { IdempotencyKeys } from '../stripe/idempotency-keys.ts';
import type { Actor } from '../stripe/payment-intents.ts';
import type { Reply } from '../stripe/reply.ts';
import type { StripeModel } from '../stripe/stripe-model.ts';
import { Transit, type TransitParts } from './transit.ts';

/** What a request about a card says of itself. */
interface About {
  /** The sale or the setup it is for, by which its faults are found; null where it is for none. */
  readonly source: string | null;
  /** What it is about at Stripe. */
  readonly object: string;
}

/** The port of Customers and cards of one run of the kiosk's process, over the same network as all others. */
export class CardsWire implements CardsApi {
  readonly #stripe: StripeModel;
  readonly #transit: Transit;
  readonly #by: Actor;

  constructor(stripe: StripeModel, by: Actor, parts: TransitParts) {
    this.#stripe = stripe;
    this.#by = by;
    this.#transit = new Transit(parts);
  }

  searchCustomers: CardsApi['searchCustomers'] = (memberId, signal) =>
    this.#plain('customer_search', { source: null, object: memberId }, signal, () =>
      this.#stripe.customers.search(memberId),
    );

  listCustomers: CardsApi['listCustomers'] = ({ createdFromMs, startingAfter }, signal) =>
    this.#plain('customer_list', { source: null, object: '' }, signal, () =>
      this.#stripe.customers.list(createdFromMs, startingAfter),
    );

  createCustomer: CardsApi['createCustomer'] = (memberId, key, signal) => {
    const about = { source: null, object: memberId };
    const { customers, customerKeys } = this.#stripe;
    return this.#keyed('customer_create', about, memberId, key, customerKeys, signal, () =>
      customers.create(memberId, this.#by),
    );
  };

  updateCustomer: CardsApi['updateCustomer'] = (id, details, key, signal) => {
    const words = JSON.stringify(details);
    return this.#step('customer_update', { source: null, object: id }, words, key, signal, () =>
      this.#stripe.customers.update(id, details),
    );
  };

  leftBehind: CardsApi['leftBehind'] = (id, signal) =>
    this.#plain('left_behind', this.#aboutIntent(id), signal, () => this.#stripe.leftBehind(id));

  readCard: CardsApi['readCard'] = (id, signal) =>
    this.#plain('card_read', this.#aboutCard(id), signal, () => this.#stripe.cards.read(id));

  listCards: CardsApi['listCards'] = (id: CustomerId, signal) =>
    this.#plain('card_list', { source: null, object: id }, signal, () =>
      this.#stripe.cards.listOf(id),
    );

  attachCard: CardsApi['attachCard'] = (id, customerId, key, signal) => {
    const { cards, cardKeys } = this.#stripe;
    const about = this.#aboutCard(id);
    return this.#keyed('card_attach', about, customerId, key, cardKeys, signal, () =>
      cards.attach(id, customerId),
    );
  };

  detachCard: CardsApi['detachCard'] = (id, key, signal) =>
    this.#step('card_detach', this.#aboutCard(id), '', key, signal, () =>
      this.#stripe.cards.detach(id),
    );

  createSetupIntent: CardsApi['createSetupIntent'] = (request, key, signal) => {
    const { setups, setupKeys } = this.#stripe;
    const about = { source: request.setupId, object: request.customerId };
    return this.#keyed('setup_create', about, request.kioskId, key, setupKeys, signal, () =>
      setups.create(request),
    );
  };

  readSetupIntent: CardsApi['readSetupIntent'] = (id, signal) =>
    this.#plain('setup_read', this.#aboutSetup(id), signal, () => this.#stripe.setups.read(id));

  cancelSetupIntent: CardsApi['cancelSetupIntent'] = (id, key, signal) =>
    this.#step('setup_cancel', this.#aboutSetup(id), '', key, signal, () =>
      this.#stripe.setups.cancel(id),
    );

  #plain<Value>(
    call: CardCall,
    { source, object }: About,
    signal: AbortSignal,
    serve: () => Reply<Value>,
  ): Promise<Answer<Value>> {
    const request = { ...bare, call, saleId: source, about: object };
    return this.#transit.send(request, serve, signal);
  }

  #step(
    call: CardCall,
    about: About,
    words: string,
    key: string,
    signal: AbortSignal,
    serve: () => Reply<null>,
  ): Promise<Answer<null>> {
    return this.#keyed(call, about, words, key, this.#stripe.stepKeys, signal, serve);
  }

  #keyed<Value>(
    call: CardCall,
    { source, object }: About,
    words: string,
    key: string,
    keys: IdempotencyKeys<Value>,
    signal: AbortSignal,
    serve: () => Reply<Value>,
  ): Promise<Answer<Value>> {
    const request = {
      ...bare,
      call,
      saleId: source,
      about: object,
      key,
      words: `${object} ${words}`,
    };
    return this.#transit.sendKeyed(request, keys, serve, signal);
  }

  #aboutIntent(id: PaymentIntentId): About {
    return { source: this.#stripe.intents.find(id)?.saleId ?? null, object: id };
  }

  #aboutCard(id: PaymentMethodId): About {
    return { source: this.#stripe.cards.all.get(id)?.source ?? null, object: id };
  }

  #aboutSetup(id: SetupIntentId): About {
    return { source: this.#stripe.setups.all.get(id)?.setupId ?? null, object: id };
  }
}

const bare = { intentId: null, key: null, words: '', total: null } as const;
