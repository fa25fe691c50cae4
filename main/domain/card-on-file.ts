import type { ConsentId, CustomerId, MemberKey, PaymentMethodId } from './ids.ts';

/** A reusable card that a tap has left behind, as Stripe shows it. */
export interface CardFacts {
  readonly id: PaymentMethodId;
  /** Null when it belongs to nobody: not attached yet, or detached. */
  readonly customerId: CustomerId | null;
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
  /** The same for the same physical card in one account; null where Stripe gives none. */
  readonly fingerprint: string | null;
  /** `limited`: only for what was agreed. */
  readonly allowRedisplay: 'always' | 'limited' | 'unspecified';
  /** The phone or watch it came from, such as `apple_pay`; null for a card of plastic. */
  readonly wallet: string | null;
}

/** A card this kiosk keeps for a member. */
export interface CardOnFile extends CardFacts {
  readonly memberKey: MemberKey;
  readonly consentId: ConsentId;
  readonly keptAtMs: number;
  /** Null while it may be used. From then on it is never charged again, whatever Stripe has heard of it yet. */
  readonly removedAtMs: number | null;
  /** Who removed it: `member`, or the name staff gave. */
  readonly removedBy: string | null;
}

/** Why no card came of a tap that was meant to be kept. */
export const keepFailures = [
  /** A phone or a watch: Stripe makes no reusable card of it here. */
  'wallet',
  /** A card that can't be charged online, such as a single-brand debit card. */
  'in_person_only',
  /** The consent was taken back before the card was kept. */
  'consent_revoked',
  /** Stripe refused it. */
  'refused',
] as const;

export type KeepFailure = (typeof keepFailures)[number];

/** What became of the wish to keep a card. */
export type KeepOutcome =
  | { readonly kind: 'kept'; readonly cardId: PaymentMethodId }
  | { readonly kind: 'not_kept'; readonly why: KeepFailure };
