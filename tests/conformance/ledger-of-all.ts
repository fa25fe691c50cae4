import type Stripe from 'stripe';
import { chargeWord, type StripeLedger } from '../support/studio/stripe-ledger.ts';

/** What the account shows of every PaymentIntent, oldest first; those a platform made without our metadata as well. */
export async function ledgerOfAll(stripe: Stripe): Promise<StripeLedger> {
  const [intents, charges] = await Promise.all([
    stripe.paymentIntents.list({ limit: 100 }),
    stripe.charges.list({ limit: 100 }),
  ]);
  return intents.data.reverse().map(({ id, status, amount, amount_received: received }) => ({
    status,
    amount,
    received,
    charges: charges.data
      .filter(({ payment_intent: of }) => of === id)
      .reverse()
      .map(chargeWord),
  }));
}
