/** What is held to a reader. What can be kept of it is Stripe's to say. */
export const tapKinds = [
  'plastic',
  /** A phone of which Stripe makes a limited card, as its documents say today. */
  'wallet_limited',
  /** A phone of which it makes none, as its error codes say. */
  'wallet',
  /** A debit card of one network, which can't be charged online. */
  'in_person_only',
  /** Taken at once, given back only to the card itself at a reader. */
  'interac',
] as const;

export type TapKind = (typeof tapKinds)[number];

export interface Tap {
  readonly kind: TapKind;
  /** The same for the same physical card. */
  readonly fingerprint: string;
  /** The reader was told that the cardholder agreed to keeping it. */
  readonly keepsCard: boolean;
}

export function walletOf(kind: TapKind): string | null {
  return kind === 'wallet' || kind === 'wallet_limited' ? 'apple_pay' : null;
}

/** Whether a reusable card comes of it, where everybody agreed to that. */
export function isKeepable(kind: TapKind): boolean {
  return kind === 'plastic' || kind === 'wallet_limited';
}
