import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import { clientFor, openTraining } from './support/training.ts';

test('a wrong key is refused and shown only in part', async () => {
  await using training = await openTraining();
  const stranger = clientFor(training.port, 'sk_test_somebody_else_entirely');

  const error = await rejection(stranger.paymentIntents.list());

  expect(error).toMatchObject({ statusCode: 401, type: 'StripeAuthenticationError' });
  expect(error.message).not.toContain('somebody_else');
});

test('a live key is refused with a sentence of its own', async () => {
  await using training = await openTraining();
  const live = clientFor(training.port, 'sk_live_this_must_never_arrive_here');

  const error = await rejection(live.paymentIntents.list());

  expect(error).toMatchObject({ statusCode: 401, code: 'livemode_mismatch' });
  expect(error.message).not.toContain('sk_live');
});

test('a request without a key is told how to give one', async () => {
  await using training = await openTraining();

  const response = await fetch(`${training.url}/v1/payment_intents`);

  expect(response.status).toBe(401);
  expect(await response.text()).toContain('You did not provide an API key');
});

test('a key may come by Basic authentication, as curl sends it', async () => {
  await using training = await openTraining();
  const credentials = Buffer.from(`${training.secretKey}:`).toString('base64');

  const response = await fetch(`${training.url}/v1/payment_intents`, {
    headers: { authorization: `Basic ${credentials}` },
  });

  expect(response.status).toBe(200);
});

test('a publishable key cannot do a server’s work', async () => {
  await using training = await openTraining();
  const page = clientFor(training.port, 'pk_test_a_page_has_this_one');

  const error = await rejection(page.paymentIntents.list());

  expect(error.code).toBe('secret_key_required');
});

test('an account the key does not have is refused', async () => {
  await using training = await openTraining();

  const error = await rejection(
    training.stripe.paymentIntents.list({}, { stripeAccount: 'acct_nobody' }),
  );

  expect(error).toMatchObject({ statusCode: 403, code: 'account_invalid' });
});
