import type { Ledger } from '../ledger.ts';
import type { TestCard } from '../test-cards.ts';
import type { Purpose } from './purpose.ts';

/**
 * The types of card that a prompt takes. A refund's reader reads any card; Stripe refuses the one
 * that did not pay: https://github.com/stripe/stripe-terminal-react-native/issues/230
 */
export function acceptedTypes(ledger: Ledger, purpose: Purpose): readonly string[] {
  switch (purpose.kind) {
    case 'payment':
      return ledger.paymentIntents.get(purpose.paymentIntent)?.payment_method_types ?? [];
    case 'setup':
      return ledger.setupIntents.get(purpose.setupIntent)?.payment_method_types ?? [];
    case 'refund':
      return ['interac_present', 'card_present'] satisfies TestCard['type'][];
  }
}
