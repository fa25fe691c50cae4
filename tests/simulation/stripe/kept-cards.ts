import type { CardFacts } from '../../../main/domain/card-on-file.ts';
import {
  type CustomerId,
  type PaymentMethodId,
  paymentMethodId,
} from '../../../main/domain/ids.ts';
import type { Reply } from './reply.ts';
import { type Tap, walletOf } from './tap.ts';

/** A reusable card that a tap left behind. */
export interface ModelCard {
  readonly id: PaymentMethodId;
  /** The PaymentIntent or SetupIntent it came from. */
  readonly intentId: string;
  /** `metadata.sale` or `metadata.setup` of that. */
  readonly source: string;
  readonly fingerprint: string;
  readonly wallet: string | null;
  customerId: CustomerId | null;
  /** Once detached a card can never be attached again. */
  wasDetached: boolean;
}

/** Who attaches a card to the Customer of the intent it came from. */
export type CardsAttach = 'by_stripe' | 'by_kiosk';

/** What happened to a card. */
export type CardChange = 'attached' | 'detached';

/** Generated cards, as the payment system holds them. */
export class KeptCards {
  readonly all = new Map<PaymentMethodId, ModelCard>();
  readonly #attaches: CardsAttach;
  readonly #onChange: (card: ModelCard, what: CardChange) => void;

  constructor(attaches: CardsAttach, onChange: (card: ModelCard, what: CardChange) => void) {
    this.#attaches = attaches;
    this.#onChange = onChange;
  }

  /** Of an intent with a Customer it is attached at once; that the documents say so is no proof, so some seeds do not. */
  generate(
    from: { readonly intentId: string; readonly source: string },
    tap: Tap,
    customerId: CustomerId,
  ): ModelCard {
    const id = paymentMethodId(`pm_${String(this.all.size + 1).padStart(6, '0')}`);
    const wallet = walletOf(tap.kind);
    const { fingerprint } = tap;
    const owner = this.#attaches === 'by_stripe' ? customerId : null;
    const about = { id, fingerprint, wallet, wasDetached: false };
    const card: ModelCard = { ...from, ...about, customerId: owner };
    this.all.set(id, card);
    if (owner !== null) this.#onChange(card, 'attached');
    return card;
  }

  read(id: PaymentMethodId): Reply<CardFacts> {
    const card = this.all.get(id);
    return card === undefined ? missing : { status: 200, value: factsOfCard(card) };
  }

  listOf(customerId: CustomerId): Reply<readonly CardFacts[]> {
    const its = [...this.all.values()].filter((card) => card.customerId === customerId);
    return { status: 200, value: its.map(factsOfCard) };
  }

  attach(id: PaymentMethodId, customerId: CustomerId): Reply<CardFacts> {
    const card = this.all.get(id);
    if (card === undefined) return missing;
    if (card.customerId === customerId) return { status: 200, value: factsOfCard(card) };
    if (card.customerId !== null || card.wasDetached) {
      return { status: 400, code: 'payment_method_unexpected_state' };
    }
    card.customerId = customerId;
    this.#onChange(card, 'attached');
    return { status: 200, value: factsOfCard(card) };
  }

  detach(id: PaymentMethodId): Reply<null> {
    const card = this.all.get(id);
    if (card === undefined) return missing;
    if (card.customerId === null) return { status: 400, code: 'payment_method_unexpected_state' };
    card.customerId = null;
    card.wasDetached = true;
    this.#onChange(card, 'detached');
    return { status: 200, value: null };
  }
}

const missing = { status: 404, code: 'resource_missing' } as const;

function factsOfCard({ id, customerId, fingerprint, wallet }: ModelCard): CardFacts {
  return {
    id,
    customerId,
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: 2_034,
    fingerprint,
    allowRedisplay: 'limited',
    wallet,
  };
}
