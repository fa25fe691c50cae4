import { expect, test } from 'vitest';

import { connectedPage } from './support/page.ts';
import { pay, rejection } from './support/pay.ts';
import { dayMs } from './support/test-clock.ts';
import { openTraining } from './support/training.ts';

test('a hold that nobody captured ends by itself at capture_before', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page, 'mastercard');
  const deadlineSec = training.clock.nowSec + 2 * 24 * 60 * 60;

  training.clock.advance(2 * dayMs - 1000);
  const before = await training.stripe.paymentIntents.retrieve(created.id);
  training.clock.advance(dayMs);
  const after = await training.stripe.paymentIntents.retrieve(created.id, {
    expand: ['latest_charge'],
  });
  const late = await rejection(training.stripe.paymentIntents.capture(created.id));

  expect(before.status).toBe('requires_capture');
  expect(after).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'automatic',
    canceled_at: deadlineSec,
    amount_capturable: 0,
  });
  expect(after.latest_charge).toMatchObject({ captured: false, amount_refunded: 1200 });
  expect(late.code).toBe('payment_intent_unexpected_state');
});

test('the end of a hold is told by events that carry its time, not the time it was noticed', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  await pay(training, page, 'mastercard');
  const deadlineSec = training.clock.nowSec + 2 * 24 * 60 * 60;

  training.clock.advance(10 * dayMs);
  const { data } = await training.stripe.events.list({ limit: 2 });

  expect(data.map(({ type, created }) => ({ type, created }))).toEqual([
    { type: 'payment_intent.canceled', created: deadlineSec },
    { type: 'charge.expired', created: deadlineSec },
  ]);
});

test('a hold that was captured or canceled in time stays as it is', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const captured = await pay(training, page);
  const canceled = await pay(training, page);
  await training.stripe.paymentIntents.capture(captured.created.id);
  await training.stripe.paymentIntents.cancel(canceled.created.id);

  training.clock.advance(20 * dayMs);
  const [second, first] = (await training.stripe.paymentIntents.list()).data;

  expect(first).toMatchObject({ status: 'succeeded', amount_received: 1200 });
  expect(second).toMatchObject({ status: 'canceled', cancellation_reason: null });
});
