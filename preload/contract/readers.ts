import { z } from 'zod';

const readerId = z.string().regex(/^tmr_[0-9A-Za-z_]{3,200}$/);
const locationId = z.string().regex(/^tml_[0-9A-Za-z_]{3,200}$/);
const paymentIntentId = z.string().regex(/^pi_[0-9A-Za-z_]{3,200}$/);
/** Main trims it and asks for what is missing; longer is no name. */
const by = z.string().max(200);

export const readerRegisterRequest = z.strictObject({
  /** The words that the reader shows, as typed. */
  code: z.string().max(100),
  label: z.string().max(200),
  locationId,
  by,
});
export const readerRenameRequest = z.strictObject({ readerId, label: z.string().max(200), by });
export const readerDeregisterRequest = z.strictObject({ readerId, by });
export const readerChooseRequest = z.strictObject({
  role: z.enum(['main', 'spare']),
  /** Null takes the spare away; the main reader can't be taken away. */
  readerId: readerId.nullable(),
  integration: z.enum(['sdk', 'server_driven']),
  isShared: z.boolean(),
  by,
});
export const readerUseRequest = z.strictObject({ role: z.enum(['main', 'spare']), by });
export const readerCheckRequest = z.strictObject({ readerId });
export const readerFreeRequest = z.strictObject({
  readerId,
  /** What staff were shown on the reader, and mean to end: null for something that is about no PaymentIntent. */
  paymentIntentId: paymentIntentId.nullable(),
  by,
});
export const locationCreateRequest = z.strictObject({
  name: z.string().max(200),
  country: z.string().max(60),
  line1: z.string().max(200),
  city: z.string().max(200).nullable(),
  state: z.string().max(200).nullable(),
  postalCode: z.string().max(40).nullable(),
  by,
});

export type ReaderIntegration = 'sdk' | 'server_driven';

/** What a reader does, and for whom. */
export interface ReaderUse {
  readonly what:
    | 'nothing'
    /** Waits for a card, or charges one: Stripe does not say which. */
    | 'payment'
    | 'display'
    | 'other';
  /** `this_kiosk`, `other_kiosk`, or `unknown` when its PaymentIntent could not be read. */
  readonly whose: 'nobody' | 'this_kiosk' | 'other_kiosk' | 'unknown';
  readonly paymentIntentId: string | null;
  /** Of our own sale. */
  readonly code: string | null;
  /** The other kiosk's id, where its PaymentIntent names one. */
  readonly kioskId: string | null;
  /** Stripe's word for the PaymentIntent, as just read; null when there is none or it could not be read. */
  readonly paymentIntentStatus: string | null;
}

export interface ReaderRow {
  readonly id: string;
  readonly label: string;
  /** Stripe's word, such as `stripe_s700`. */
  readonly deviceType: string;
  /** A smart reader, for which Stripe recommends the server-driven integration. */
  readonly isSmart: boolean;
  readonly serialNumber: string | null;
  readonly locationId: string | null;
  readonly locationName: string | null;
  /** A hint that may be minutes old; it forbids nothing. */
  readonly status: 'online' | 'offline' | null;
  readonly lastSeenAtMs: number | null;
  readonly software: string | null;
  /** Zero to one, where the reader's kind tells it. */
  readonly battery: number | null;
  readonly role: 'main' | 'spare' | null;
  /** Of the last action, when it failed: Stripe's code and sentence, for staff. */
  readonly lastFailure: { readonly code: string; readonly message: string | null } | null;
  readonly use: ReaderUse;
}

export interface LocationRow {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly city: string | null;
}

export interface ChosenReaderView {
  readonly readerId: string | null;
  readonly label: string;
  readonly integration: ReaderIntegration;
  readonly isShared: boolean;
}

export interface ReadersView {
  /** Main's time; epoch milliseconds. */
  readonly nowMs: number;
  readonly main: ChosenReaderView;
  readonly spare: ChosenReaderView | null;
  readonly using: 'main' | 'spare';
  /** The system behind this kiosk can lead a reader itself; without it only the JS SDK is offered. */
  readonly serverDrivenOffered: boolean;
  /** Empty with `sentence` when they could not be listed. */
  readonly readers: readonly ReaderRow[];
  readonly locations: readonly LocationRow[];
  /** Why the list is not there, in plain words with what to do; null when it is. */
  readonly sentence: string | null;
}

/** `refused`: nothing was changed, and `sentence` says why and what to do. */
export interface ReaderAnswer {
  readonly result: 'done' | 'refused' | 'no_name';
  readonly sentence: string | null;
}

/** What was found when somebody asked how a reader and its payment stand, read anew. */
export interface ReaderCheck {
  readonly result: 'read' | 'not_reached';
  readonly use: ReaderUse | null;
  /** Plain words: what the reader does, and what the payment system says of the money. */
  readonly sentence: string;
}
