import type {
  ChargeId,
  CustomerId,
  KioskId,
  PaymentIntentId,
  PaymentMethodId,
  ReaderId,
  SaleId,
  SetupIntentId,
  StripeRefundId,
} from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PaymentIntentFacts } from '../domain/payment-intent.ts';
import type { PlatformFacts, PlatformOrder } from '../domain/platform-order.ts';
import type { Sighting } from './books.ts';

/** What came of a call. Only `done` and `refused` are knowledge. */
export type Answer<Value> =
  | { readonly kind: 'done'; readonly value: Value; readonly requestId: string | undefined }
  /** Refused for good: nothing was changed, and the same request would be refused again. */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly requestId: string | undefined;
    }
  /** A 5xx: it may have been carried out, and Stripe replays this very answer under the key for a day. */
  | {
      readonly kind: 'uncertain';
      readonly status: number;
      readonly requestId: string | undefined;
    }
  /** Not carried out; ask again later under the same key (409, 429). */
  | { readonly kind: 'busy'; readonly status: number; readonly code: string }
  /** The key is wrong or may not do this (401, 403); not carried out. */
  | { readonly kind: 'denied'; readonly status: number; readonly code: string }
  /** No answer, a broken one, or one that is not Stripe's: unknown; repeat under the same key. */
  | { readonly kind: 'unanswered'; readonly code: string };

/** A PaymentIntent and the secret that lets the reader collect for it. The secret is never stored or logged. */
export interface LivePaymentIntent {
  readonly paymentIntent: PaymentIntentFacts;
  readonly clientSecret: string | null;
}

/** What a system behind which there is more than Stripe needs to know besides a PaymentIntent's id. */
export interface PaymentAbout {
  readonly saleId: SaleId;
  readonly kioskId: KioskId;
  /** The platform's order that is paid; null where there is none. */
  readonly order: PlatformOrder | null;
  readonly total: Money;
  /** As last read; null before anything of it was. */
  readonly last: PaymentIntentFacts | null;
  /** In memory only; null when nobody has it any more. */
  readonly clientSecret: string | null;
}

/** What a look for a lost PaymentIntent came to. */
export type LookedUp = PaymentIntentFacts | null | { readonly platform: PlatformFacts };

export interface CreateRequest {
  readonly total: Money;
  readonly saleId: SaleId;
  readonly kioskId: KioskId;
  /** SHA-256 of the order, so that a lost database can be told from a changed one. */
  readonly orderHash: string;
  /** The card that is tapped is kept for this Customer, and may be charged later without them. */
  readonly keepFor?: CustomerId;
  /** The same behind a system that keeps its own list of members: the studio's number of the member. */
  readonly keepForMember?: string;
  /** The platform's order that is paid. */
  readonly order?: PlatformOrder;
  /** No card is tapped: this one, on file, is charged by `confirm`, off session, and the money taken at once. */
  readonly storedCard?: {
    readonly customerId: CustomerId;
    readonly paymentMethodId: PaymentMethodId;
  };
}

/** An event as far as it is believed: which object to read. Its data is a hint and no more (P4). */
export interface EventNotice {
  readonly id: string;
  readonly type: string;
  readonly createdAtMs: number;
  /** The PaymentIntent it speaks of, itself or through its Charge, Refund or reader; null when it speaks of none. */
  readonly paymentIntentId: PaymentIntentId | null;
  /** `metadata.kiosk` of the object, where it carries one. */
  readonly kioskId: string | null;
  /** The reader it speaks of: what happened there is no news of the sale, and only wakes who leads that reader. */
  readonly readerId: ReaderId | null;
  /** The Refund it speaks of, and the SetupIntent; left out where it speaks of none. */
  readonly stripeRefundId?: StripeRefundId;
  readonly setupIntentId?: SetupIntentId;
}

/** Newest first, as Stripe lists. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
}

/** A system that can make and settle a card-present payment. Every changing call carries a stored key. */
export interface PaymentsApi {
  create(
    request: CreateRequest,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<LivePaymentIntent>>;
  read(
    id: PaymentIntentId,
    signal: AbortSignal,
    about?: PaymentAbout,
  ): Promise<Answer<LivePaymentIntent>>;
  /** Looks through everything created since, by metadata; null when none is there. */
  lookUp(
    saleId: SaleId,
    createdSinceMs: number,
    signal: AbortSignal,
    about?: PaymentAbout,
  ): Promise<Answer<LookedUp>>;
  capture(
    id: PaymentIntentId,
    total: Money,
    key: string,
    signal: AbortSignal,
    about?: PaymentAbout,
  ): Promise<Answer<null>>;
  cancel(
    id: PaymentIntentId,
    key: string,
    signal: AbortSignal,
    about?: PaymentAbout,
  ): Promise<Answer<null>>;
  /**
   * Records a paid PaymentIntent with the platform's order. Looks for its own record first, so a repeat records nothing
   * twice. Only of a system that declares `recordsOrder`.
   */
  recordOrder?(
    id: PaymentIntentId,
    signal: AbortSignal,
    about: PaymentAbout,
  ): Promise<Answer<{ readonly agrees: boolean }>>;
  /** Charges a card on file, off session. A decline is `refused`: what it means is read from the PaymentIntent (P4). */
  confirm(
    id: PaymentIntentId,
    paymentMethodId: PaymentMethodId,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>>;
  /** One page, newest first, of PaymentIntents created in the period; `startingAfter` is the last id of the page before. */
  listPaymentIntents(
    query: {
      readonly createdFromMs: number;
      readonly createdToMs: number;
      readonly startingAfter: PaymentIntentId | null;
    },
    signal: AbortSignal,
  ): Promise<Answer<Page<Sighting>>>;
  /** One page, newest first, of events created since, of the types this kiosk follows. */
  listEvents(
    query: { readonly createdFromMs: number; readonly startingAfter: string | null },
    signal: AbortSignal,
  ): Promise<Answer<Page<EventNotice>>>;
  setReceiptEmail(
    charge: ChargeId,
    email: string,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<null>>;
  /** Fresh on each call. */
  createConnectionToken(signal: AbortSignal, order?: PlatformOrder): Promise<Answer<string>>;
  /** Where the reader for this order is found: its Stripe location. Only of a system that knows it by the order. */
  locationOf?(order: PlatformOrder, signal: AbortSignal): Promise<Answer<string | null>>;
  /** The cheapest call that shows whether the system answers and takes this key. */
  probe(signal: AbortSignal): Promise<Answer<null>>;
}
