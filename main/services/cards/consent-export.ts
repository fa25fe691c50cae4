import type { Consent, ConsentLink } from '../../domain/consent.ts';
import type { Member } from '../../domain/member.ts';
import { utcTime } from './consent-letter.ts';
import { isIntact } from './consent-proof.ts';
import type { TextHash } from './text-hash.ts';

export interface ConsentExport {
  readonly member: Member;
  readonly merchant: string;
  readonly consents: readonly Consent[];
  readonly atMs: number;
  /** Consents in the whole file that are not what was written, and so are in no list. */
  readonly damaged: number;
}

/** One member's consents as a text file: each with its facts, and the wording they saw, to the letter. */
export function consentExport(what: ConsentExport, hash: TextHash): string {
  const { member, merchant, consents, atMs, damaged } = what;
  const head = [
    `Consents of member ${member.memberId} at ${merchant}`,
    `Name: ${member.name}`,
    `Written: ${utcTime(atMs)}`,
    `Consents: ${consents.length}`,
    ...(damaged === 0
      ? []
      : [`Unreadable consents in this kiosk’s file, of any member: ${damaged}`]),
  ].join('\n');
  return `${[head, ...consents.map((consent) => entry(consent, hash))].join('\n\n')}\n`;
}

/** A card that a system with users of its own keeps is not seen: its digits are not known here. */
function cardLine({ cardId, last4, intentId, atMs }: ConsentLink): string {
  const digits = last4 === '' ? 'its last digits not known' : `ending in ${last4}`;
  return `Card: ${cardId}, ${digits}, from ${intentId}, kept ${utcTime(atMs)} (${atMs})`;
}

function entry(consent: Consent, hash: TextHash): string {
  const { link, revoked } = consent;
  return [
    `==== ${consent.id} ====`,
    `Given: ${utcTime(consent.givenAtMs)} (${consent.givenAtMs})`,
    `Kiosk: ${consent.kioskId}`,
    `Member: ${consent.memberKey}`,
    `Acted: ${consent.actedBy}`,
    `Wording: version ${consent.version}, language ${consent.language}, ${consent.text.length} characters`,
    link === null ? 'Card: none was kept under it' : cardLine(link),
    revoked === null
      ? 'Revoked: no'
      : `Revoked: ${utcTime(revoked.atMs)} (${revoked.atMs}), by ${revoked.by}`,
    `SHA-256: ${consent.hash}`,
    `Hash: ${isIntact(consent, hash) ? 'fits what is written here' : 'DOES NOT FIT what is written here'}`,
    '---- the text they saw, to the letter ----',
    consent.text,
    '---- end of the text ----',
  ].join('\n');
}
