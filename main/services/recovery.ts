import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { SaleSteps } from './sale-steps.ts';

/**
 * Takes up every sale that a former run left unfinished, by its last committed state. On return each has its
 * next step on disk; the outbox does the rest.
 */
export function recover(ledger: Ledger, steps: SaleSteps, log: Log): void {
  const unfinished = ledger.unfinishedSales();
  for (const sale of unfinished) steps.apply(sale.id, { kind: 'restarted' });
  if (unfinished.length > 0) log.write('warn', 'sales.recovered', { count: unfinished.length });
}
