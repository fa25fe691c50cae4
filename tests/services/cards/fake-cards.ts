import type { CardFacts } from '../../../main/domain/card-on-file.ts';
import type { SetupIntentFacts } from '../../../main/domain/card-setup.ts';
import {
  type CustomerId,
  customerId,
  type PaymentIntentId,
  type PaymentMethodId,
  paymentMethodId,
  type SetupIntentId,
  setupIntentId,
} from '../../../main/domain/ids.ts';
import type { CardsApi, CustomerFacts, LeftBehind } from '../../../main/ports/cards-api.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { done, refused, unanswered } from '../../support/fakes/fake-payments.ts';

type Call = keyof CardsApi;

/** What goes wrong with one call. `lost`: it never arrived. `unheard`: it was carried out, and its answer was lost. */
type Mishap = 'lost' | 'unheard' | { readonly answer: Answer<never>; readonly carriedOut: boolean };

export const visa = paymentMethodId('pm_visa');

/** A card as a tap leaves it behind, with what a test says of it. */
export function aCard(changes: Partial<CardFacts> = {}): CardFacts {
  return {
    id: visa,
    customerId: null,
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: 2030,
    fingerprint: 'fp_visa',
    allowRedisplay: 'limited',
    wallet: null,
    ...changes,
  };
}

/**
 * A Stripe of Customers and cards alone, for any number of kiosks: it keeps its keys, its search lags for ever, and a
 * test says which call goes wrong.
 */
export class FakeCards implements CardsApi {
  readonly sent: { readonly call: Call; readonly key: string | null }[] = [];
  readonly customers = new Map<CustomerId, CustomerFacts>();
  /** What search shows; a list shows all. */
  readonly searchable = new Set<CustomerId>();
  readonly cards = new Map<PaymentMethodId, CardFacts>();
  readonly left = new Map<PaymentIntentId, LeftBehind>();
  readonly setupIntents = new Map<SetupIntentId, SetupIntentFacts>();
  readonly details = new Map<CustomerId, unknown>();
  nowMs = Date.UTC(2026, 10, 20, 9, 0, 0);
  /** Runs once, while the next call of this kind is on its way back. */
  readonly meanwhile = new Map<Call, () => void>();
  #made = 0;
  readonly #answers = new Map<string, Answer<unknown>>();
  readonly #mishaps = new Map<Call, Mishap[]>();

  /** The next call of this kind goes wrong. */
  next(call: Call, mishap: Mishap): void {
    this.#mishaps.set(call, [...(this.#mishaps.get(call) ?? []), mishap]);
  }

  count(call: Call): number {
    return this.sent.filter((sent) => sent.call === call).length;
  }

  keysOf(call: Call): (string | null)[] {
    return this.sent.filter((sent) => sent.call === call).map(({ key }) => key);
  }

  addCustomer(memberId: string | null, changes: Partial<CustomerFacts> = {}): CustomerFacts {
    this.#made += 1;
    const id = customerId(`cus_${String(this.#made).padStart(4, '0')}`);
    const createdAtMs = this.nowMs;
    const facts = { id, memberId, name: null, email: null, phone: null, createdAtMs, ...changes };
    this.customers.set(facts.id, facts);
    return facts;
  }

  addCard(changes: Partial<CardFacts> = {}): CardFacts {
    const card = aCard(changes);
    this.cards.set(card.id, card);
    return card;
  }

