import type { PlatformOrder } from '../domain/platform-order.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import type { StripeReach } from './stripe-reach.ts';

/** A fresh connection token, straight from the payment system to the reader's SDK; null when there is none. */
export async function createConnectionToken(
  payments: PaymentsApi,
  reach: StripeReach,
  signal: AbortSignal,
  order?: PlatformOrder,
): Promise<string | null> {
  const answer = await payments.createConnectionToken(signal, order);
  reach.heard(answer);
  return answer.kind === 'done' ? answer.value : null;
}
