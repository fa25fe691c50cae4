import {
  type PaymentMethodId,
  paymentMethodId,
  type SetupIntentId,
  setupIntentId,
} from '../../../main/domain/ids.ts';
import type { CardAbilities } from '../../../main/ports/abilities.ts';
import type {
  CardStore,
  SeenSetupIntent,
  SetupStore,
  StoredAtSystem,
} from '../../../main/ports/card-store.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { done, refused } from '../../support/fakes/fake-payments.ts';
import type { FakeCards } from './fake-cards.ts';

/** As a system declares that keeps a card only of a payment. */
export const keepsOfPayments: CardAbilities = {
  keepWithSale: true,
  keepAlone: false,
  charge: false,
  remove: true,
  postalCode: false,
};

/** As a system declares that keeps a card only without a payment. */
export const keepsAlone: CardAbilities = {
  keepWithSale: false,
  keepAlone: true,
  charge: false,
  remove: false,
  postalCode: true,
};

/** What was tapped, where the reusable card can't be seen. */
export const tapped = paymentMethodId('pm_tapped');

/** Attaches the card of a payment to a customer of its own; `mishaps` are answered instead, the first first. */
export class FakePaymentStore implements CardStore {
  readonly asked: { readonly paymentIntentId: string; readonly memberId: string }[] = [];
  readonly mishaps: { readonly answer: Answer<never>; readonly carriedOut: boolean }[] = [];
  /** Runs once, while the next answer is on its way back. */
  meanwhile: (() => void) | null = null;
  readonly setups = null;
  readonly #stripe: FakeCards;

  constructor(stripe: FakeCards) {
    this.#stripe = stripe;
  }

  fromPayment: NonNullable<CardStore['fromPayment']> = async (request) => {
    this.asked.push(request);
    await Promise.resolve();
    const mishap = this.mishaps.shift();
    if (mishap?.carriedOut === false) return mishap.answer;
    const card = this.#stripe.left.get(request.paymentIntentId)?.generatedCard ?? null;
    const known = card === null ? undefined : this.#stripe.cards.get(card);
    if (known === undefined) return refused('no_generated_card');
    const owner = known.customerId ?? this.#stripe.addCustomer(null).id;
    const kept = this.#stripe.addCard({ ...known, customerId: owner });
    this.meanwhile?.();
    this.meanwhile = null;
    return mishap?.answer ?? done(kept);
  };
}

/** Keeps cards for users of its own; what it is asked is kept, and a test says what it answers. */
export class FakeSetupStore implements SetupStore {
  readonly users: string[] = [];
  readonly stored: StoredAtSystem[] = [];
  readonly setupIntents = new Map<SetupIntentId, SeenSetupIntent>();
  /** Answered once instead of what would be; the request has arrived all the same. */
  nextCreate: Answer<never> | null = null;
  nextStore: Answer<never> | null = null;

  createSetupIntent: SetupStore['createSetupIntent'] = async (user) => {
    this.users.push(user);
    await Promise.resolve();
    const answer = this.nextCreate;
    this.nextCreate = null;
    if (answer !== null) return answer;
    const id = setupIntentId(`seti_${String(this.setupIntents.size + 1).padStart(4, '0')}`);
    const setupIntent: SeenSetupIntent = {
      id,
      status: 'requires_payment_method',
      lastError: null,
      latestAttemptId: null,
      generatedCard: null,
      wallet: null,
      paymentMethod: null,
    };
    this.setupIntents.set(id, setupIntent);
    return done({ setupIntent, clientSecret: `${id}_secret_abcdefghijkl` });
  };

  readSetupIntent: SetupStore['readSetupIntent'] = async (id, clientSecret) => {
    await Promise.resolve();
    const setupIntent = this.setupIntents.get(id);
    if (setupIntent === undefined || clientSecret !== `${id}_secret_abcdefghijkl`) {
      return refused('resource_missing');
    }
    return done(setupIntent);
  };

  storePaymentMethod: SetupStore['storePaymentMethod'] = async (card) => {
    this.stored.push(card);
    await Promise.resolve();
    const answer = this.nextStore;
    this.nextStore = null;
    return answer ?? done({ bankcard: '993' });
  };

  /** The bank agrees to the newest SetupIntent; `generatedCard` null: only what was tapped is seen. */
  bankAgrees(generatedCard: PaymentMethodId | null = null): void {
    const [newest] = [...this.setupIntents.values()].slice(-1);
    if (newest === undefined) throw new Error('there is no SetupIntent');
    this.setupIntents.set(newest.id, {
      ...newest,
      status: 'succeeded',
      latestAttemptId: tapped,
      generatedCard,
      paymentMethod: tapped,
    });
  }
}