  searchCustomers: CardsApi['searchCustomers'] = (memberId) =>
    this.#ask('searchCustomers', null, () =>
      done(
        [...this.customers.values()].filter(
          (customer) => customer.memberId === memberId && this.searchable.has(customer.id),
        ),
      ),
    );

  /** Two a page, so that whoever looks has to turn pages. */
  listCustomers: CardsApi['listCustomers'] = ({ createdFromMs, startingAfter }) =>
    this.#ask('listCustomers', null, () => {
      const all = [...this.customers.values()]
        .filter(({ createdAtMs }) => createdAtMs >= createdFromMs)
        .toReversed();
      const from = all.findIndex(({ id }) => id === startingAfter) + 1;
      return done({ entries: all.slice(from, from + 2), hasMore: all.length > from + 2 });
    });

  createCustomer: CardsApi['createCustomer'] = (memberId, key) =>
    this.#ask('createCustomer', key, () => done(this.addCustomer(memberId)));

  updateCustomer: CardsApi['updateCustomer'] = (id, details, key) =>
    this.#ask('updateCustomer', key, () => {
      if (!this.customers.has(id)) return refused('resource_missing');
      this.details.set(id, details);
      return done(null);
    });

  leftBehind: CardsApi['leftBehind'] = (id) =>
    this.#ask('leftBehind', null, () => {
      const left = this.left.get(id);
      return left === undefined ? refused('resource_missing') : done(left);
    });

  readCard: CardsApi['readCard'] = (id) => this.#ask('readCard', null, () => this.#card(id));

  listCards: CardsApi['listCards'] = (id) =>
    this.#ask('listCards', null, () =>
      done([...this.cards.values()].filter((card) => card.customerId === id)),
    );

  attachCard: CardsApi['attachCard'] = (id, to, key) =>
    this.#ask('attachCard', key, () => {
      const card = this.cards.get(id);
      if (card === undefined || !this.customers.has(to)) return refused('resource_missing');
      if (card.customerId !== null) return refused('payment_method_unexpected_state');
      return done(this.addCard({ ...card, customerId: to }));
    });

  detachCard: CardsApi['detachCard'] = (id, key) =>
    this.#ask('detachCard', key, () => {
      const card = this.cards.get(id);
      if (card?.customerId === null || card === undefined) return refused('not_attached');
      this.addCard({ ...card, customerId: null });
      return done(null);
    });

  createSetupIntent: CardsApi['createSetupIntent'] = ({ customerId: of, setupId, kioskId }, key) =>
    this.#ask('createSetupIntent', key, () => {
      if (!this.customers.has(of)) return refused('resource_missing');
      const id = setupIntentId(`seti_${String(this.setupIntents.size + 1).padStart(4, '0')}`);
      const setupIntent: SetupIntentFacts = {
        id,
        status: 'requires_payment_method',
        customerId: of,
        lastError: null,
        latestAttemptId: null,
        generatedCard: null,
        wallet: null,
        setupId,
        kioskId,
      };
      this.setupIntents.set(id, setupIntent);
      return done({ setupIntent, clientSecret: `${id}_secret_abcdefghijkl` });
    });

  readSetupIntent: CardsApi['readSetupIntent'] = (id) =>
    this.#ask('readSetupIntent', null, () => {
      const setupIntent = this.setupIntents.get(id);
      if (setupIntent === undefined) return refused('resource_missing');
      return done({ setupIntent, clientSecret: `${id}_secret_abcdefghijkl` });
    });

  cancelSetupIntent: CardsApi['cancelSetupIntent'] = (id, key) =>
    this.#ask('cancelSetupIntent', key, () => {
      const setupIntent = this.setupIntents.get(id);
      if (setupIntent === undefined) return refused('resource_missing');
      if (setupIntent.status === 'succeeded') return refused('setup_intent_unexpected_state');
      this.setupIntents.set(id, { ...setupIntent, status: 'canceled' });
      return done(null);
    });

  #card(id: PaymentMethodId): Answer<CardFacts> {
    const card = this.cards.get(id);
    return card === undefined ? refused('resource_missing') : done(card);
  }

  async #ask<Value>(
    call: Call,
    key: string | null,
    carryOut: () => Answer<Value>,
  ): Promise<Answer<Value>> {
    this.sent.push({ call, key });
    const mishap = this.#mishaps.get(call)?.shift();
    await Promise.resolve();
    const then = this.meanwhile.get(call);
    this.meanwhile.delete(call);
    if (mishap === 'lost') return unanswered;
    const replayed = key === null ? undefined : this.#answers.get(key);
    if (replayed !== undefined) return replayed as Answer<Value>;
    const isCarriedOut = mishap === undefined || mishap === 'unheard' || mishap.carriedOut;
    const real = isCarriedOut ? carryOut() : unanswered;
    const answer = typeof mishap === 'object' ? mishap.answer : real;
    if (key !== null) this.#answers.set(key, answer);
    then?.();
    return mishap === 'unheard' ? unanswered : answer;
  }
}
