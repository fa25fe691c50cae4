import type { ReceiptView } from '../../preload/contract/receipt.ts';
import type { Sale } from '../domain/sale.ts';
import type { Ledger } from '../ports/ledger.ts';

export interface Letterhead {
  readonly studioName: string;
  readonly studioAddress: string | null;
}

/** The receipt of a paid sale, all from what is stored, so that it needs no network; null before. */
export function receiptView(
  sale: Sale,
  ledger: Ledger,
  letterhead: Letterhead,
): ReceiptView | null {
  const paidAtMs = sale.state === 'paid' ? ledger.salePaidAtMs(sale.id) : null;
  if (paidAtMs === null || sale.paymentIntent === null) return null;
  const email = ledger.receiptEmailState(sale.id);
  return {
    ...letterhead,
    paidAtMs,
    paymentIntentId: sale.paymentIntent.id,
    card: sale.paymentIntent.card,
    // Stripe keeps the address in test mode too, but mails nothing.
    email: email === 'sent' && !sale.paymentIntent.livemode ? 'test_mode' : email,
  };
}
