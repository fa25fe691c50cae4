import type { Ledger } from '../ledger.ts';
import type { TestCard } from '../test-cards.ts';
import type { Presentation } from './presentation.ts';

/** Brands whose cards cannot be charged online, so nothing reusable comes of them. */
const inPersonOnly: ReadonlySet<string> = new Set(['interac', 'eftpos_au', 'girocard']);

/**
 * Whether a presented card can be kept at all. A card of two brands can, by its second one; a
 * phone can where the account's setting says so.
 * https://docs.stripe.com/terminal/features/saving-payment-details/overview
 */
export function isKeepable(ledger: Ledger, card: TestCard): boolean {
  return (
    !inPersonOnly.has(card.brand) &&
    (card.wallet === null || ledger.account.settings.wallets === 'generated_limited')
  );
}

/** What a kept card may be shown for. A phone's is never more than limited, whatever was agreed. */
export function keptRedisplay(
  card: TestCard,
  agreed: Presentation['allowRedisplay'],
): 'always' | 'limited' | 'unspecified' {
  return card.wallet === null ? (agreed ?? 'unspecified') : 'limited';
}
