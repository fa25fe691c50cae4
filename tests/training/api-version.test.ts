import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { openTraining, type Training } from './support/training.ts';

/** Creates a PaymentIntent with parameters of a chosen version, whatever the client's types say. */
function createIn(
  training: Training,
  version: string,
  types: Record<string, string[]>,
): Promise<{ payment_method_types: string[] }> {
  const params = { amount: 1200, currency: 'usd', ...types };
  return training.stripe.paymentIntents.create(params, { apiVersion: version });
}

const old = { payment_method_types: ['card_present'] };
const today = { allowed_payment_method_types: ['card_present'] };

test.each(['2026-09-30.endive', '2026-10-28.endive'])(
  'version %s refuses payment_method_types by its own code',
  async (version) => {
    await using training = await openTraining();

    const error = await rejection(createIn(training, version, old));

    expect(error).toMatchObject({
      statusCode: 400,
      code: 'payment_method_types_no_longer_supported',
      param: 'payment_method_types',
    });
  },
);

test.each(['2026-08-26.dahlia', '2025-03-31.basil', '2024-06-20'])(
  'version %s still takes payment_method_types',
  async (version) => {
    await using training = await openTraining();

    const created = await createIn(training, version, old);

    expect(created.payment_method_types).toEqual(['card_present']);
  },
);

test('a request without a version is answered in the latest', async () => {
  await using training = await openTraining();
  const body = 'amount=1200&currency=usd&payment_method_types[]=card_present';

  const response = await fetch(`${training.url}/v1/payment_intents`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${training.secretKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body,
  });

  expect(response.headers.get('stripe-version')).toBe('2026-10-28.endive');
  expect(await response.json()).toMatchObject({
    error: { code: 'payment_method_types_no_longer_supported' },
  });
});

test.each(['latest', '2026-13', '2027-02-24.fjord', '2020-08-27'])(
  'version %s is refused',
  async (version) => {
    await using training = await openTraining();

    const error = await rejection(createIn(training, version, today));

    expect(error).toMatchObject({ statusCode: 400, rawType: 'invalid_request_error' });
    expect(error.message).toContain(version);
  },
);

test('allowed types that do not fit the currency are dropped without a word', async () => {
  await using training = await openTraining();

  const created = await training.stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present', 'interac_present'],
  });

  expect(created.payment_method_types).toEqual(['card_present']);
  expect(created.allowed_payment_method_types).toEqual(['card_present', 'interac_present']);
});

test('a currency without Terminal leaves no card_present, which the answer shows', async () => {
  await using training = await openTraining();

  const created = await training.stripe.paymentIntents.create({
    amount: 12_000,
    currency: 'inr',
    allowed_payment_method_types: ['card_present', 'card'],
  });

  expect(created.payment_method_types).toEqual(['card']);
});

test('the two names for types exclude each other', async () => {
  await using training = await openTraining();

  const error = await rejection(createIn(training, '2025-03-31.basil', { ...old, ...today }));

  expect(error.statusCode).toBe(400);
});
