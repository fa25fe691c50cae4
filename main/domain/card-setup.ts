import type { DeclineReason } from './decline.ts';
import type {
  ConsentId,
  CustomerId,
  KioskId,
  MemberKey,
  PaymentMethodId,
  SetupId,
  SetupIntentId,
} from './ids.ts';
import type { KeepFailure } from './card-on-file.ts';
import type { ReaderAttempt } from './reader-attempt.ts';
import type { CancelReason } from './sale.ts';

/** Keeping a card without a sale. No money moves; the words are the sale's where they mean the same. */
export const setupStates = [
  'creating',
  'presenting',
  /** The card is read, and Stripe asks its bank. */
  'confirming',
  /** The bank agreed: the card is being kept. */
  'saving',
  'kept',
  'not_kept',
  'canceling',
  'canceled',
] as const;

export type SetupState = (typeof setupStates)[number];

export const setupIntentStatuses = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'succeeded',
  'canceled',
] as const;

/** A SetupIntent as main has read it itself. Holds no client secret. */
export interface SetupIntentFacts {
  readonly id: SetupIntentId;
  readonly status: (typeof setupIntentStatuses)[number];
  readonly customerId: CustomerId | null;
  readonly lastError: { readonly code: string; readonly declineCode: string | null } | null;
  /** The latest SetupAttempt: it tells one try's refusal from another's. */
  readonly latestAttemptId: string | null;
  /** The reusable card that came of it; null where none did, or none yet. */
  readonly generatedCard: PaymentMethodId | null;
  readonly wallet: string | null;
  /** `metadata.setup` and `metadata.kiosk`. */
  readonly setupId: string | null;
  readonly kioskId: string | null;
}

export interface CardSetup {
  readonly id: SetupId;
  readonly kioskId: KioskId;
  readonly memberKey: MemberKey;
  readonly consentId: ConsentId;
  readonly state: SetupState;
  readonly attended: boolean;
  readonly setupIntent: SetupIntentFacts | null;
  readonly attempt: ReaderAttempt | null;
  readonly attemptsMade: number;
  /** The latest SetupAttempt when the present attempt began. */
  readonly attemptBefore: string | null;
  /** Why the last card was refused, while another may be tapped. */
  readonly decline: DeclineReason | 'wallet' | null;
  readonly cancelReason: CancelReason | null;
  readonly cardId: PaymentMethodId | null;
  /** Null in `not_kept`: whether the card is kept is not known. */
  readonly failure: KeepFailure | null;
  readonly ordinals: { readonly create: number; readonly cancel: number };
  readonly inconclusiveReads: number;
  readonly revision: number;
}

export function isSetupOver(state: SetupState): boolean {
  return state === 'kept' || state === 'not_kept' || state === 'canceled';
}

/** A setup whose consent is on disk; nothing has left the kiosk. */
export function newSetup(
  of: Pick<CardSetup, 'id' | 'kioskId' | 'memberKey' | 'consentId'>,
): CardSetup {
  return {
    ...of,
    state: 'creating',
    attended: true,
    setupIntent: null,
    attempt: null,
    attemptsMade: 0,
    attemptBefore: null,
    decline: null,
    cancelReason: null,
    cardId: null,
    failure: null,
    ordinals: { create: 1, cancel: 0 },
    inconclusiveReads: 0,
    revision: 0,
  };
}

/** The effect that a new setup begins with. */
export const firstSetupEffect = {
  kind: 'setup_intent.create',
  ordinal: 1,
  afterMs: 0,
} as const satisfies SetupEffect;

/** Work of a setup for the outbox. */
export type SetupEffect =
  | {
      readonly kind: 'setup_intent.create' | 'setup_intent.cancel';
      readonly ordinal: number;
      readonly afterMs: number;
    }
  | { readonly kind: 'setup_intent.read'; readonly afterMs: number };
