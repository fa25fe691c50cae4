import type { SetupIntentFacts } from '../../../main/domain/card-setup.ts';
import {
  type CustomerId,
  type PaymentMethodId,
  type SetupIntentId,
  setupIntentId,
} from '../../../main/domain/ids.ts';
import type { LiveSetupIntent } from '../../../main/ports/cards-api.ts';
import type { KeptCards } from './kept-cards.ts';
import type { CardOutcome } from './payment-intents.ts';
import type { Reply } from './reply.ts';
import { isKeepable, type Tap, walletOf } from './tap.ts';

/** A SetupIntent as the model holds it. */
export interface ModelSetup {
  readonly id: SetupIntentId;
  readonly clientSecret: string;
  readonly customerId: CustomerId;
  /** `metadata.setup` and `metadata.kiosk`. */
  readonly setupId: string;
  readonly kioskId: string;
  status: SetupIntentFacts['status'];
  attempts: number;
  lastError: SetupIntentFacts['lastError'];
  generatedCard: PaymentMethodId | null;
  wallet: string | null;
}

export type SetupChange = 'succeeded' | 'setup_failed' | 'canceled';

/** The payment system's SetupIntents. */
export class SetupIntents {
  readonly all = new Map<SetupIntentId, ModelSetup>();
  readonly #cards: KeptCards;
  readonly #onChange: (setup: ModelSetup, what: SetupChange) => void;

  constructor(cards: KeptCards, onChange: (setup: ModelSetup, what: SetupChange) => void) {
    this.#cards = cards;
    this.#onChange = onChange;
  }

  create(of: Pick<ModelSetup, 'customerId' | 'setupId' | 'kioskId'>): Reply<LiveSetupIntent> {
    const number = this.all.size + 1;
    const id = setupIntentId(`seti_${String(number).padStart(6, '0')}`);
    const setup: ModelSetup = {
      ...of,
      id,
      clientSecret: `${id}_secret_canary${String(number)}`,
      status: 'requires_payment_method',
      attempts: 0,
      lastError: null,
      generatedCard: null,
      wallet: null,
    };
    this.all.set(id, setup);
    return { status: 200, value: liveOf(setup) };
  }

  read(id: SetupIntentId): Reply<LiveSetupIntent> {
    const setup = this.all.get(id);
    if (setup === undefined) return { status: 404, code: 'resource_missing' };
    return { status: 200, value: liveOf(setup) };
  }

  cancel(id: SetupIntentId): Reply<null> {
    const setup = this.all.get(id);
    if (setup === undefined) return { status: 404, code: 'resource_missing' };
    if (setup.status === 'succeeded' || setup.status === 'canceled') {
      return { status: 400, code: 'setup_intent_unexpected_state' };
    }
    setup.status = 'canceled';
    this.#onChange(setup, 'canceled');
    return { status: 200, value: null };
  }

  /** A card was tapped for it, and its bank is asked. The code it fails with, or null. */
  confirm(setup: ModelSetup, card: CardOutcome, tap: Tap): string | null {
    if (setup.status !== 'requires_payment_method') return 'setup_intent_unexpected_state';
    setup.attempts += 1;
    if (tap.kind === 'wallet') {
      return this.#failed(setup, 'setup_intent_mobile_wallet_unsupported', null);
    }
    if (card.kind === 'declined') return this.#failed(setup, card.code, card.declineCode);
    setup.status = 'succeeded';
    setup.lastError = null;
    setup.wallet = walletOf(tap.kind);
    if (isKeepable(tap.kind)) {
      const from = { intentId: setup.id, source: setup.setupId };
      setup.generatedCard = this.#cards.generate(from, tap, setup.customerId).id;
    }
    this.#onChange(setup, 'succeeded');
    return null;
  }

  #failed(setup: ModelSetup, code: string, declineCode: string | null): string {
    setup.lastError = { code, declineCode };
    this.#onChange(setup, 'setup_failed');
    return code;
  }
}

function liveOf(setup: ModelSetup): LiveSetupIntent {
  const { id, status, customerId, lastError, generatedCard, wallet, setupId, kioskId } = setup;
  const latestAttemptId = setup.attempts === 0 ? null : `setatt_${id}_${String(setup.attempts)}`;
  return {
    setupIntent: {
      id,
      status,
      customerId,
      lastError,
      latestAttemptId,
      generatedCard,
      wallet,
      setupId,
      kioskId,
    },
    clientSecret: setup.clientSecret,
  };
}
