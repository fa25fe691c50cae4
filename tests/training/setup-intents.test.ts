import { expect, test } from 'vitest';

import { confirmWith, createSetup, eventsOf } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining, saleParams } from './support/training.ts';

test('a card is kept without a sale: the latest attempt names it and it belongs to the customer', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const created = await createSetup(training, { customer, metadata: { consent: 'con_1' } });

  confirmWith(training, created.id, 'mastercard', 'limited');
  const read = await training.stripe.setupIntents.retrieve(created.id, {
    expand: ['latest_attempt'],
  });
  const attempt = typeof read.latest_attempt === 'object' ? read.latest_attempt : null;
  const generated = attempt!.payment_method_details.card_present!.generated_card as string;
  const card = await training.stripe.paymentMethods.retrieve(generated);

  expect(created).toMatchObject({
    status: 'requires_payment_method',
    payment_method_types: ['card_present'],
    usage: 'off_session',
    metadata: { consent: 'con_1' },
  });
  expect(created.client_secret).toMatch(new RegExp(`^${created.id}_secret`));
  expect(read).toMatchObject({ status: 'succeeded', last_setup_error: null });
  expect(attempt).toMatchObject({ object: 'setup_attempt', status: 'succeeded', customer });
  expect(card).toMatchObject({
    type: 'card',
    customer,
    allow_redisplay: 'limited',
    card: { last4: '4444', generated_from: { charge: null, setup_attempt: attempt!.id } },
  });
  expect(await eventsOf(training, 'setup_intent.', 'payment_method.')).toEqual([
    'setup_intent.created',
    'payment_method.attached',
    'setup_intent.succeeded',
  ]);
});

test('a declined card sends the SetupIntent back, and another card is kept on the same one', async () => {
  await using training = await openTraining();
  const created = await createSetup(training);

  const declined = confirmWith(training, created.id, 'charge_declined_insufficient_funds');
  const after = await training.stripe.setupIntents.retrieve(created.id, {
    expand: ['latest_attempt'],
  });
  const kept = confirmWith(training, created.id, 'visa');

  expect(declined).toMatchObject({
    kind: 'declined',
    refusal: {
      code: 'setup_intent_authentication_failure',
      decline_code: 'insufficient_funds',
      setup_intent: { id: created.id },
    },
  });
  expect(after).toMatchObject({
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: { code: 'setup_intent_authentication_failure' },
    latest_attempt: {
      status: 'failed',
      payment_method_details: { card_present: { generated_card: null } },
    },
  });
  expect(kept.kind).toBe('succeeded');
  expect(await eventsOf(training, 'setup_intent.')).toEqual([
    'setup_intent.created',
    'setup_intent.setup_failed',
    'setup_intent.succeeded',
  ]);
});

test('a phone is kept for off-session use only, whatever was agreed', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await createSetup(training, { customer });

  const kept = confirmWith(training, id, 'wallet_visa', 'always');
  const listed = await training.stripe.customers.listPaymentMethods(customer);

  expect(kept.kind).toBe('succeeded');
  expect(listed.data).toMatchObject([
    { allow_redisplay: 'limited', card: { wallet: { type: 'apple_pay' } } },
  ]);
});

test('where phones are not kept the SetupIntent says so and a plastic card is still taken', async () => {
  await using training = await openTraining({ account: { wallets: 'none' } });
  const { id } = await createSetup(training);

  const refused = confirmWith(training, id, 'wallet_mastercard');
  const read = await training.stripe.setupIntents.retrieve(id);
  const kept = confirmWith(training, id, 'visa');

  expect(refused).toMatchObject({
    kind: 'declined',
    refusal: { code: 'setup_intent_mobile_wallet_unsupported' },
  });
  expect(read).toMatchObject({
    status: 'requires_payment_method',
    last_setup_error: { code: 'setup_intent_mobile_wallet_unsupported' },
  });
  expect(kept.kind).toBe('succeeded');
});

test('a card of one domestic brand is set up and leaves nothing to charge', async () => {
  await using training = await openTraining();
  const { id } = await createSetup(training);

  const confirmed = confirmWith(training, id, 'girocard_debit');

  expect(confirmed).toMatchObject({ kind: 'succeeded', generatedCard: null });
});

test('a succeeded or canceled SetupIntent takes no card and no cancel', async () => {
  await using training = await openTraining();
  const done = await createSetup(training);
  confirmWith(training, done.id, 'visa');
  const ended = await createSetup(training);
  const canceled = await training.stripe.setupIntents.cancel(ended.id, {
    cancellation_reason: 'abandoned',
  });

  const error = await rejection(training.stripe.setupIntents.cancel(done.id));

  expect(canceled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
  expect(() => confirmWith(training, done.id, 'visa')).toThrow('status of succeeded');
  expect(() => confirmWith(training, ended.id, 'visa')).toThrow('status of canceled');
  expect(error).toMatchObject({ code: 'setup_intent_unexpected_state', statusCode: 400 });
  expect(await eventsOf(training, 'setup_intent.canceled')).toHaveLength(1);
});

test('SetupIntents are listed by customer, newest first', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const first = await createSetup(training, { customer });
  await createSetup(training);
  const second = await createSetup(training, { customer });

  const { data } = await training.stripe.setupIntents.list({ customer });

  expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
});

test.each<[object, string | undefined]>([
  [{ payment_method_types: ['card_present'] }, 'payment_method_types_no_longer_supported'],
  [{ allowed_payment_method_types: ['interac_present'] }, undefined],
  [{ allowed_payment_method_types: ['card_present'], customer: 'cus_none' }, 'resource_missing'],
  [{ allowed_payment_method_types: ['card_present'], confirm: true }, 'not_modelled_in_training'],
])('a SetupIntent with %j is refused', async (params, code) => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.setupIntents.create(params));

  expect(error.statusCode).toBe(400);
  expect(error.code).toBe(code);
});

test('an unknown SetupIntent is missing', async () => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.setupIntents.retrieve('seti_none'));

  expect(error).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent' });
});

test('a create sent twice under one key makes one SetupIntent and one customer', async () => {
  await using training = await openTraining();
  const key = { idempotencyKey: 'k1' };
  const customerKey = { idempotencyKey: 'k2' };
  const params = { allowed_payment_method_types: ['card_present' as const] };

  const [first, second] = [
    await training.stripe.setupIntents.create(params, key),
    await training.stripe.setupIntents.create(params, key),
  ];
  const [ada, again] = [
    await training.stripe.customers.create({ name: 'Ada' }, customerKey),
    await training.stripe.customers.create({ name: 'Ada' }, customerKey),
  ];

  expect(second.id).toBe(first.id);
  expect(again.id).toBe(ada.id);
  expect((await training.stripe.setupIntents.list()).data).toHaveLength(1);
  expect((await training.stripe.customers.list()).data).toHaveLength(1);
});

test('an Interac card cannot be presented for a SetupIntent', async () => {
  await using training = await openTraining();
  const { id } = await createSetup(training);

  expect(() => confirmWith(training, id, 'interac')).toThrow('interac_present is not in');
});

test('a payment that would keep its card is not prompted for without the word on showing it again', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await training.stripe.paymentIntents.create(
    saleParams({ customer, setup_future_usage: 'off_session' }),
  );

  const error = await rejection(
    training.stripe.terminal.readers.processPaymentIntent('tmr_front', { payment_intent: id }),
  );

  expect(error).toMatchObject({
    statusCode: 400,
    code: 'parameter_missing',
    param: 'process_config[allow_redisplay]',
  });
});
