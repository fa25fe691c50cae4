import type Stripe from 'stripe';

/** What decides a SetupAttempt. */
export interface SetupAttemptSeed {
  readonly id: string;
  readonly createdSec: number;
  readonly setupIntent: Stripe.SetupIntent;
  /** The PaymentMethod of the presentation. */
  readonly paymentMethod: string;
  /** The reusable card it left behind; null when it left none. */
  readonly generatedCard: string | null;
  /** Why it failed; null when it succeeded. */
  readonly error: Stripe.SetupAttempt.SetupError | null;
}

/** A complete SetupAttempt of a card in person. https://docs.stripe.com/api/setup_attempts/object */
export function newSetupAttempt(seed: SetupAttemptSeed): Stripe.SetupAttempt {
  const { setupIntent } = seed;
  return {
    id: seed.id,
    object: 'setup_attempt',
    application: null,
    created: seed.createdSec,
    customer: setupIntent.customer,
    customer_account: null,
    flow_directions: null,
    livemode: false,
    on_behalf_of: null,
    payment_method: seed.paymentMethod,
    payment_method_details: {
      card_present: { generated_card: seed.generatedCard, offline: null },
      type: 'card_present',
    },
    setup_error: seed.error,
    setup_intent: setupIntent.id,
    status: seed.error === null ? 'succeeded' : 'failed',
    usage: setupIntent.usage,
  };
}
