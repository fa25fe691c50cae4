import { holdsMoney } from '../stripe/payment-intents.ts';
import type { Evidence } from './evidence.ts';

/** A day was closed: none of our money may be without an order or a decision of staff. */
export function judgeDayClose({ stripe, verdicts, file, kioskId }: Evidence): void {
  for (const intent of stripe.intents.all.values()) {
    if (intent.kioskId !== kioskId || !holdsMoney(intent)) continue;
    const sale = file()?.sale(intent.saleId ?? '') ?? null;
    const isSettled =
      intent.status === 'succeeded' &&
      sale !== null &&
      (sale.state === 'paid' || /"staffDecision":"(accept|close)"/.test(sale.record));
    verdicts.check('P6', isSettled, () => {
      return `the day was closed while ${intent.id} (${intent.status}) of ${intent.saleId ?? ''} is ${sale?.state ?? 'in no sale'}`;
    });
  }
}
