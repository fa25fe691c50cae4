/**
 * The examples of "Save COF - CP - manual capture - customer with intent - Stripe", as they stand there. The document
 * shows no response bodies and no authentication.
 */
export const portalExamples = {
  // Step 1: Create Payment Intent
  intent: {
    path: '/v1/payment/intent',
    request: {
      external_account_id: 'my merchants account id',
      amount: 12.99,
      payment_method_types: 'card_present',
      capture_method: 'manual',
      external_transaction_id: 'my transaction id',
      external_customer_id: 'customer_12345',
    },
  },
  // Step 3: Capture payment
  capture: {
    path: '/v1/payment/capture',
    request: {
      payment_id: 'pi_1HukElJKggKyYsMVXSTqKZ24',
      amount: '12.99',
      external_account_id: 'account_123456',
    },
  },
  // Step 4: Save card on file
  card: {
    path: '/v1/customer/card',
    request: {
      payment_id: 'pi_123456',
      external_customer_id: 'customer_12345',
      external_account_id: 'account_123456',
    },
  },
} as const;
