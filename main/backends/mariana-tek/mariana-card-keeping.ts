import type { PaymentMethodId, SetupIntentId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { KeyMode } from './key-mode.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import type { PublishableKeys } from './publishable-keys.ts';
import type { ReadBySecret } from './read-by-secret.ts';
import { refusedHere } from '../platform-http/refused-here.ts';
import { type CardToStore, setupIntentRequest, storePaymentMethodRequest } from './requests.ts';
import { type SetupIntentSeen, setupIntentSeen } from './setup-intent-seen.ts';

export interface CardKeepingOptions {
  readonly calls: MarianaCalls;
  readonly read: ReadBySecret;
  readonly keyMode: KeyMode;
  readonly keys: PublishableKeys;
}

/** A SetupIntent and the secret that lets the reader collect for it. The secret is never stored or logged. */
export interface MadeSetupIntent {
  readonly setupIntent: SetupIntentSeen;
  readonly clientSecret: string;
}

/** A card that the system has stored. */
export interface StoredBankcard {
  /** What was stored, as it names it. */
  readonly paymentMethod: string;
  /** Its own number of the card, for support; null where it does not say. */
  readonly bankcard: string | null;
}

/** Keeping a card without a sale, for a user of Mariana Tek's. No call of it is repeated. */
export interface CardKeeping {
  /** `uncertain` where one was made and Stripe does not show it; it holds no money, and is given up. */
  createSetupIntent(user: string, signal: AbortSignal): Promise<Answer<MadeSetupIntent>>;
  /** Refused with `no_secret` for one of a former start of the kiosk. */
  readSetupIntent(
    id: SetupIntentId,
    clientSecret: string,
    signal: AbortSignal,
  ): Promise<Answer<SetupIntentSeen>>;
  /** Each call makes a bankcard: one that was not answered is not repeated. */
  storePaymentMethod(card: CardToStore, signal: AbortSignal): Promise<Answer<StoredBankcard>>;
}

export function marianaCardKeeping(options: CardKeepingOptions): CardKeeping {
  const { calls, read, keyMode, keys } = options;
  const readSetupIntent: CardKeeping['readSetupIntent'] = async (id, clientSecret, signal) => {
    const publishableKey = keys.of(id);
    if (publishableKey === null) return refusedHere('no_secret');
    const reply = setupIntentSeen(id);
    return read({ noun: 'setup_intents', id, publishableKey, clientSecret, reply }, signal);
  };
  return {
    createSetupIntent: async (user, signal) => {
      const inTheWay = await keyMode.check(signal);
      if (inTheWay !== null) return inTheWay;
      const made = await calls.setupIntent(setupIntentRequest(user), signal);
      if (made.kind !== 'done') return made;
      const { id, publishableKey, clientSecret } = made.value;
      const unsure = { kind: 'uncertain', status: 200, requestId: made.requestId } as const;
      if (!keyMode.seen(publishableKey)) return unsure;
      keys.keep(id, publishableKey);
      const seen = await readSetupIntent(id, clientSecret, signal);
      if (seen.kind !== 'done' || !seen.value.acceptsCardPresent) return unsure;
      return { ...made, value: { setupIntent: seen.value, clientSecret } };
    },

    readSetupIntent,

    storePaymentMethod: (card, signal) =>
      calls.storePaymentMethod(storePaymentMethodRequest(card), signal),
  };
}

/**
 * What is stored of a SetupIntent that succeeded: the reusable card that came of the tap where it can be seen, else
 * what was tapped, from which the system must find that card by itself. Its document does not say which it expects.
 */
export function methodToStore({
  generatedCard,
  paymentMethod,
}: SetupIntentSeen): PaymentMethodId | null {
  return generatedCard ?? paymentMethod;
}
