import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import {
  openTraining,
  otherReaderId,
  readerId,
  saleParams,
  type Training,
} from './support/training.ts';

/** Creates PaymentIntents a second apart. Returns their ids from oldest to newest. */
async function createMany(training: Training, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push((await training.stripe.paymentIntents.create(saleParams())).id);
    training.clock.advance(1000);
  }
  return ids;
}

test('a list shows the newest ten first and says that there is more', async () => {
  await using training = await openTraining();
  const ids = await createMany(training, 12);

  const page = await training.stripe.paymentIntents.list();

  expect(page.data.map(({ id }) => id)).toEqual(ids.slice(2).reverse());
  expect(page.has_more).toBe(true);
  expect(page.url).toBe('/v1/payment_intents');
});

test('starting_after walks on to older ones', async () => {
  await using training = await openTraining();
  const ids = await createMany(training, 5);

  const page = await training.stripe.paymentIntents.list({ starting_after: ids[2]! });

  expect(page.data.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
  expect(page.has_more).toBe(false);
});

test('ending_before gives the page next to the cursor, newest first inside', async () => {
  await using training = await openTraining();
  const ids = await createMany(training, 6);

  const page = await training.stripe.paymentIntents.list({ ending_before: ids[1]!, limit: 2 });

  expect(page.data.map(({ id }) => id)).toEqual([ids[3], ids[2]]);
  expect(page.has_more).toBe(true);
});

test('the official client walks all pages from newest to oldest', async () => {
  await using training = await openTraining();
  const ids = await createMany(training, 7);

  const seen = await training.stripe.paymentIntents
    .list({ limit: 3 })
    .autoPagingToArray({ limit: 100 });

  expect(seen.map(({ id }) => id)).toEqual([...ids].reverse());
});

test('the official client walks back from a cursor, oldest to newest', async () => {
  await using training = await openTraining();
  const ids = await createMany(training, 8);

  const seen = await training.stripe.paymentIntents
    .list({ limit: 3, ending_before: ids[0]! })
    .autoPagingToArray({ limit: 100 });

  expect(seen.map(({ id }) => id)).toEqual(ids.slice(1));
});

test('created picks a span of time, each end as asked', async () => {
  await using training = await openTraining();
  const startSec = training.clock.nowSec;
  const ids = await createMany(training, 5);
  const { stripe } = training;

  const both = await stripe.paymentIntents.list({
    created: { gte: startSec + 1, lte: startSec + 3 },
  });
  const neither = await stripe.paymentIntents.list({
    created: { gt: startSec + 1, lt: startSec + 3 },
  });
  const exact = await stripe.paymentIntents.list({ created: startSec + 4 });

  expect(both.data.map(({ id }) => id)).toEqual([ids[3], ids[2], ids[1]]);
  expect(neither.data.map(({ id }) => id)).toEqual([ids[2]]);
  expect(exact.data.map(({ id }) => id)).toEqual([ids[4]]);
});

test('a span is found even after the clock went back', async () => {
  await using training = await openTraining();
  const startSec = training.clock.nowSec;
  const [before] = await createMany(training, 1);
  training.clock.advance(-60_000);
  await createMany(training, 1);

  const found = await training.stripe.paymentIntents.list({ created: { gte: startSec } });

  expect(found.data.map(({ id }) => id)).toEqual([before]);
});

test('a customer’s PaymentIntents can be picked out', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create();
  await createMany(training, 2);
  const { id } = await training.stripe.paymentIntents.create(saleParams({ customer }));

  const found = await training.stripe.paymentIntents.list({ customer });

  expect(found.data.map((row) => row.id)).toEqual([id]);
});

test.each([{ limit: 0 }, { limit: 101 }, { starting_after: 'pi_nobody' }])(
  'a page of %o is refused',
  async (params) => {
    await using training = await openTraining();

    const error = await rejection(training.stripe.paymentIntents.list(params));

    expect(error.statusCode).toBe(400);
  },
);

test('both cursors at once are refused', async () => {
  await using training = await openTraining();
  const [first, second] = await createMany(training, 2);

  const error = await rejection(
    training.stripe.paymentIntents.list({ starting_after: second!, ending_before: first! }),
  );

  expect(error.statusCode).toBe(400);
});

test('readers can be picked by serial number, location, type and status', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;

  const all = await readers.list();
  const one = await readers.list({ serial_number: 'S0' });
  const none = await readers.list({ status: 'offline' });

  expect(all.data.map(({ id }) => id)).toEqual([otherReaderId, readerId]);
  expect(one.data.map(({ id }) => id)).toEqual([readerId]);
  expect(none.data).toEqual([]);
});

test('locations can be created, read and listed', async () => {
  await using training = await openTraining();
  const { locations } = training.stripe.terminal;

  const created = await locations.create({
    display_name: 'Harbour studio',
    address: { country: 'CA', city: 'Halifax', line1: '1 Quay', postal_code: 'B3H', state: 'NS' },
  });
  const read = await locations.retrieve(created.id);
  const listed = await locations.list({ limit: 1 });

  expect(read).toEqual(expect.objectContaining({ display_name: 'Harbour studio' }));
  expect(listed.data[0]!.id).toBe(created.id);
});
