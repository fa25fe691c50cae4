/**
 * The examples of "Mariana Tek Stripe Integration API v1.0.0", as they stand there. Each is named after its path;
 * `request` is "Body parameter", `response` is "200 Response". A path without `response` answers 204 without a body.
 */
export const marianaTekExamples = {
  // Configuration: Get configuration values
  configuration: {
    request: { cart: 123 },
    response: {
      stripe_publishable_api_key: 'pk_test_abc123',
      stripe_location_id: 'tml_123',
    },
  },
  // Card Storage: Create a setup intent. The misspelling is the wire's.
  setup_intent: {
    request: { user: '123', colletion_method: 'terminal' },
    response: {
      stripe_setup_intent_id: 'seti_abc213',
      stripe_publishable_api_key: 'pk_test_abc123',
      client_secret: 'seti_abc123_secret_456def',
    },
  },
  // Card Storage: Create a bankcard from a Stripe payment method
  store_payment_method: {
    request: {
      name: 'Jane Doe',
      partner: 72341,
      payment_method: 'pm_1L2PfRI1kLQM3y1JNVjc7KLL',
      postal_code: 33213,
      user: 234510,
    },
    response: { payment_method: 'pm_1L2PfRI1kLQM3y1JNVjc7KLL', bankcard: 993 },
  },
  // Payment Processing: Create a payment intent
  payment_intent: {
    request: {
      cart: '123',
      amount: '56.78',
      account_balance_payment_amount: '12.34',
      payment_type: 'card',
    },
    response: {
      stripe_payment_intent_id: 'pi_abc213',
      stripe_publishable_api_key: 'pk_test_abc123',
      client_secret: 'pi_abc123_secret_456def',
    },
  },
  // Payment Processing: Get the status of a cart
  payment_status: {
    request: { cart: '123' },
    response: { status: 'Open', order: '123', error: 'Cool T-Shirt is out of stock :(' },
  },
  // Terminal: Create a connection token
  connection_token: {
    request: { cart: 123 },
    response: { stripe_connection_token: 'pst_test_123abc_456def' },
  },
  // Terminal: Deregister a terminal reader
  deregister_terminal: { request: { terminal_id: 'tmr_123' } },
  // Terminal: Register a terminal reader
  register_terminal: {
    request: {
      location: '123',
      registration_code: 'donkey-gecko-inspired',
      label: 'Front Desk',
    },
  },
  // Terminal: List terminal readers
  terminal_readers: {
    request: { location: '123' },
    response: [{ terminal_id: 'tmr_123', label: 'Front Desk' }],
  },
  // Terminal: Update a terminal reader
  update_terminal: { request: { terminal_id: 'tmr_123', label: 'Front Desk' } },
} as const;
