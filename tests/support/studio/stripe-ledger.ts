import type Stripe from 'stripe';

/** One PaymentIntent of a kiosk as Stripe has it: how it stands, and every charge that was tried on it. */
export interface LedgerEntry {
  readonly status: string;
  readonly amount: number;
  readonly received: number;
  /** Oldest first: `failed`, `held`, `captured` or `released`. */
  readonly charges: readonly string[];
}

export type StripeLedger = readonly LedgerEntry[];

/** What the account shows of the kiosk's PaymentIntents, oldest first; another till's are left out. */
export async function ledgerOf(stripe: Stripe): Promise<StripeLedger> {
  const [intents, charges] = await Promise.all([
    stripe.paymentIntents.list({ limit: 100 }),
    stripe.charges.list({ limit: 100 }),
  ]);
  const ours = intents.data.filter(({ metadata }) => Object.keys(metadata).length > 0).reverse();
  return ours.map(({ id, status, amount, amount_received: received }) => ({
    status,
    amount,
    received,
    charges: charges.data
      .filter(({ payment_intent: of }) => of === id)
      .reverse()
      .map(chargeWord),
  }));
}

/** One word for what became of a charge. */
export function chargeWord({ status, captured, refunded }: Stripe.Charge): string {
  if (status === 'failed') return 'failed';
  if (refunded) return 'released';
  return captured ? 'captured' : 'held';
}
