import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { openTraining, locationId, readerId } from './support/training.ts';

const reader = `/v1/terminal/readers/${readerId}`;
const helper = `/v1/test_helpers/terminal/readers/${readerId}/present_payment_method`;
const missing = { statusCode: 400, code: 'parameter_missing' };

/** Each refusal of what was sent, whatever the reader is doing. PI stands for a new PaymentIntent. */
const refusals: readonly (readonly [string, Record<string, unknown>, object])[] = [
  ['/v1/terminal/readers', {}, { ...missing, param: 'registration_code' }],
  [
    '/v1/terminal/readers',
    { registration_code: 'simulated-p400' },
    { statusCode: 400, param: 'registration_code' },
  ],
  [
    '/v1/terminal/readers',
    { registration_code: 'two-words' },
    { statusCode: 400, param: 'registration_code' },
  ],
  [
    '/v1/terminal/readers',
    { registration_code: 'simulated-wpe', location: 'tml_none' },
    { statusCode: 400, code: 'resource_missing', param: 'location' },
  ],
  [
    '/v1/terminal/readers',
    { registration_code: 'simulated-wpe', colour: 'red' },
    { code: 'parameter_unknown' },
  ],
  [
    '/v1/terminal/readers/tmr_none',
    { label: 'Desk' },
    { statusCode: 404, code: 'resource_missing' },
  ],
  [
    `/v1/terminal/locations/${locationId}`,
    { address: { country: 'CA' } },
    { statusCode: 400, param: 'address[country]' },
  ],
  [
    `/v1/terminal/locations/tml_none`,
    { display_name: 'Other' },
    { statusCode: 404, code: 'resource_missing' },
  ],
  [`${reader}/process_payment_intent`, {}, { ...missing, param: 'payment_intent' }],
  [
    `${reader}/process_payment_intent`,
    { payment_intent: 'pi_none' },
    { statusCode: 400, code: 'resource_missing', param: 'payment_intent' },
  ],
  [
    '/v1/terminal/readers/tmr_none/process_payment_intent',
    { payment_intent: 'PI' },
    { statusCode: 404, code: 'resource_missing' },
  ],
  [
    `${reader}/process_payment_intent`,
    {
      payment_intent: 'PI',
      process_config: { skip_tipping: 'true', tipping: { amount_eligible: '100' } },
    },
    { statusCode: 400, param: 'process_config[skip_tipping]' },
  ],
  [
    `${reader}/process_payment_intent`,
    { payment_intent: 'PI', process_config: { allow_redisplay: 'perhaps' } },
    { statusCode: 400, param: 'process_config[allow_redisplay]' },
  ],
  [
    `${reader}/process_payment_intent`,
    { payment_intent: 'PI', process_config: { colour: 'red' } },
    { code: 'parameter_unknown', param: 'process_config[colour]' },
  ],
  [`${reader}/collect_payment_method`, {}, { ...missing, param: 'payment_intent' }],
  [
    `${reader}/collect_payment_method`,
    { payment_intent: 'PI', collect_config: { return_url: 'https://example.com' } },
    { code: 'parameter_unknown', param: 'collect_config[return_url]' },
  ],
  [`${reader}/confirm_payment_intent`, {}, { ...missing, param: 'payment_intent' }],
  [
    `${reader}/confirm_payment_intent`,
    { payment_intent: 'PI' },
    { statusCode: 400, code: 'intent_invalid_state' },
  ],
  [`${reader}/set_reader_display`, { type: 'cart' }, { ...missing, param: 'cart' }],
  [`${reader}/set_reader_display`, { type: 'poem' }, { statusCode: 400, param: 'type' }],
  [
    `${reader}/set_reader_display`,
    {
      type: 'cart',
      cart: { currency: 'usd', total: '1', line_items: [{ description: 'Mat', amount: '1' }] },
    },
    { ...missing, param: 'cart[line_items][0][quantity]' },
  ],
  [
    '/v1/terminal/readers/tmr_none/cancel_action',
    {},
    { statusCode: 404, code: 'resource_missing' },
  ],
  [helper, {}, { statusCode: 400 }],
  [
    helper,
    { type: 'card_present', card_present: { number: '1' } },
    { statusCode: 400, param: 'card_present[number]' },
  ],
  [
    helper,
    { type: 'interac_present', interac_present: { number: '4242424242424242' } },
    { statusCode: 400, param: 'interac_present[number]' },
  ],
  [
    helper,
    { card: { number: '4242424242424242' } },
    { statusCode: 400, code: 'not_modelled_in_training' },
  ],
  [`${reader}/collect_inputs`, {}, { statusCode: 400, code: 'not_modelled_in_training' }],
  [
    `${reader}/cancel_action`,
    { expand: ['action'] },
    { statusCode: 400, code: 'not_modelled_in_training' },
  ],
];

test.each(refusals)('POST %s with %j is refused', async (path, params, refusal) => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
  });
  const named = params['payment_intent'] === 'PI' ? { ...params, payment_intent: id } : params;

  const error = await rejection(training.stripe.rawRequest('POST', path, named));

  expect(error).toMatchObject({ type: 'StripeInvalidRequestError', ...refusal });
});

test('a PaymentIntent for online cards alone is not prompted for', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create({ amount: 1200, currency: 'usd' });

  const error = await rejection(
    training.stripe.terminal.readers.processPaymentIntent(readerId, { payment_intent: id }),
  );

  expect(error).toMatchObject({ statusCode: 400, param: 'payment_intent' });
});

test('a card that is to be kept needs the customer’s word', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
    setup_future_usage: 'off_session',
  });

  const error = await rejection(
    training.stripe.terminal.readers.processPaymentIntent(readerId, { payment_intent: id }),
  );

  expect(error).toMatchObject({
    code: 'parameter_missing',
    param: 'process_config[allow_redisplay]',
  });
});
