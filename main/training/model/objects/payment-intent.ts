import type Stripe from 'stripe';

/** What decides a new PaymentIntent; all else begins empty. */
export interface PaymentIntentSeed {
  readonly id: string;
  readonly clientSecret: string;
  readonly createdSec: number;
  readonly amount: number;
  readonly currency: string;
  readonly types: readonly string[];
  /** What the client asked for by `allowed_payment_method_types`; null when it did not. */
  readonly allowedTypes: readonly string[] | null;
  readonly automatic: boolean;
  readonly captureMethod: string;
  readonly cardPresentOptions: Stripe.PaymentIntent.PaymentMethodOptions.CardPresent;
  readonly customer: string | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** A kept card to pay with. */
  readonly paymentMethod: string | null;
  readonly receiptEmail: string | null;
  readonly setupFutureUsage: string | null;
  readonly statementDescriptor: string | null;
  readonly statementDescriptorSuffix: string | null;
}

/** A complete new PaymentIntent. https://docs.stripe.com/api/payment_intents/object */
export function newPaymentIntent(seed: PaymentIntentSeed): Stripe.PaymentIntent {
  return {
    id: seed.id,
    object: 'payment_intent',
    allowed_payment_method_types: seed.allowedTypes === null ? null : [...seed.allowedTypes],
    amount: seed.amount,
    amount_capturable: 0,
    amount_details: {},
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: seed.automatic ? { allow_redirects: 'always', enabled: true } : null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: seed.captureMethod,
    client_secret: seed.clientSecret,
    confirmation_method: 'automatic',
    created: seed.createdSec,
    currency: seed.currency,
    customer: seed.customer,
    customer_account: null,
    description: seed.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: { ...seed.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: seed.paymentMethod,
    payment_method_configuration_details: null,
    payment_method_options: seed.types.includes('card_present')
      ? { card_present: seed.cardPresentOptions }
      : {},
    payment_method_types: [...seed.types],
    payment_record: null,
    processing: null,
    receipt_email: seed.receiptEmail,
    review: null,
    setup_future_usage: seed.setupFutureUsage,
    shipping: null,
    source: null,
    statement_descriptor: seed.statementDescriptor,
    statement_descriptor_suffix: seed.statementDescriptorSuffix,
    status: seed.paymentMethod === null ? 'requires_payment_method' : 'requires_confirmation',
    transfer_data: null,
    transfer_group: null,
  };
}
