import type { Sale } from '../domain/sale.ts';
import type { Ledger } from '../ports/ledger.ts';

/** The sale that a reader takes a payment for now, or whose authorisation may still be running on it; null without one. */
export function saleOnReader(ledger: Pick<Ledger, 'unfinishedSales'>): Sale | null {
  return ledger.unfinishedSales().find(isOnReader) ?? null;
}

/** True while the customer pays this sale: then it is cancelled on the customer's screen, and nowhere else. */
export function isLivePayment({ state }: Sale): boolean {
  return (
    state === 'open' || state === 'creating' || state === 'presenting' || state === 'authorizing'
  );
}

function isOnReader({ state, attempt }: Sale): boolean {
  if (attempt === null) return false;
  return state === 'presenting' || state === 'authorizing' || attempt.inFlight;
}
