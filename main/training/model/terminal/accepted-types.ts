import type { Ledger } from '../ledger.ts';
import type { Purpose } from './purpose.ts';

/** The types of card that a prompt takes, as Stripe names them. */
export function acceptedTypes(ledger: Ledger, purpose: Purpose): readonly string[] {
  switch (purpose.kind) {
    case 'payment':
      return ledger.paymentIntents.get(purpose.paymentIntent)?.payment_method_types ?? [];
    case 'setup':
    case 'refund':
      return [];
  }
}
