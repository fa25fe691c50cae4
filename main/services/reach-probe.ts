import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import { repeatedly } from './repeatedly.ts';
import type { StripeReach } from './stripe-reach.ts';

/** How long between two looks while the system is not reached, in milliseconds. */
const everyMs = 30_000;

/**
 * Asks again while the last answer was a bad one, until `signal` aborts: one refusal must not keep a kiosk from
 * selling after its cause is gone.
 */
export async function probeWhileAway(
  payments: PaymentsApi,
  reach: StripeReach,
  clock: Clock,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  await repeatedly(
    async () => {
      if (reach.now === 'reached' || reach.now === 'not_tried') return;
      reach.heard(await payments.probe(signal));
    },
    {
      clock,
      signal,
      firstMs: everyMs,
      everyMs,
      onFault: (why) => log.write('error', 'stripe.probe_failed', { why }),
    },
  );
}
