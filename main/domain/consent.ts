import type { ConsentId, KioskId, MemberKey, PaymentMethodId } from './ids.ts';

/** The wording that was shown, whole, and what it was made of. */
export interface ConsentWording {
  /** Of the wording, such as `2026-11-1`: a new one for every changed letter. */
  readonly version: string;
  /** BCP 47, such as `en`. */
  readonly language: string;
  /** What the member saw, to the letter; paragraphs are parted by a blank line. */
  readonly text: string;
}

/** What was tapped under the consent, known only when the card is kept. */
export interface ConsentLink {
  /** The PaymentIntent or SetupIntent the card came from. */
  readonly intentId: string;
  readonly cardId: PaymentMethodId;
  readonly last4: string;
  readonly atMs: number;
}

/**
 * A member's agreement that a card is kept and charged later. What was agreed never changes; what it led to and how it
 * ended is added. https://docs.stripe.com/terminal/features/saving-payment-details/overview#compliance
 */
export interface Consent extends ConsentWording {
  readonly id: ConsentId;
  readonly memberKey: MemberKey;
  readonly kioskId: KioskId;
  readonly givenAtMs: number;
  /** Who pressed the button: `member` on the kiosk. */
  readonly actedBy: string;
  /** SHA-256 over all of the above, hexadecimal. */
  readonly hash: string;
  readonly link: ConsentLink | null;
  readonly revoked: { readonly atMs: number; readonly by: string } | null;
}

/** True while the card that was tapped under it may be charged. */
export function isLive(consent: Consent): boolean {
  return consent.revoked === null && consent.link !== null;
}

/** What the hash is made of, in order: the same fields give the same text for ever. */
export function hashedText(consent: Omit<Consent, 'hash' | 'link' | 'revoked'>): string {
  const { id, memberKey, kioskId, givenAtMs, actedBy, version, language, text } = consent;
  return JSON.stringify([id, memberKey, kioskId, givenAtMs, actedBy, version, language, text]);
}

const presentVersion = '2026-11-1';

/** The wording this program shows, by language. A wording that was shown once is never edited: a new version follows. */
export function consentWording(merchant: string): ConsentWording {
  const text = [
    `I agree that ${merchant} keeps the card I tap on file for my membership account.`,
    `What for: to pay for classes, passes and other items that I buy from ${merchant}.`,
    `How much: the price shown to me, or told to me by staff, when I buy. There is no fee for keeping the card and no other amount.`,
    `When: only when I choose to pay with this card on the kiosk or ask staff to charge it. Nothing is charged on a schedule.`,
    `How to end it: on this kiosk under “My cards”, or by telling staff, at any time. From then on the card is not charged again.`,
    `The card is kept by Stripe, not by ${merchant}. Phones and watches usually can’t be kept: please tap a card.`,
  ].join('\n\n');
  return { version: presentVersion, language: 'en', text };
}
