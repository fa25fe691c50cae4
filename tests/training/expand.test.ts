import { expect, test } from 'vitest';

import { connectedPage } from './support/page.ts';
import { pay, rejection } from './support/pay.ts';
import { locationId, openTraining, readerId } from './support/training.ts';

test('an id is replaced by its object, and by the objects that one names', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const customer = await training.stripe.customers.create({ name: 'Ada' });
  const { created } = await pay(training, page, 'visa', { customer: customer.id });

  const read = await training.stripe.paymentIntents.retrieve(created.id, {
    expand: ['latest_charge.customer', 'customer', 'payment_method'],
  });

  expect(read.customer).toMatchObject({ object: 'customer', name: 'Ada' });
  expect(read.latest_charge).toMatchObject({ object: 'charge', customer: { name: 'Ada' } });
  expect(read.payment_method).toMatchObject({ object: 'payment_method', type: 'card_present' });
});

test('a list is expanded under data', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  await pay(training, page);

  const { data } = await training.stripe.paymentIntents.list({ expand: ['data.latest_charge'] });

  expect(data[0]!.latest_charge).toMatchObject({ object: 'charge', amount: 1200 });
});

test('a field that is empty stays empty', async () => {
  await using training = await openTraining();

  const created = await training.stripe.paymentIntents.create({
    amount: 1200,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
    expand: ['latest_charge', 'customer'],
  });

  expect(created).toMatchObject({ latest_charge: null, customer: null });
});

test('a reader’s location can be expanded', async () => {
  await using training = await openTraining();

  const reader = await training.stripe.terminal.readers.retrieve(readerId, {
    expand: ['location'],
  });

  expect(reader).toMatchObject({ location: { id: locationId, display_name: 'Studio' } });
});

test.each(['amount', 'data.latest_charge', 'latest_charge.amount', 'customer.invoice_settings'])(
  '%s cannot be expanded on one PaymentIntent',
  async (path) => {
    await using training = await openTraining();
    const page = await connectedPage(training);
    const { created } = await pay(training, page);

    const error = await rejection(
      training.stripe.paymentIntents.retrieve(created.id, { expand: [path] }),
    );

    expect(error).toMatchObject({ statusCode: 400, param: 'expand' });
  },
);

test('a wrong path is refused even when the list is empty', async () => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.paymentIntents.list({ expand: ['customer'] }));

  expect(error.statusCode).toBe(400);
});
