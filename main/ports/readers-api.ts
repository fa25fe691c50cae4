import type {
  ChargeId,
  LocationId,
  PaymentIntentId,
  ReaderId,
  SetupIntentId,
} from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { Answer } from './payments-api.ts';
import type { PromptObject } from './reader-book.ts';

/** What a reader was last told to do. Stripe's words; `other` is one that this kiosk never asks for. */
export type ReaderActionKind =
  | 'process_payment_intent'
  | 'collect_payment_method'
  | 'confirm_payment_intent'
  | 'process_setup_intent'
  | 'refund_payment'
  | 'set_reader_display'
  | 'other';

/** The one place a reader has for what it does: a later action takes it from an earlier one. */
export interface ReaderAction {
  readonly kind: ReaderActionKind;
  readonly status: 'in_progress' | 'succeeded' | 'failed';
  /** The PaymentIntent, the SetupIntent, or of a refund the Charge; null for an action that is about none. */
  readonly object: PromptObject | null;
  /** Stripe's, when it failed: for staff and for what follows. */
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  /** A collect has read a card. It, and not the status, says that the collecting is over. */
  readonly hasCard: boolean;
}

/** A reader as Stripe told of it. Everything but the action is a hint: it may be minutes old. */
export interface ReaderFacts {
  readonly id: ReaderId;
  readonly label: string;
  /** Stripe's word, such as `stripe_s700`; an open set. */
  readonly deviceType: string;
  readonly serialNumber: string | null;
  readonly locationId: LocationId | null;
  readonly status: 'online' | 'offline' | null;
  /** When Stripe last heard of it, epoch milliseconds; null where it does not say. */
  readonly lastSeenAtMs: number | null;
  readonly software: string | null;
  readonly action: ReaderAction | null;
}

export interface LocationFacts {
  readonly id: LocationId;
  readonly name: string;
  /** Two letters, upper case. */
  readonly country: string;
  readonly city: string | null;
}

export interface LocationRequest {
  readonly name: string;
  readonly address: {
    readonly country: string;
    readonly line1: string;
    readonly city: string | null;
    readonly state: string | null;
    readonly postalCode: string | null;
  };
}

/** What a payment prompt offers on the reader. */
export interface PromptConfig {
  /** A button on the reader with which the customer can end it. */
  readonly customerMayCancel: boolean;
  readonly skipTipping: boolean;
  /** The customer agreed that the card is kept for what was agreed; Stripe makes no reusable card without it. */
  readonly keepsCard: boolean;
}

/**
 * A reader of this kiosk's own, just seen with nothing on it and nothing of ours on its way to it. Made in one place
 * (services/server-driven/idle-reader.ts), so that nothing is shown on a reader that takes a payment.
 */
export type IdleReader = { readonly id: ReaderId } & { readonly brand: 'seen idle' };

/** What the reader shows before a payment; it charges what the PaymentIntent says. Amounts in minor units. */
export interface CartDisplay {
  readonly currency: string;
  readonly total: number;
  readonly tax: number;
  readonly lines: readonly {
    readonly description: string;
    readonly amount: number;
    readonly quantity: number;
  }[];
}

/**
 * Readers led through the payment system's own endpoints (the server-driven integration). An action that was taken
 * has only begun: how it ends is read from the reader, and what became of the money from the PaymentIntent (P4).
 * Every changing call carries a stored key, except where one is harmless to repeat and named so.
 */
export interface ReadersApi {
  read(id: ReaderId, signal: AbortSignal): Promise<Answer<ReaderFacts>>;
  /** Every reader of the account. */
  list(signal: AbortSignal): Promise<Answer<readonly ReaderFacts[]>>;
  /** `code` is the three words that the reader shows. */
  register(
    request: { readonly code: string; readonly label: string; readonly locationId: LocationId },
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  rename(
    id: ReaderId,
    label: string,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Takes no key: what is gone stays gone. */
  deregister(id: ReaderId, signal: AbortSignal): Promise<Answer<null>>;
  listLocations(signal: AbortSignal): Promise<Answer<readonly LocationFacts[]>>;
  createLocation(
    request: LocationRequest,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<LocationFacts>>;

  /** Asks for a card and charges it, in one step. Replaces whatever prompt the reader shows: look first. */
  processPaymentIntent(
    id: ReaderId,
    paymentIntent: PaymentIntentId,
    config: PromptConfig,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Asks for a card and charges nothing; within 30 s it must be confirmed. Replaces like the above. */
  collectPaymentMethod(
    id: ReaderId,
    paymentIntent: PaymentIntentId,
    config: PromptConfig,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Charges the card that was collected. */
  confirmPaymentIntent(
    id: ReaderId,
    paymentIntent: PaymentIntentId,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Asks for a card and keeps it for what was agreed, in one step. Replaces like the above. */
  processSetupIntent(
    id: ReaderId,
    setupIntent: SetupIntentId,
    config: Pick<PromptConfig, 'customerMayCancel'>,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Asks for the card that paid and gives back to it, in one step; Interac knows no other way. Replaces like the above. */
  refundPayment(
    id: ReaderId,
    refund: { readonly charge: ChargeId; readonly amount: Money },
    config: Pick<PromptConfig, 'customerMayCancel'>,
    key: string,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
  /** Ends whatever the reader does, whoever asked for it: compare first. Takes no key: ending twice is ending once. */
  cancelAction(id: ReaderId, signal: AbortSignal): Promise<Answer<ReaderFacts>>;
  /** Would replace a prompt that waits for a card, so it takes a reader that was seen idle. Takes no key. */
  setReaderDisplay(
    reader: IdleReader,
    cart: CartDisplay,
    signal: AbortSignal,
  ): Promise<Answer<ReaderFacts>>;
}

/** What can be done with readers that main can't lead: they are listed and kept, and no more. */
export type ReaderListApi = Pick<ReadersApi, 'list' | 'register' | 'rename' | 'deregister'>;
