import type { DamagedSale } from '../domain/damaged-sale.ts';
import { faultMessage } from '../domain/fault-message.ts';
import { type SaleId, saleId } from '../domain/ids.ts';
import type { Log } from '../ports/log.ts';

/** Has a damaged record mended. One that can't be mended now is told, and must not stop whoever came across it. */
export function mendDamaged(damaged: DamagedSale, mend: (id: SaleId) => void, log: Log): void {
  log.write('error', 'sale.damaged', { sale: damaged.saleId });
  try {
    mend(saleId(damaged.saleId));
  } catch (error) {
    const why = faultMessage(error);
    log.write('error', 'sale.not_mended', { sale: damaged.saleId, why });
  }
}
