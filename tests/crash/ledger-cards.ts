import type { World } from './world.ts';

/** A reusable card, as Stripe's own ledger has it. */
export interface LedgerCard {
  readonly id: string;
  readonly customer: string | null;
}

export interface LedgerRefund {
  readonly id: string;
  readonly paymentIntent: string;
  readonly amount: number;
  readonly status: string;
  /** `metadata.refund`; null for one that a reader made. */
  readonly refundId: string | null;
}

/** Stripe's side of cards and of money given back. */
export interface LedgerCards {
  /** The studio's number of each Customer. */
  readonly customers: readonly string[];
  readonly cards: readonly LedgerCard[];
  readonly refunds: readonly LedgerRefund[];
}

export function ledgerCards(ledger: World['stripe']['model']['ledger']): LedgerCards {
  const idOf = (thing: string | { readonly id: string } | null): string | null =>
    typeof thing === 'string' ? thing : (thing?.id ?? null);
  return {
    customers: [...ledger.customers.oldestFirst()].map(({ metadata }) => metadata['member'] ?? ''),
    cards: [...ledger.paymentMethods.oldestFirst()]
      .filter(({ type }) => type === 'card')
      .map(({ id, customer }) => ({ id, customer: idOf(customer) })),
    refunds: [...ledger.refunds.oldestFirst()].map((refund) => ({
      id: refund.id,
      paymentIntent: idOf(refund.payment_intent) ?? '',
      amount: refund.amount,
      status: refund.status ?? '',
      refundId: refund.metadata?.['refund'] ?? null,
    })),
  };
}
