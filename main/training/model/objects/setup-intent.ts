import type Stripe from 'stripe';

/** What decides a new SetupIntent; all else begins empty. */
export interface SetupIntentSeed {
  readonly id: string;
  readonly clientSecret: string;
  readonly createdSec: number;
  readonly types: readonly string[];
  /** What the client asked for by `allowed_payment_method_types`; null when it did not. */
  readonly allowedTypes: readonly string[] | null;
  readonly automatic: boolean;
  readonly customer: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly usage: string;
}

/** A complete new SetupIntent. https://docs.stripe.com/api/setup_intents/object */
export function newSetupIntent(seed: SetupIntentSeed): Stripe.SetupIntent {
  return {
    id: seed.id,
    object: 'setup_intent',
    allowed_payment_method_types: seed.allowedTypes === null ? null : [...seed.allowedTypes],
    application: null,
    automatic_payment_methods: seed.automatic ? { allow_redirects: 'always', enabled: true } : null,
    cancellation_reason: null,
    client_secret: seed.clientSecret,
    created: seed.createdSec,
    customer: seed.customer,
    customer_account: null,
    description: seed.description,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: { ...seed.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: [...seed.types],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: seed.usage,
  };
}
