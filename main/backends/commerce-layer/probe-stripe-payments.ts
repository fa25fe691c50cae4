import { saleId } from '../../domain/ids.ts';
import type { Answer, PaymentsApi } from '../../ports/payments-api.ts';
import type { StripePaymentCalls } from './stripe-payment-calls.ts';

/** No sale has it, so the list of its records is empty. */
const noSale = saleId('sale_0000000000');

/** Whether both answer, and take the companion key and the token. */
export async function probeBoth(
  stripe: PaymentsApi,
  calls: StripePaymentCalls,
  signal: AbortSignal,
): Promise<Answer<null>> {
  const ofStripe = await stripe.probe(signal);
  if (ofStripe.kind !== 'done') return ofStripe;
  const answer = await calls.ofSale(noSale, signal);
  return answer.kind === 'done' ? { ...answer, value: null } : answer;
}
