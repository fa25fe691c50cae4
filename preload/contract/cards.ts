import { z } from 'zod';
import type { CancelReason, DeclineReason } from './sale.ts';
import { saleIdSchema } from './sale.ts';

const memberId = z.string().trim().min(1).max(64);
const cardId = z.string().regex(/^(pm|card|src)_[0-9A-Za-z_]{3,200}$/);
const setupId = z.string().regex(/^setup_[0-9a-z]{10,40}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Who stands at the screen: the studio's number and the last four digits of their phone. */
export const memberIdentifyRequest = z.strictObject({
  memberId,
  phoneLastFour: z.string().regex(/^\d{4}$/),
});

export const nothingOfMember = z.strictObject({});

/** The member saw the wording with this hash and agreed to it. Null keeps a card without a sale. */
export const cardSaveRequest = z.strictObject({
  saleId: saleIdSchema.nullable(),
  wordingHash: hash,
  /** A copy goes to the member's address that main knows. */
  copyByEmail: z.boolean(),
  /** Of the card, where `cards.postalCode`: text, for it may begin with a zero. Main says whether it is one. */
  postalCode: z.string().max(20).nullish(),
  /** Where `cards.orderCode`: as scanned or typed; without it the paid order on the screen stands for it. */
  orderCode: z.string().trim().min(1).max(500).nullish(),
});

export const cardDontSaveRequest = z.strictObject({ saleId: saleIdSchema });
export const cardRemoveRequest = z.strictObject({ cardId });
/** Null: in person after all. */
export const cardPayRequest = z.strictObject({ saleId: saleIdSchema, cardId: cardId.nullable() });
/** Names the setup on the screen, so that a late tap never acts on the next one. */
export const setupRequest = z.strictObject({ setupId });

export type KeepFailureView = 'wallet' | 'in_person_only' | 'consent_revoked' | 'refused';

export interface CardView {
  readonly cardId: string;
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly keptAtMs: number;
  /** Past its last month. */
  readonly expired: boolean;
}

/** The member at the screen. */
export interface MemberView {
  readonly memberId: string;
  readonly name: string;
  /** Those that may be charged, newest first. */
  readonly cards: readonly CardView[];
  /** An address is known, and this kiosk can send mail: a copy may be offered. Shown in part, such as `a…@example.com`. */
  readonly emailHint: string | null;
}

export type IdentifyAnswer =
  | { readonly kind: 'identified'; readonly member: MemberView }
  /** The number and the digits don't fit together; which of them is wrong is not said. */
  | { readonly kind: 'not_known' }
  /** Too many wrong tries: none is taken for so long, in milliseconds. */
  | { readonly kind: 'locked'; readonly forMs: number }
  /** The number is not on this kiosk, and Stripe could not be asked. */
  | { readonly kind: 'unreachable' };

export interface ConsentOffer {
  readonly language: string;
  /** To the letter what is stored; paragraphs are parted by a blank line. */
  readonly text: string;
  readonly wordingHash: string;
}

export type CardSaveAnswer =
  | { readonly kind: 'agreed' }
  /** Stored, and the setup has begun. */
  | { readonly kind: 'setup_started'; readonly setupId: string }
  /** The wording is another by now: show it anew. */
  | { readonly kind: 'wording_changed' }
  /** Nothing was stored: what is needed beside the agreement was not given, or does not fit. */
  | { readonly kind: 'not_taken'; readonly why: SetupTermsRefusal };

export type SetupTermsRefusal =
  /** It is no postal code. */
  | 'postal_code'
  /** An order's code is needed that says whose it is: none was given, it is no such code, or it does not say. */
  | 'order_code'
  /** The order is somebody else's. */
  | 'other_member';

/** What became of the wish to keep the card of a sale. */
export interface KeepingView {
  readonly memberName: string;
  /** `asked`: nothing is paid yet. `waiting`: paid, and the card is being kept. */
  readonly state: 'asked' | 'waiting' | 'kept' | 'not_kept';
  readonly failure: KeepFailureView | null;
  readonly brand: string | null;
  readonly last4: string | null;
}

/** The card on file that pays a sale. */
export interface StoredCardView {
  readonly brand: string;
  readonly last4: string;
  /** It waits for the network: nothing is paid. */
  readonly pending: boolean;
  /** Until when it may, epoch milliseconds; null where it may not wait. */
  readonly mayWaitUntilMs: number | null;
}

/** Keeping a card without a sale, as the screen shows it. */
export interface SetupView {
  readonly id: string;
  readonly state:
    | 'creating'
    | 'presenting'
    | 'confirming'
    | 'saving'
    | 'kept'
    | 'not_kept'
    | 'canceling'
    | 'canceled';
  readonly attemptId: string | null;
  /** Only in `presenting`. */
  readonly stage: 'waking_reader' | 'awaiting_card' | 'declined' | null;
  readonly decline: DeclineReason | 'wallet' | null;
  readonly cancelReason: CancelReason | null;
  readonly failure: KeepFailureView | null;
  /**
   * Only in `not_kept`: the system was asked to keep the card and did not answer, so it may have it. Nobody tries again
   * before staff have looked.
   */
  readonly unsure?: true;
  readonly card: { readonly brand: string; readonly last4: string } | null;
  readonly canCancel: boolean;
  readonly memberName: string;
}

/** What of cards on file this kiosk can do; no screen offers the rest. What is left out, it can't. */
export interface CardFeatures {
  /** A card is kept, whichever way. */
  readonly keep: boolean;
  readonly pay: boolean;
  /** The card that pays a sale is kept. */
  readonly keepWithSale?: boolean;
  /** A card is kept without a sale. */
  readonly keepAlone?: boolean;
  /** A card is taken off again. */
  readonly remove?: boolean;
  /** To keep a card alone, its postal code is asked for. */
  readonly postalCode?: boolean;
  /** To keep a card alone, the code of an order of the member's is asked for: it names them at the system. */
  readonly orderCode?: boolean;
}

// Staff.

const by = z.string().max(200);
const why = z.string().max(2_000);

export const membersSearchRequest = z.strictObject({ words: z.string().max(100) });
export const memberReadRequest = z.strictObject({ memberId });
/** Null adds; else the member with this number is changed. Main trims and says what is wrong. */
export const memberSaveRequest = z.strictObject({
  memberId: z.string().max(100),
  name: z.string().max(300),
  email: z.string().max(300).nullable(),
  phone: z.string().max(60).nullable(),
});
export const memberRemoveCardRequest = z.strictObject({ cardId, by });
export const memberChargeRequest = z.strictObject({
  /** Of the page's form: the same request, sent twice, is one charge. */
  requestId: z.string().regex(/^[0-9a-z]{10,40}$/),
  cardId,
  lines: z
    .array(z.strictObject({ itemId: z.string().min(1).max(64), quantity: z.int().min(1).max(99) }))
    .min(1)
    .max(50),
  by,
  why,
});

export interface ConsentView {
  readonly consentId: string;
  readonly version: string;
  readonly language: string;
  readonly text: string;
  readonly givenAtMs: number;
  readonly kioskId: string;
  readonly actedBy: string;
  readonly hash: string;
  /** The stored hash is that of the stored text. */
  readonly intact: boolean;
  readonly intentId: string | null;
  readonly last4: string | null;
  readonly revokedAtMs: number | null;
  readonly revokedBy: string | null;
}

export interface StaffCardView extends CardView {
  readonly consentId: string;
  readonly wallet: string | null;
  readonly removedAtMs: number | null;
  readonly removedBy: string | null;
  /** Stripe has not heard of the removal yet; it is not charged all the same. */
  readonly removalWaits: boolean;
  /** The same card is kept for these other members, by number. */
  readonly alsoOf: readonly string[];
}

export interface MemberRow {
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly cards: number;
}

/** A charge to a card on file of this member, newest first. */
export interface MemberChargeRow {
  readonly saleId: string;
  readonly code: string;
  readonly atMs: number;
  readonly state: 'pending' | 'under_way' | 'paid' | 'not_paid' | 'needs_staff';
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly last4: string;
  readonly mayWaitUntilMs: number | null;
  /** Why it was not paid. */
  readonly cancelReason: CancelReason | null;
  readonly decline: DeclineReason | null;
}

export interface MemberSheet {
  readonly member: MemberRow;
  readonly customerId: string | null;
  readonly cards: readonly StaffCardView[];
  readonly consents: readonly ConsentView[];
  readonly charges: readonly MemberChargeRow[];
  /** The system was asked to keep a card of theirs and did not answer: staff look there whether it has it. */
  readonly unsure?: readonly UnsureKeeping[];
}

export interface UnsureKeeping {
  readonly consentId: string;
  /** When it was to be kept, epoch milliseconds. */
  readonly atMs: number;
}

export type MemberSaveAnswer =
  | { readonly kind: 'saved'; readonly member: MemberRow }
  | {
      readonly kind: 'refused';
      readonly field: 'memberId' | 'name' | 'email' | 'phone';
      readonly sentence: string;
    };

export type MemberChargeAnswer =
  | { readonly kind: 'asked'; readonly saleId: string; readonly code: string }
  | { readonly kind: 'refused'; readonly sentence: string };
