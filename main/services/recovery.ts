import type { SaleId } from '../domain/ids.ts';
import { isPending, type Sale, type SaleState } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { SaleSteps } from './sale-steps.ts';

const asksTheBank: ReadonlySet<SaleState> = new Set([
  'authorizing',
  'finding_out',
  'authorized',
  'capturing',
]);
/** How long after its beginning a sale's customer is taken to be near, in milliseconds. */
const customerWaitsMs = 15 * 60_000;

export interface RecoveryOptions {
  readonly ledger: Ledger;
  readonly steps: SaleSteps;
  readonly clock: Clock;
  readonly log: Log;
  /** Sets a damaged row aside and puts back what can be proved of it. */
  readonly mend: (id: SaleId) => void;
}

/**
 * Takes up every sale that a former run left unfinished, by its last committed state. On return each has its
 * next step on disk; the outbox does the rest. Returns the sale whose customer may still stand there and have been
 * charged, if there is one: it belongs back on the screen, lest they pay again.
 */
export function recover({ ledger, steps, clock, log, mend }: RecoveryOptions): Sale | null {
  for (const id of ledger.damagedSales()) mend(id);
  const unfinished = ledger.unfinishedSales();
  for (const sale of unfinished) {
    steps.apply(sale.id, { kind: 'restarted' });
    if (!ledger.hasOpenWork(sale.id)) steps.apply(sale.id, { kind: 'work_missing' });
  }
  if (unfinished.length > 0) log.write('warn', 'sales.recovered', { count: unfinished.length });

  const newest = unfinished.findLast(mayHaveBeenCharged);
  if (newest === undefined) return null;
  const ageMs = clock.nowMs() - ledger.saleAddedAtMs(newest.id);
  return Math.abs(ageMs) < customerWaitsMs ? ledger.findSale(newest.id) : null;
}

/** A reader that charges the card it is shown by itself may have done so although the sale only waited for a card. */
function mayHaveBeenCharged(sale: Sale): boolean {
  const { state, attempt } = sale;
  // Its customer had gone when the kiosk was, and left it to wait for the network.
  if (isPending(sale)) return false;
  return asksTheBank.has(state) || attempt?.serverDriven === 'one_step';
}
