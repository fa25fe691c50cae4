import { holdsMoney } from '../stripe/payment-intents.ts';
import type { Evidence } from './evidence.ts';
import { isForgotten, isSettledByPlatform } from './order-watch.ts';

/** A day was closed: none of our money may be without an order or a decision of staff. */
export function judgeDayClose(evidence: Evidence): void {
  const { stripe, verdicts, file, kioskId, abilities } = evidence;
  const isPlatforms = isSettledByPlatform(abilities);
  for (const intent of stripe.intents.all.values()) {
    if (intent.kioskId !== kioskId || !holdsMoney(intent)) continue;
    const sale = file()?.sale(intent.saleId ?? '') ?? null;
    // What a lost file had known nobody can list.
    if (isPlatforms && sale === null && isForgotten(evidence, intent.saleId ?? '')) continue;
    const isSettled =
      (intent.status === 'succeeded' || isPlatforms) &&
      sale !== null &&
      (sale.state === 'paid' || /"staffDecision":"(accept|close)"/.test(sale.record));
    verdicts.check('P6', isSettled, () => {
      return `the day was closed while ${intent.id} (${intent.status}) of ${intent.saleId ?? ''} is ${sale?.state ?? 'in no sale'}`;
    });
  }
}
