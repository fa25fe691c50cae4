import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { openTraining, saleParams, type Training } from './support/training.ts';

/** Sends parameters the client's types would not allow. */
async function refusalOf(training: Training, params: Record<string, unknown>): Promise<object> {
  const { statusCode, code, param } = await rejection(
    training.stripe.rawRequest('POST', '/v1/payment_intents', params),
  );
  return { statusCode, code, param };
}

const good = { amount: 1200, currency: 'usd', allowed_payment_method_types: ['card_present'] };

test.each([
  ['an unknown parameter', { ...good, colour: 'red' }, 'parameter_unknown', 'colour'],
  ['a missing amount', { currency: 'usd' }, 'parameter_missing', 'amount'],
  ['a missing currency', { amount: 1200 }, 'parameter_missing', 'currency'],
  ['a decimal amount', { ...good, amount: '12.99' }, 'parameter_invalid_integer', 'amount'],
  ['an amount in words', { ...good, amount: 'ten' }, 'parameter_invalid_integer', 'amount'],
  ['a negative amount', { ...good, amount: -5 }, 'parameter_invalid_integer', 'amount'],
  ['an amount below the minimum', { ...good, amount: 49 }, 'amount_too_small', 'amount'],
  ['an amount above the maximum', { ...good, amount: 100_000_000 }, 'amount_too_large', 'amount'],
  ['an empty description', { ...good, description: '' }, 'parameter_invalid_empty', 'description'],
  ['an e-mail that is none', { ...good, receipt_email: 'ada' }, 'email_invalid', 'receipt_email'],
  ['an unknown customer', { ...good, customer: 'cus_no' }, 'resource_missing', 'customer'],
  [
    'an unknown nested parameter',
    { ...good, payment_method_options: { card_present: { colour: 'red' } } },
    'parameter_unknown',
    'payment_method_options[card_present][colour]',
  ],
  [
    'what is not modelled',
    { ...good, shipping: { name: 'x' } },
    'not_modelled_in_training',
    'shipping',
  ],
])('%s is refused by its code and its name', async (_, params, code, param) => {
  await using training = await openTraining();

  const refusal = await refusalOf(training, params);
  const { data } = await training.stripe.paymentIntents.list();

  expect(refusal).toEqual({ statusCode: 400, code, param });
  expect(data).toEqual([]);
});

test.each([
  ['usd', 50],
  ['gbp', 30],
  ['jpy', 50],
  ['sek', 300],
  ['huf', 17_500],
])('the smallest amount of %s is %i', async (currency, minimum) => {
  await using training = await openTraining();

  const accepted = await training.stripe.paymentIntents.create({
    ...saleParams({ currency }),
    amount: minimum,
  });
  const refused = await refusalOf(training, { ...good, currency, amount: minimum - 1 });

  expect(accepted.amount).toBe(minimum);
  expect(refused).toMatchObject({ code: 'amount_too_small' });
});

test('a currency the model does not know is refused by name', async () => {
  await using training = await openTraining();

  const error = await rejection(
    training.stripe.paymentIntents.create(saleParams({ currency: 'xyz' })),
  );

  expect(error).toMatchObject({ statusCode: 400, param: 'currency' });
  expect(error.message).toContain('xyz');
});

test.each([
  ['more keys than 50', Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))],
  ['a key longer than 40', { ['k'.repeat(41)]: 'v' }],
  ['a value longer than 500', { k: 'v'.repeat(501) }],
])('metadata with %s is refused', async (_, metadata) => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.paymentIntents.create(saleParams({ metadata })));

  expect(error.statusCode).toBe(400);
});

test('metadata is merged key by key, and an empty value forgets its key', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(
    saleParams({ metadata: { sale: 's1', kiosk: 'k1' } }),
  );

  const merged = await training.stripe.paymentIntents.update(id, {
    metadata: { kiosk: '', note: 'n' },
  });
  const cleared = await training.stripe.paymentIntents.update(id, { metadata: '' });

  expect(merged.metadata).toEqual({ sale: 's1', note: 'n' });
  expect(cleared.metadata).toEqual({});
});

test('an unknown id is a 404', async () => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.paymentIntents.retrieve('pi_nobody'));

  expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
});

test.each([
  ['GET', '/v1/foo'],
  ['GET', '/v1/payment_intents/'],
  ['DELETE', '/v1/events'],
])('%s %s is answered with Stripe’s sentence for an unknown address', async (method, path) => {
  await using training = await openTraining();

  const response = await fetch(`${training.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${training.secretKey}` },
  });

  expect(response.status).toBe(404);
  expect(await response.text()).toContain(`Unrecognized request URL (${method}: ${path}).`);
});

test.each([
  '/v1/setup_intents/seti_1/confirm',
  '/v1/balance_transactions',
  '/v1/terminal/readers/tmr_front/collect_inputs',
])('%s is refused as not modelled rather than made up', async (path) => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.rawRequest('POST', path, {}));

  expect(error).toMatchObject({ statusCode: 400, code: 'not_modelled_in_training' });
});
