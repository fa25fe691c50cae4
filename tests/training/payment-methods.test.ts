import { expect, test } from 'vitest';

import { eventsOf, keepCard, payInPerson } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining } from './support/training.ts';

const keep = { setup_future_usage: 'off_session' } as const;
const agreed = { allow_redisplay: 'limited' } as const;

test('a card kept without a customer is attached later, and listed with the customer’s others', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const first = await keepCard(training, customer);
  const { charge } = await payInPerson(training, 'mastercard', keep, agreed);
  const generated = charge.payment_method_details!.card_present!.generated_card as string;

  const before = await training.stripe.customers.listPaymentMethods(customer, { type: 'card' });
  const attached = await training.stripe.paymentMethods.attach(generated, { customer });
  const again = await training.stripe.paymentMethods.attach(generated, { customer });
  const byCustomer = await training.stripe.customers.listPaymentMethods(customer, { type: 'card' });
  const byFilter = await training.stripe.paymentMethods.list({ customer, type: 'card' });

  expect(before.data.map(({ id }) => id)).toEqual([first]);
  expect(attached.customer).toBe(customer);
  expect(again.id).toBe(generated);
  expect(byCustomer.data.map(({ id }) => id)).toEqual([generated, first]);
  expect(byFilter.data.map(({ id }) => id)).toEqual([generated, first]);
  expect(byFilter.url).toBe('/v1/payment_methods');
});

test('the same physical card has the same fingerprint each time it is kept', async () => {
  await using training = await openTraining();
  const ada = await training.stripe.customers.create({});
  const bob = await training.stripe.customers.create({});
  const names = ['visa', 'visa', 'mastercard', 'wallet_visa'];
  const prints: string[] = [];
  for (const [index, name] of names.entries()) {
    const id = await keepCard(training, index === 0 ? ada.id : bob.id, name);
    prints.push((await training.stripe.paymentMethods.retrieve(id)).card!.fingerprint!);
  }
  const { charge } = await payInPerson(training, 'visa');

  expect(prints[0]).toBe(prints[1]);
  expect(new Set(prints).size).toBe(3);
  expect(charge.payment_method_details!.card_present!.fingerprint).toBe(prints[0]);
});

test('a card that is detached can never be attached, detached or made a default again', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const card = await keepCard(training, customer);
  await training.stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: card },
  });

  const detached = await training.stripe.paymentMethods.detach(card);
  const attach = await rejection(training.stripe.paymentMethods.attach(card, { customer }));
  const detach = await rejection(training.stripe.paymentMethods.detach(card));
  const read = await training.stripe.customers.retrieve(customer);
  const listed = await training.stripe.customers.listPaymentMethods(customer);

  expect(detached.customer).toBeNull();
  expect(attach).toMatchObject({ statusCode: 400 });
  expect(attach.message).toContain('was detached from a Customer, and may not be used again');
  expect(detach.message).toContain('is not attached to a customer');
  expect(read).toMatchObject({ invoice_settings: { default_payment_method: null } });
  expect(listed.data).toEqual([]);
  expect(await eventsOf(training, 'payment_method.')).toEqual([
    'payment_method.attached',
    'payment_method.detached',
  ]);
});

test('a card of one customer is not given to another', async () => {
  await using training = await openTraining();
  const ada = await training.stripe.customers.create({});
  const bob = await training.stripe.customers.create({});
  const card = await keepCard(training, ada.id);

  const error = await rejection(training.stripe.paymentMethods.attach(card, { customer: bob.id }));

  expect(error).toMatchObject({ statusCode: 400 });
  expect((await training.stripe.paymentMethods.retrieve(card)).customer).toBe(ada.id);
});

test('what was presented in person is never attached itself', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const { paymentIntent } = await payInPerson(training, 'visa');

  const error = await rejection(
    training.stripe.paymentMethods.attach(paymentIntent.payment_method as string, { customer }),
  );

  expect(error).toMatchObject({ statusCode: 400, param: 'payment_method' });
});

test.each([
  ['cus_none', 'pm_card_visa', 400, 'resource_missing'],
  ['known', 'pm_none', 404, 'resource_missing'],
  ['known', 'pm_card_chargeDeclined', 402, 'card_declined'],
])('attaching to %s of %s is refused with %i', async (customer, method, statusCode, code) => {
  await using training = await openTraining();
  const known = await training.stripe.customers.create({});

  const error = await rejection(
    training.stripe.paymentMethods.attach(method, {
      customer: customer === 'known' ? known.id : customer,
    }),
  );

  expect(error).toMatchObject({ statusCode, code });
});

test('one of Stripe’s named test cards becomes a card of its own when it is attached', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});

  const first = await training.stripe.paymentMethods.attach('pm_card_visa', { customer });
  const second = await training.stripe.paymentMethods.attach('pm_card_visa', { customer });

  expect(first).toMatchObject({ customer, card: { last4: '4242', generated_from: null } });
  expect(second.id).not.toBe(first.id);
});

test('what is known about a kept card is changed, and is not for a card nobody has', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const card = await keepCard(training, customer);
  const { charge } = await payInPerson(training, 'visa', keep, agreed);
  const loose = charge.payment_method_details!.card_present!.generated_card as string;

  const updated = await training.stripe.paymentMethods.update(card, {
    allow_redisplay: 'always',
    billing_details: { name: 'Ada', email: 'ada@example.com' },
    metadata: { consent: 'con_1' },
  });
  const filtered = await training.stripe.customers.listPaymentMethods(customer, {
    allow_redisplay: 'limited',
  });
  const refused = await rejection(training.stripe.paymentMethods.update(loose, { metadata: {} }));

  expect(updated).toMatchObject({
    allow_redisplay: 'always',
    billing_details: { name: 'Ada', email: 'ada@example.com', phone: null },
    metadata: { consent: 'con_1' },
  });
  expect(filtered.data).toEqual([]);
  expect(refused).toMatchObject({ statusCode: 400 });
  expect(await eventsOf(training, 'payment_method.updated')).toHaveLength(1);
});

test('a list of payment methods without a customer is refused', async () => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.paymentMethods.list({ type: 'card' }));

  expect(error).toMatchObject({ code: 'parameter_missing', param: 'customer' });
});
