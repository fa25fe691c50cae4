import type Stripe from 'stripe';

import { type ApiErrorBody, notModelled } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { authorize } from '../moves/authorize.ts';
import type { Presentation } from '../moves/presentation.ts';
import type { PaymentPurpose, Purpose } from './purpose.ts';
import type { Made } from './reader-state.ts';

/** What came of a card: what it was asked for, as Stripe has it afterwards, or why not. */
export type Served =
  | { readonly kind: 'approved'; readonly object: ServedObject; readonly made: Made }
  | { readonly kind: 'declined'; readonly refusal: ApiErrorBody };

/** The object that the card was for, under the name the SDK gives it. */
export type ServedObject = { readonly paymentIntent: Stripe.PaymentIntent };

/**
 * Does at Stripe what a card was shown for. Throws an ApiError when the intent or charge has moved
 * on meanwhile and takes no card any more.
 */
export function servePurpose(ledger: Ledger, purpose: Purpose, presentation: Presentation): Served {
  switch (purpose.kind) {
    case 'payment':
      return pay(ledger, purpose, presentation);
    case 'setup':
    case 'refund':
      throw notModelled(purpose.kind);
  }
}

function pay(ledger: Ledger, purpose: PaymentPurpose, presentation: Presentation): Served {
  const authorization = authorize(ledger, purpose.paymentIntent, presentation);
  return authorization.kind === 'declined'
    ? authorization
    : {
        kind: 'approved',
        object: { paymentIntent: authorization.paymentIntent },
        made: { kind: 'nothing' },
      };
}
