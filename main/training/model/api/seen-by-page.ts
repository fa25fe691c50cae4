import type Stripe from 'stripe';

/**
 * What a page sees of a PaymentIntent: nothing of the account's own, such as the customer, the charge or the metadata.
 * https://docs.stripe.com/api/payment_intents/retrieve
 */
export function paymentIntentSeenByPage(row: Stripe.PaymentIntent): object {
  return {
    id: row.id,
    object: row.object,
    amount: row.amount,
    amount_details: row.amount_details,
    automatic_payment_methods: row.automatic_payment_methods,
    canceled_at: row.canceled_at,
    cancellation_reason: row.cancellation_reason,
    capture_method: row.capture_method,
    client_secret: row.client_secret,
    confirmation_method: row.confirmation_method,
    created: row.created,
    currency: row.currency,
    description: row.description,
    last_payment_error: row.last_payment_error,
    livemode: row.livemode,
    next_action: row.next_action,
    payment_method: row.payment_method,
    payment_method_configuration_details: row.payment_method_configuration_details,
    payment_method_types: row.payment_method_types,
    processing: row.processing,
    receipt_email: row.receipt_email,
    setup_future_usage: row.setup_future_usage,
    shipping: row.shipping,
    source: row.source,
    status: row.status,
  };
}

/** The same of a SetupIntent. https://docs.stripe.com/api/setup_intents/retrieve */
export function setupIntentSeenByPage(row: Stripe.SetupIntent): object {
  return {
    id: row.id,
    object: row.object,
    automatic_payment_methods: row.automatic_payment_methods,
    cancellation_reason: row.cancellation_reason,
    client_secret: row.client_secret,
    created: row.created,
    description: row.description,
    last_setup_error: row.last_setup_error,
    livemode: row.livemode,
    next_action: row.next_action,
    payment_method: row.payment_method,
    payment_method_configuration_details: row.payment_method_configuration_details,
    payment_method_types: row.payment_method_types,
    status: row.status,
    usage: row.usage,
  };
}
