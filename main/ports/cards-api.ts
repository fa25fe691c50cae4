import type { CardFacts } from '../domain/card-on-file.ts';
import type { SetupIntentFacts } from '../domain/card-setup.ts';
import type {
  CustomerId,
  KioskId,
  PaymentIntentId,
  PaymentMethodId,
  SetupId,
  SetupIntentId,
} from '../domain/ids.ts';
import type { Answer, Page } from './payments-api.ts';

/** A Customer as far as this kiosk reads it. */
export interface CustomerFacts {
  readonly id: CustomerId;
  /** `metadata.member`: the studio's own number; null for a Customer of somebody else's making. */
  readonly memberId: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAtMs: number;
}

/** A SetupIntent and the secret that lets the reader collect for it. The secret is never stored or logged. */
export interface LiveSetupIntent {
  readonly setupIntent: SetupIntentFacts;
  readonly clientSecret: string | null;
}

/** What a payment left behind that can be kept. */
export interface LeftBehind {
  /** Null where none came of it: a phone, or a card that can't be charged online. */
  readonly generatedCard: PaymentMethodId | null;
  /** The phone or watch that was tapped, such as `apple_pay`. */
  readonly wallet: string | null;
  readonly last4: string | null;
}

/**
 * Customers and their cards. Every changing call carries a stored key; no call is retried by this port. A Customer is
 * found by the studio's own number in its metadata.
 */
export interface CardsApi {
  /** By search, which lags behind by up to an hour: what it does not show may be there all the same. */
  searchCustomers(memberId: string, signal: AbortSignal): Promise<Answer<readonly CustomerFacts[]>>;
  /** One page, newest first, of Customers made since: a list shows at once what a search does not yet. */
  listCustomers(
    query: { readonly createdFromMs: number; readonly startingAfter: CustomerId | null },
    signal: AbortSignal,
  ): Promise<Answer<Page<CustomerFacts>>>;
  /** With the member's number alone, so that the same key is the same request on every kiosk. */
  createCustomer(
    memberId: string,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<CustomerFacts>>;
  updateCustomer(
    id: CustomerId,
    details: {
      readonly name: string;
      readonly email: string | null;
      readonly phone: string | null;
    },
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>>;

  leftBehind(id: PaymentIntentId, signal: AbortSignal): Promise<Answer<LeftBehind>>;
  readCard(id: PaymentMethodId, signal: AbortSignal): Promise<Answer<CardFacts>>;
  /** All cards of a Customer. */
  listCards(id: CustomerId, signal: AbortSignal): Promise<Answer<readonly CardFacts[]>>;
  attachCard(
    id: PaymentMethodId,
    customerId: CustomerId,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<CardFacts>>;
  /** It can never be attached again. */
  detachCard(id: PaymentMethodId, key: string, signal: AbortSignal): Promise<Answer<null>>;

  createSetupIntent(
    request: {
      readonly customerId: CustomerId;
      readonly setupId: SetupId;
      readonly kioskId: KioskId;
    },
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<LiveSetupIntent>>;
  readSetupIntent(id: SetupIntentId, signal: AbortSignal): Promise<Answer<LiveSetupIntent>>;
  cancelSetupIntent(id: SetupIntentId, key: string, signal: AbortSignal): Promise<Answer<null>>;
}
