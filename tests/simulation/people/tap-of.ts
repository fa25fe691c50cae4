import type { SaleRun } from '../plan/sale-run.ts';
import type { Tap } from '../stripe/tap.ts';

/** The card, or the phone, that this customer holds to a reader. Where a phone could not be kept they take a card. */
export function tapOf({ plan }: SaleRun, turn: number, keepsCard: boolean): Tap {
  const kind = plan.card?.tap ?? 'plastic';
  const isPhoneAgain = turn > 1 && (kind === 'wallet' || kind === 'wallet_limited');
  // Two members of one household have the same card.
  const household = Math.floor((plan.card?.member ?? 0) / 2);
  return {
    kind: isPhoneAgain ? 'plastic' : kind,
    fingerprint: `fp_household${String(household)}`,
    keepsCard,
  };
}
