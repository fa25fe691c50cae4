import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { connectedPage } from './support/page.ts';
import { pay, rejection } from './support/pay.ts';
import { dayMs } from './support/test-clock.ts';
import { openTraining, saleParams, type Training } from './support/training.ts';

async function eventTypes(training: Training): Promise<string[]> {
  const { data } = await training.stripe.events.list({ limit: 100 });
  return data.map(({ type }) => type).reverse();
}

test('a captured sale leaves its events in the order they happened', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created } = await pay(training, page);
  await training.stripe.paymentIntents.capture(created.id);

  expect(await eventTypes(training)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'charge.captured',
    'payment_intent.succeeded',
  ]);
});

test('a declined and canceled sale leaves its events', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created } = await pay(training, page, 'charge_declined');
  await training.stripe.paymentIntents.cancel(created.id);

  expect(await eventTypes(training)).toEqual([
    'payment_intent.created',
    'charge.failed',
    'payment_intent.payment_failed',
    'payment_intent.canceled',
  ]);
});

test('an event keeps the object as it was then', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);
  await training.stripe.paymentIntents.capture(created.id);

  const { data } = await training.stripe.events.list({ type: 'payment_intent.created' });
  const event = await training.stripe.events.retrieve(data[0]!.id);

  expect(event.data.object).toMatchObject({ id: created.id, status: 'requires_payment_method' });
});

test('an event names the request and the key that caused it; a reader’s has none', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const key = 'sale-1:create:1';

  const created = await training.stripe.paymentIntents.create(saleParams(), {
    idempotencyKey: key,
  });
  await pay(training, page);
  const byRequest = await training.stripe.events.list({ type: 'payment_intent.created' });
  const byReader = await training.stripe.events.list({ type: 'charge.succeeded' });

  expect(byRequest.data[1]!.request).toEqual({
    id: created.lastResponse.requestId,
    idempotency_key: key,
  });
  expect(byReader.data[0]!.request).toEqual({ id: null, idempotency_key: null });
});

test('types picks a closed list, type picks by a wildcard, and not both', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);
  await training.stripe.paymentIntents.capture(created.id);
  const { events } = training.stripe;

  const listed = await events.list({ types: ['charge.captured', 'payment_intent.succeeded'] });
  const wild = await events.list({ type: 'charge.*' });
  const both = await rejection(events.list({ type: 'charge.*', types: ['charge.captured'] }));
  const many = await rejection(
    events.list({ types: Array.from({ length: 21 }, (_, index) => `charge.type${index}`) }),
  );

  expect(listed.data.map(({ type }) => type)).toEqual([
    'payment_intent.succeeded',
    'charge.captured',
  ]);
  expect(wild.data.map(({ type }) => type)).toEqual(['charge.captured', 'charge.succeeded']);
  expect([both.statusCode, many.statusCode]).toEqual([400, 400]);
});

test('a poller that keeps its cursor sees every event once, oldest first', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  await pay(training, page);
  const { data } = await training.stripe.events.list({ limit: 1 });
  let cursor = data[0]!.id;
  const { created } = await pay(training, page);
  await training.stripe.paymentIntents.capture(created.id);

  const seen: Stripe.Event[] = [];
  let more = true;
  while (more) {
    const next = await training.stripe.events.list({ ending_before: cursor, limit: 2 });
    seen.push(...next.data.reverse());
    cursor = seen.at(-1)!.id;
    more = next.has_more;
  }

  expect(seen.map(({ type }) => type)).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.amount_capturable_updated',
    'charge.captured',
    'payment_intent.succeeded',
  ]);
});

test('an event is kept for thirty days, and a cursor older than that is refused', async () => {
  await using training = await openTraining();
  await training.stripe.paymentIntents.create(saleParams());
  const { data } = await training.stripe.events.list();
  const old = data[0]!.id;

  training.clock.advance(30 * dayMs);
  const kept = await training.stripe.events.list();
  training.clock.advance(1000);
  const gone = await training.stripe.events.list();
  const read = await rejection(training.stripe.events.retrieve(old));
  const cursor = await rejection(training.stripe.events.list({ ending_before: old }));

  expect(kept.data).toHaveLength(1);
  expect(gone.data).toEqual([]);
  expect([read.code, cursor.code]).toEqual(['resource_missing', 'resource_missing']);
});

test('changing a charge is told by an event, changing a PaymentIntent is not', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);
  const { latest_charge } = await training.stripe.paymentIntents.retrieve(created.id);
  const before = await eventTypes(training);

  await training.stripe.paymentIntents.update(created.id, { description: 'Mat hire' });
  await training.stripe.charges.update(latest_charge as string, {
    receipt_email: 'ada@example.com',
    metadata: { locker: '12' },
  });
  const charge = await training.stripe.charges.retrieve(latest_charge as string);

  expect((await eventTypes(training)).slice(before.length)).toEqual(['charge.updated']);
  expect(charge).toMatchObject({ receipt_email: 'ada@example.com', metadata: { locker: '12' } });
});
