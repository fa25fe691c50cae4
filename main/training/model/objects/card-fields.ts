import { fingerprintOf, type TestCard } from '../test-cards.ts';

/** What every object that shows a presented card says about it. */
export interface CardFields {
  readonly brand: string;
  readonly cardholder_name: null;
  readonly country: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly fingerprint: string;
  readonly funding: string;
  readonly last4: string;
  readonly preferred_locales: string[];
  readonly read_method: 'contactless_emv' | 'contact_emv';
}

/** Describes a card. */
export function cardFields(card: TestCard): CardFields {
  return {
    brand: card.brand,
    cardholder_name: null,
    country: card.country,
    exp_month: 12,
    exp_year: 2034,
    fingerprint: fingerprintOf(card),
    funding: card.funding,
    last4: card.number.slice(-4),
    preferred_locales: ['en'],
    read_method: wasInserted(card) ? 'contact_emv' : 'contactless_emv',
  };
}

/** A PIN that the chip itself checks needs the card in the slot; all else is a tap. */
function wasInserted(card: TestCard): boolean {
  return card.outcome.kind !== 'declined' && card.outcome.verification === 'offline_pin';
}
