import { expect, test } from 'vitest';

import { eventsOf, payInPerson } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining, type Training } from './support/training.ts';

async function paid(training: Training, card: string): Promise<string> {
  const { paymentIntent, charge } = await payInPerson(training, card);
  await training.stripe.paymentIntents.capture(paymentIntent.id);
  return charge.id;
}

test('the holder of a disputing card disputes the payment a while later', async () => {
  await using training = await openTraining();
  const charge = await paid(training, 'disputed');

  const before = await training.stripe.charges.retrieve(charge);
  training.clock.advance(60_000);
  const after = await training.stripe.charges.retrieve(charge);
  const { data } = await training.stripe.disputes.list({ charge });
  const read = await training.stripe.disputes.retrieve(data[0]!.id, { expand: ['charge'] });

  expect([before.disputed, after.disputed]).toEqual([false, true]);
  expect(read).toMatchObject({
    amount: 1200,
    charge: { id: charge },
    reason: 'fraudulent',
    status: 'needs_response',
  });
  expect(await eventsOf(training, 'charge.dispute')).toEqual(['charge.dispute.created']);
});

test('a disputed charge is not refunded', async () => {
  await using training = await openTraining();
  const charge = await paid(training, 'disputed');
  training.clock.advance(60_000);

  const error = await rejection(training.stripe.refunds.create({ charge }));

  expect(error).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
});

test('what was given back in full is not disputed any more', async () => {
  await using training = await openTraining();
  const charge = await paid(training, 'disputed');
  await training.stripe.refunds.create({ charge });

  training.clock.advance(60_000);

  expect((await training.stripe.charges.retrieve(charge)).disputed).toBe(false);
});

test('any payment is disputed by the switch, once, and a hold is not', async () => {
  await using training = await openTraining();
  const charge = await paid(training, 'visa');
  const held = await payInPerson(training, 'visa');
  const path = (id: string): string => `/v1/test_helpers/training/charges/${id}/dispute`;

  await training.stripe.rawRequest('POST', path(charge), { reason: 'duplicate' });
  const again = await rejection(training.stripe.rawRequest('POST', path(charge), {}));
  const onHold = await rejection(training.stripe.rawRequest('POST', path(held.charge.id), {}));

  expect((await training.stripe.disputes.list()).data).toMatchObject([
    { charge, reason: 'duplicate' },
  ]);
  expect([again.statusCode, onHold.statusCode]).toEqual([400, 400]);
});
