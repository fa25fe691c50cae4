import type Stripe from 'stripe';
import { z } from 'zod';

import { invalidRequest, notModelled } from '../model/api-error.ts';
import type { Ledger } from '../model/ledger.ts';
import { collectable } from '../model/moves/attach-presented.ts';
import { find } from '../model/moves/find.ts';
import { checkRefundInPerson } from '../model/moves/refund-in-person.ts';
import { unexpectedState } from '../model/moves/unexpected-state.ts';
import { refuseUnexpectedSetup } from '../model/moves/unexpected-setup.ts';
import type { Purpose } from '../model/terminal/purpose.ts';
import { findByClientSecret } from './client-secret.ts';
import { checkCollectConfig, type CollectConfig, offersTip } from './collect-config.ts';

/** `config` of collectSetupIntentPaymentMethod, with the SDK's own names. */
export const setupConfigSchema = z.strictObject({
  enable_customer_cancellation: z.boolean().nullish(),
  moto: z.boolean().nullish(),
});

/** What a page wants a card for, in the SDK's words. */
export type CardWish =
  | {
      readonly kind: 'payment';
      readonly clientSecret: string;
      readonly config: CollectConfig;
    }
  | {
      readonly kind: 'setup';
      readonly clientSecret: string;
      readonly allowRedisplay: 'always' | 'limited' | 'unspecified';
      readonly config: z.infer<typeof setupConfigSchema>;
    }
  | {
      readonly kind: 'refund';
      readonly charge: string;
      readonly amount: number;
      readonly currency: string;
    };

/** What the page's wish comes to. Refuses an intent that is unknown or takes no card any more. */
export function openWish(ledger: Ledger, wish: CardWish): Purpose {
  switch (wish.kind) {
    case 'payment':
      return openPayment(ledger, wish);
    case 'setup':
      return openSetup(ledger, wish);
    case 'refund':
      return openRefund(ledger, wish);
  }
}

function openPayment(
  ledger: Ledger,
  { clientSecret, config }: Extract<CardWish, { readonly kind: 'payment' }>,
): Purpose {
  const paymentIntent = findByClientSecret(ledger.paymentIntents, 'payment_intent', clientSecret);
  if (!collectable.includes(paymentIntent.status)) {
    throw unexpectedState(paymentIntent, 'collected for', collectable);
  }
  checkCollectConfig(config, paymentIntent);
  return {
    kind: 'payment',
    paymentIntent: paymentIntent.id,
    allowRedisplay: config.allow_redisplay ?? null,
    tipping: offersTip(config),
  };
}

function openSetup(
  ledger: Ledger,
  { clientSecret, allowRedisplay, config }: Extract<CardWish, { readonly kind: 'setup' }>,
): Purpose {
  const setupIntent = findByClientSecret(ledger.setupIntents, 'setupintent', clientSecret);
  refuseUnexpectedSetup(setupIntent, 'collected for', collectable);
  if (config.moto === true) {
    throw notModelled('the collect option moto', 'moto');
  }
  requireCardPresent(setupIntent);
  return { kind: 'setup', setupIntent: setupIntent.id, allowRedisplay };
}

function requireCardPresent({ payment_method_types: types }: Stripe.SetupIntent): void {
  if (!types.includes('card_present')) {
    throw invalidRequest(
      'The SetupIntent cannot be processed in person: its payment_method_types lack card_present.',
    );
  }
}

function openRefund(
  ledger: Ledger,
  { charge: id, amount, currency }: Extract<CardWish, { readonly kind: 'refund' }>,
): Purpose {
  const charge = find(ledger.charges, 'charge', id);
  if (charge.currency !== currency.toLowerCase()) {
    throw invalidRequest(`The charge was made in ${charge.currency}, not in ${currency}.`);
  }
  return { kind: 'refund', charge: id, amount: checkRefundInPerson(charge, amount), metadata: [] };
}
