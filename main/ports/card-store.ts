import type { CardFacts } from '../domain/card-on-file.ts';
import type { SetupIntentFacts } from '../domain/card-setup.ts';
import type { PaymentIntentId, PaymentMethodId, SetupIntentId } from '../domain/ids.ts';
import type { Answer } from './payments-api.ts';

/**
 * Where cards are kept by a system that has a list of customers of its own. Beside it this kiosk makes no Customers and
 * attaches nothing. Each part is null where the system can't.
 */
export interface CardStore {
  /**
   * Keeps the card of a payment that was captured, and answers what is true of that card now. Asking again keeps
   * nothing twice.
   */
  readonly fromPayment:
    | ((
        request: {
          readonly paymentIntentId: PaymentIntentId;
          /** The studio's own number of the member, which the system knows them by. */
          readonly memberId: string;
        },
        signal: AbortSignal,
      ) => Promise<Answer<CardFacts>>)
    | null;
  readonly setups: SetupStore | null;
}

/**
 * Keeps a card without a payment. The system knows no keys, so none of its changing calls is ever repeated; it cancels
 * nothing, and what it made is seen only with the secret that came with it.
 */
export interface SetupStore {
  /** For a user of the system's own. */
  createSetupIntent(
    user: string,
    signal: AbortSignal,
  ): Promise<Answer<{ readonly setupIntent: SeenSetupIntent; readonly clientSecret: string }>>;
  readSetupIntent(
    id: SetupIntentId,
    clientSecret: string,
    signal: AbortSignal,
  ): Promise<Answer<SeenSetupIntent>>;
  /** Each call keeps a card: one without an answer may have kept it. */
  storePaymentMethod(
    card: StoredAtSystem,
    signal: AbortSignal,
  ): Promise<Answer<{ readonly bankcard: string | null }>>;
}

/** As much of a SetupIntent as its secret shows: not whose it is. */
export interface SeenSetupIntent extends Omit<
  SetupIntentFacts,
  'customerId' | 'setupId' | 'kioskId'
> {
  /** What was tapped; null before. */
  readonly paymentMethod: PaymentMethodId | null;
}

/** A card to be kept. Its postal code is in memory only. */
export interface StoredAtSystem {
  /** The member's. */
  readonly name: string;
  /** The system's own id of the business that keeps the card. */
  readonly partner: string;
  readonly paymentMethod: PaymentMethodId;
  /** As text: it may begin with a zero. */
  readonly postalCode: string;
  /** The system's own id of the member. */
  readonly user: string;
}
