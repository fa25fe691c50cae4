import type { Ledger } from '../model/ledger.ts';
import type { Purpose } from '../model/terminal/purpose.ts';

/** What a reader's screen says that its card is for. */
export interface ReaderPrompt {
  readonly for: Purpose['kind'];
  /** In the smallest unit of a currency in Stripe's lower case; null where no money moves. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
}

/** Words a purpose as the reader's screen does; null when what it is for is gone. */
export function promptOf(ledger: Ledger, purpose: Purpose): ReaderPrompt | null {
  switch (purpose.kind) {
    case 'payment': {
      const intent = ledger.paymentIntents.get(purpose.paymentIntent);
      return intent === undefined
        ? null
        : { for: 'payment', amount: { amount: intent.amount, currency: intent.currency } };
    }
    case 'setup':
      return { for: 'setup', amount: null };
    case 'refund': {
      const charge = ledger.charges.get(purpose.charge);
      return charge === undefined
        ? null
        : { for: 'refund', amount: { amount: purpose.amount, currency: charge.currency } };
    }
  }
}
