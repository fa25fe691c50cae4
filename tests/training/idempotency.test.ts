import { expect, test } from 'vitest';

import { ApiError } from '../../main/training/model/api-error.ts';
import { connectedPage } from './support/page.ts';
import { pay, rejection } from './support/pay.ts';
import { dayMs, hourMs } from './support/test-clock.ts';
import { openTraining, saleParams } from './support/training.ts';

const key = { idempotencyKey: 'sale-1:create:1' };

test('the same key brings the same PaymentIntent back and says that it was replayed', async () => {
  await using training = await openTraining();

  const first = await training.stripe.paymentIntents.create(saleParams(), key);
  const second = await training.stripe.paymentIntents.create(saleParams(), key);
  const all = await training.stripe.paymentIntents.list();

  expect(second.id).toBe(first.id);
  expect(first.lastResponse.headers).not.toHaveProperty('idempotent-replayed');
  expect(second.lastResponse.headers).toMatchObject({
    'idempotent-replayed': 'true',
    'original-request': first.lastResponse.requestId,
    'idempotency-key': key.idempotencyKey,
  });
  expect(all.data).toHaveLength(1);
});

test('a replay shows the answer of then, not the state of now', async () => {
  await using training = await openTraining();
  const first = await training.stripe.paymentIntents.create(saleParams(), key);
  await training.stripe.paymentIntents.cancel(first.id);

  const replayed = await training.stripe.paymentIntents.create(saleParams(), key);

  expect(replayed.status).toBe('requires_payment_method');
});

test('a key that was used with other parameters is refused', async () => {
  await using training = await openTraining();
  await training.stripe.paymentIntents.create(saleParams(), key);

  const error = await rejection(
    training.stripe.paymentIntents.create(saleParams({ amount: 1300 }), key),
  );

  expect(error).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
});

test('a key that was used at another address is refused', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams(), key);

  const error = await rejection(training.stripe.paymentIntents.cancel(id, {}, key));
  const read = await training.stripe.paymentIntents.retrieve(id);

  expect(error.rawType).toBe('idempotency_error');
  expect(read.status).toBe('requires_payment_method');
});

test('the order of parameters does not matter to a key', async () => {
  await using training = await openTraining();
  const { amount, currency, ...rest } = saleParams();

  const first = await training.stripe.paymentIntents.create({ amount, currency, ...rest }, key);
  const second = await training.stripe.paymentIntents.create({ ...rest, currency, amount }, key);

  expect(second.id).toBe(first.id);
});

test('a key whose request is still at work answers 409 and asks to try again', async () => {
  const gate = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<undefined>();
  await using training = await openTraining({
    beforeWork: async () => {
      reached.resolve(undefined);
      await gate.promise;
    },
  });

  const first = training.stripe.paymentIntents.create(saleParams(), key);
  await reached.promise;
  const conflict = await rejection(training.stripe.paymentIntents.create(saleParams(), key));
  gate.resolve(undefined);
  const created = await first;
  const replayed = await training.stripe.paymentIntents.create(saleParams(), key);

  expect(conflict).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  expect(conflict.headers).toMatchObject({ 'stripe-should-retry': 'true' });
  expect(replayed.id).toBe(created.id);
});

test('a request that fails its checks leaves the key free', async () => {
  await using training = await openTraining();

  const error = await rejection(
    training.stripe.paymentIntents.create(saleParams({ amount: 1 }), key),
  );
  const created = await training.stripe.paymentIntents.create(saleParams(), key);

  expect(error.code).toBe('amount_too_small');
  expect(created.amount).toBe(1200);
});

test('a refusal by the state of things is stored, even after that state has changed', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const early = await training.stripe.paymentIntents.create(saleParams());
  const capture = { idempotencyKey: 'capture' };

  const refused = await rejection(training.stripe.paymentIntents.capture(early.id, {}, capture));
  const { created } = await pay(training, page);
  const replayed = await rejection(training.stripe.paymentIntents.capture(early.id, {}, capture));

  expect(refused.code).toBe('payment_intent_unexpected_state');
  expect(replayed.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  expect(created.id).not.toBe(early.id);
});

test.each([402, 500])('an answer of %i is stored and replayed', async (status) => {
  let mishaps = 1;
  await using training = await openTraining({
    intercept: (request, proceed) => {
      if (request.method === 'POST' && mishaps > 0) {
        mishaps -= 1;
        throw new ApiError(status, { type: 'api_error', message: 'A mishap.' });
      }
      return proceed();
    },
  });

  const first = await rejection(training.stripe.paymentIntents.create(saleParams(), key));
  const second = await rejection(training.stripe.paymentIntents.create(saleParams(), key));
  const fresh = await training.stripe.paymentIntents.create(saleParams(), {
    idempotencyKey: 'sale-1:create:2',
  });

  expect([first.statusCode, second.statusCode]).toEqual([status, status]);
  expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  expect(fresh.status).toBe('requires_payment_method');
});

test('a key is forgotten after a day, and then makes a second PaymentIntent', async () => {
  await using training = await openTraining();
  const first = await training.stripe.paymentIntents.create(saleParams(), key);

  training.clock.advance(dayMs - hourMs);
  const replayed = await training.stripe.paymentIntents.create(saleParams(), key);
  training.clock.advance(hourMs);
  const second = await training.stripe.paymentIntents.create(saleParams(), key);

  expect(replayed.id).toBe(first.id);
  expect(second.id).not.toBe(first.id);
});

test('keys of one account mean nothing to another', async () => {
  await using training = await openTraining({ connectedAccounts: ['acct_other'] });

  const own = await training.stripe.paymentIntents.create(saleParams(), key);
  const other = await training.stripe.paymentIntents.create(saleParams(), {
    ...key,
    stripeAccount: 'acct_other',
  });
  const stranger = await rejection(
    training.stripe.paymentIntents.retrieve(own.id, {}, { stripeAccount: 'acct_other' }),
  );

  expect(other.id).not.toBe(own.id);
  expect(stranger).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});

test('a key that is too long is refused', async () => {
  await using training = await openTraining();

  const error = await rejection(
    training.stripe.paymentIntents.create(saleParams(), { idempotencyKey: 'k'.repeat(256) }),
  );

  expect(error.statusCode).toBe(400);
});
