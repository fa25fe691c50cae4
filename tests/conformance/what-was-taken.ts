import { expect } from 'vitest';
import type { LedgerEntry } from '../support/studio/stripe-ledger.ts';
import { type JoinedKiosk, price } from './joined-kiosk.ts';

/** Of these PaymentIntents, those that took money, or hold it. */
export function charged(ledger: readonly LedgerEntry[]): readonly LedgerEntry[] {
  return ledger.filter(({ charges }) =>
    charges.some((word) => word === 'captured' || word === 'held'),
  );
}

/** So much was taken, once, and nothing else is held. */
export async function expectPaidOnce(joined: JoinedKiosk, amount = price): Promise<void> {
  const taken = charged(await joined.ledger());
  expect(taken).toMatchObject([{ status: 'succeeded', received: amount }]);
  expect(taken[0]?.charges.filter((word) => word === 'captured')).toHaveLength(1);
}

/** Nothing was taken, and nothing is held. */
export async function expectNothingTaken(joined: JoinedKiosk): Promise<void> {
  expect(charged(await joined.ledger())).toEqual([]);
}
