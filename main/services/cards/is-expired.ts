import type { CardFacts } from '../../domain/card-on-file.ts';

/** True once the card's last month is over everywhere on earth: 12 hours after it ended in UTC. */
export function isExpired(
  { expMonth, expYear }: Pick<CardFacts, 'expMonth' | 'expYear'>,
  nowMs: number,
): boolean {
  return nowMs >= Date.UTC(expYear, expMonth, 1, 12);
}
