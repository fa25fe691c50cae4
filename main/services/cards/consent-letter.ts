import type { Consent } from '../../domain/consent.ts';
import type { Member } from '../../domain/member.ts';
import type { Letter } from '../../ports/mailer.ts';

/** The copy of a consent for the member: what they saw, to the letter, and what is kept with it. */
export function consentLetter(
  consent: Consent,
  member: Member,
  merchant: string,
  to: string,
): Letter {
  const text = [
    `You agreed to the following on the kiosk at ${merchant}.`,
    consent.text,
    [
      `When: ${utcTime(consent.givenAtMs)}`,
      `Kiosk: ${consent.kioskId}`,
      `Member number: ${member.memberId}`,
      `Consent: ${consent.id}`,
      `Wording: ${consent.version} (${consent.language})`,
    ].join('\n'),
    `You can end this at any time: on the kiosk under “My cards”, or by telling the staff of ${merchant}.`,
  ].join('\n\n');
  return { id: consent.id, to, subject: `Your card on file at ${merchant}`, text };
}

/** Such as `2026-11-20 09:00:00 UTC`. */
export function utcTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
