import { type Consent, type ConsentWording, hashedText, isLive } from '../../domain/consent.ts';
import type { PaymentMethodId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { TextHash } from './text-hash.ts';

/** Names a wording to the letter: whoever agrees sends it back, so that nobody agrees to what they did not see. */
export function wordingHash({ language, version, text }: ConsentWording, hash: TextHash): string {
  return hash(JSON.stringify([language, version, text]));
}

/** The consent with its hash, as it is stored. */
export function sealedConsent(
  given: Omit<Consent, 'hash' | 'link' | 'revoked'>,
  hash: TextHash,
): Consent {
  return { ...given, hash: hash(hashedText(given)), link: null, revoked: null };
}

/** True when what is stored is what was agreed, to the letter. */
export function isIntact(consent: Consent, hash: TextHash): boolean {
  return hash(hashedText(consent)) === consent.hash;
}

/**
 * The consent that lets this card be charged; null when there is none that can be proved: the card was removed, the
 * consent taken back, given for another card or by somebody else, or is not to the letter what was stored.
 */
export function liveConsentOf(
  book: CardBook,
  cardId: PaymentMethodId,
  hash: TextHash,
): Consent | null {
  const card = book.findCard(cardId);
  if (card === null || card.removedAtMs !== null) return null;
  const consent = book.findConsent(card.consentId);
  if (consent?.link?.cardId !== cardId || consent.memberKey !== card.memberKey) return null;
  return isLive(consent) && isIntact(consent, hash) ? consent : null;
}
