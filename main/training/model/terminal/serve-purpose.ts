import type Stripe from 'stripe';

import type { ApiErrorBody } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { authorize } from '../moves/authorize.ts';
import { confirmSetupIntentWithCard } from '../moves/confirm-setup-intent.ts';
import type { Presentation } from '../moves/presentation.ts';
import { refundInPerson } from '../moves/refund-in-person.ts';
import type { PaymentPurpose, Purpose, RefundPurpose, SetupPurpose } from './purpose.ts';

/** What came of a card: what it was shown for, as Stripe has it afterwards, or why not. */
export type Served =
  | { readonly kind: 'approved'; readonly object: ServedObject }
  | { readonly kind: 'declined'; readonly refusal: ApiErrorBody };

/** What the card was shown for, under the name the SDK gives it. */
export type ServedObject =
  | { readonly paymentIntent: Stripe.PaymentIntent }
  | { readonly setupIntent: Stripe.SetupIntent; readonly generatedCard: string | null }
  | { readonly refund: Stripe.Refund };

/**
 * Does at Stripe what a card was shown for. Throws an ApiError when the intent or charge has moved
 * on meanwhile and takes no card any more.
 */
export function servePurpose(ledger: Ledger, purpose: Purpose, presentation: Presentation): Served {
  switch (purpose.kind) {
    case 'payment':
      return pay(ledger, purpose, presentation);
    case 'setup':
      return setUp(ledger, purpose, presentation);
    case 'refund':
      return refund(ledger, purpose, presentation);
  }
}

function pay(ledger: Ledger, { paymentIntent }: PaymentPurpose, shown: Presentation): Served {
  const done = authorize(ledger, paymentIntent, shown);
  return done.kind === 'declined'
    ? done
    : { kind: 'approved', object: { paymentIntent: done.paymentIntent } };
}

function setUp(ledger: Ledger, { setupIntent }: SetupPurpose, shown: Presentation): Served {
  const done = confirmSetupIntentWithCard(ledger, setupIntent, shown);
  if (done.kind === 'declined') {
    return done;
  }
  return {
    kind: 'approved',
    object: { setupIntent: done.setupIntent, generatedCard: done.generatedCard },
  };
}

function refund(ledger: Ledger, purpose: RefundPurpose, { card }: Presentation): Served {
  const { charge, amount, metadata } = purpose;
  const done = refundInPerson(ledger, charge, amount, card, new Map(metadata));
  return done.kind === 'declined' ? done : { kind: 'approved', object: { refund: done.refund } };
}
