import { expect, test } from 'vitest';
import {
  configurationReply,
  paymentIntentReply,
  paymentStatusReply,
  storePaymentMethodReply,
  terminalListReply,
} from '../../../main/backends/mariana-tek/replies.ts';

test('the three statuses are known', () => {
  const told = ['Open', 'Submitted', 'Failed'].map(
    (status) => paymentStatusReply.parse({ status }).status,
  );

  expect(told).toEqual(['open', 'submitted', 'failed']);
});

test.for(['Closed', 'submitted', 'OPEN', '', null, undefined, 1])(
  'a status that is none of the three is not believed: %s',
  (status) => {
    expect(paymentStatusReply.safeParse({ status, order: '1' }).success).toBe(false);
  },
);

test('an order of a paid cart is named, whether its id is a text or a number', () => {
  const orders = ['981', 981].map((order) =>
    paymentStatusReply.parse({ status: 'Submitted', order, error: null }),
  );

  for (const facts of orders) {
    expect(facts).toEqual({ status: 'submitted', orderId: '981', error: null });
  }
});

test('an error that repeats a secret is told without it', () => {
  const error = 'No such intent: pi_3abc_secret_9xyz (sk_live_1234), card 4242 4242 4242 4242';

  expect(paymentStatusReply.parse({ status: 'Failed', error }).error).toBe(
    'No such intent: pi_3abc… (…), card …',
  );
});

test('an odd order or error does not hide that the cart is paid', () => {
  expect(paymentStatusReply.parse({ status: 'Submitted', order: {}, error: ['odd'] })).toEqual({
    status: 'submitted',
    orderId: null,
    error: null,
  });
});

test('an error is shown on one line of bounded length', () => {
  const { error } = paymentStatusReply.parse({
    status: 'Failed',
    error: ` Out of\n\tstock ${'x'.repeat(1_000)}`,
  });

  expect(error).toMatch(/^Out of stock x+$/);
  expect(error).toHaveLength(300);
});

test('a configuration without a location tells none', () => {
  const key = { stripe_publishable_api_key: 'pk_test_1' };

  const locations = [key, { ...key, stripe_location_id: null }, { ...key, stripe_location_id: '' }]
    .map((reply) => configurationReply.parse(reply))
    .map(({ location }) => location);

  expect(locations).toEqual([null, null, null]);
});

test.for([
  { stripe_payment_intent_id: 'pi_abc213', stripe_publishable_api_key: 'pk_test_1' },
  {
    stripe_payment_intent_id: 'seti_abc213',
    stripe_publishable_api_key: 'pk_test_1',
    client_secret: 's',
  },
  {
    stripe_payment_intent_id: 'pi_abc213',
    stripe_publishable_api_key: 'sk_test_1',
    client_secret: 's',
  },
])('a payment intent that could not be paid is not understood (%#)', (reply) => {
  expect(paymentIntentReply.safeParse(reply).success).toBe(false);
});

test('a bankcard’s number is a text or a number, and may be missing', () => {
  const numbers = [993, '993', undefined].map(
    (bankcard) => storePaymentMethodReply.parse({ payment_method: 'pm_1', bankcard }).bankcard,
  );

  expect(numbers).toEqual(['993', '993', null]);
});

test('a reader without a label is listed all the same', () => {
  expect(terminalListReply.parse([{ terminal_id: 'tmr_123' }])).toEqual([
    { id: 'tmr_123', label: '' },
  ]);
});
