import { expect, test } from 'vitest';

import { generatedCardOf, processSetup, setupFor } from './support/keep.ts';
import { rejection } from './support/pay.ts';
import {
  actionOf,
  eventTypes,
  fault,
  present,
  process,
  promptFor,
  slowly,
} from './support/server-driven.ts';
import { openTraining, readerId, saleParams } from './support/training.ts';

test('a prompt to keep a card shows its SetupIntent and leaves it as it was', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);

  const reader = await processSetup(training, setupIntent.id, {
    process_config: { enable_customer_cancellation: true },
  });

  const { status } = await training.stripe.setupIntents.retrieve(setupIntent.id);
  expect(reader.action).toEqual({
    type: 'process_setup_intent',
    status: 'in_progress',
    failure_code: null,
    failure_message: null,
    api_error: null,
    process_setup_intent: {
      setup_intent: setupIntent.id,
      process_config: { enable_customer_cancellation: true },
    },
  });
  expect(status).toBe('requires_payment_method');
  expect(await eventTypes(training)).toEqual([]);
});

test('a card that is kept is shown in the action and belongs to the member', async () => {
  await using training = await openTraining();
  const { customer, setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  const { action } = await present(training);

  const kept = action?.process_setup_intent?.generated_card;
  const card = await training.stripe.paymentMethods.retrieve(kept ?? 'none');
  const { status } = await training.stripe.setupIntents.retrieve(setupIntent.id);
  expect(action).toMatchObject({ type: 'process_setup_intent', status: 'succeeded' });
  expect(card).toMatchObject({ type: 'card', customer, allow_redisplay: 'limited' });
  expect(kept).toBe(await generatedCardOf(training, setupIntent.id));
  expect(status).toBe('succeeded');
  expect(await eventTypes(training)).toEqual(['action_succeeded']);
});

test('a card that is refused fails the action, and the same SetupIntent can go again', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  const refused = await present(training, { card_present: { number: '4000000000000002' } });
  const between = await training.stripe.setupIntents.retrieve(setupIntent.id);
  await processSetup(training, setupIntent.id);
  const kept = await present(training);

  expect(refused.action).toMatchObject({
    status: 'failed',
    failure_code: 'setup_intent_authentication_failure',
    api_error: { type: 'card_error', code: 'setup_intent_authentication_failure' },
  });
  expect(refused.action?.process_setup_intent).toEqual({ setup_intent: setupIntent.id });
  expect(between.status).toBe('requires_payment_method');
  expect(kept.action?.status).toBe('succeeded');
  expect(await eventTypes(training)).toEqual(['action_failed', 'action_succeeded']);
});

test('without allow_redisplay no card is asked for', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);

  const error = await rejection(
    training.stripe.rawRequest('POST', `/v1/terminal/readers/${readerId}/process_setup_intent`, {
      setup_intent: setupIntent.id,
    }),
  );

  expect(error).toMatchObject({ code: 'parameter_missing', param: 'allow_redisplay' });
  expect(await actionOf(training)).toBeNull();
});

test('a SetupIntent that succeeded or was canceled is not prompted for again', async () => {
  await using training = await openTraining();
  const { setupIntent: kept } = await setupFor(training);
  const { setupIntent: canceled } = await setupFor(training);
  await processSetup(training, kept.id);
  await present(training);
  await training.stripe.setupIntents.cancel(canceled.id);

  const errors = [
    await rejection(processSetup(training, kept.id)),
    await rejection(processSetup(training, canceled.id)),
  ];

  const refusal = {
    statusCode: 400,
    code: 'intent_invalid_state',
    message:
      'Setup intent must be in the requires_payment_method state to be processed by a reader.',
  };
  expect(errors).toEqual([expect.objectContaining(refusal), expect.objectContaining(refusal)]);
});

test('a SetupIntent nobody knows, or one for online cards alone, is refused by its parameter', async () => {
  await using training = await openTraining();
  const { id: online } = await training.stripe.setupIntents.create({});

  const errors = [
    await rejection(processSetup(training, 'seti_none')),
    await rejection(processSetup(training, online)),
  ];

  expect(errors.map(({ param }) => param)).toEqual(['setup_intent', 'setup_intent']);
});

test('a SetupIntent that is canceled under its prompt fails the action when the card comes', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);
  await training.stripe.setupIntents.cancel(setupIntent.id);

  const { action } = await present(training);

  expect(action).toMatchObject({
    status: 'failed',
    failure_code: 'setup_intent_unexpected_state',
    api_error: { type: 'invalid_request_error' },
  });
});

test('prompts replace each other whatever they are for', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  const { id } = await promptFor(training);
  await processSetup(training, setupIntent.id);

  const kept = await present(training);
  await processSetup(training, (await setupFor(training)).setupIntent.id);
  await process(training, id);
  const paid = await present(training);

  expect([kept.action?.type, paid.action?.type]).toEqual([
    'process_setup_intent',
    'process_payment_intent',
  ]);
  expect(await eventTypes(training)).toEqual(['action_succeeded', 'action_succeeded']);
});

test('while a card is being kept every other command finds the reader busy', async () => {
  await using training = await openTraining({ timings: slowly });
  const { readers } = training.stripe.terminal;
  const { setupIntent } = await setupFor(training);
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await processSetup(training, setupIntent.id);
  await present(training);
  training.clock.advance(600);

  const errors = [
    await rejection(processSetup(training, setupIntent.id)),
    await rejection(process(training, id)),
    await rejection(readers.cancelAction(readerId)),
  ];

  expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('terminal_reader_busy'));
});

test('a prompt to keep a card is taken away by cancel_action, without an event', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  const reader = await training.stripe.terminal.readers.cancelAction(readerId);

  expect(reader).toMatchObject({ object: 'terminal.reader', action: null });
  expect((await rejection(present(training))).statusCode).toBe(400);
  expect(await eventTypes(training)).toEqual([]);
});

test('a member cancels on the reader only where the button was asked for', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);

  await processSetup(training, setupIntent.id);
  const without = training.readers.cancelOnReader(readerId);
  await processSetup(training, setupIntent.id, {
    process_config: { enable_customer_cancellation: true },
  });
  const pressed = training.readers.cancelOnReader(readerId);

  expect([without, pressed]).toEqual([false, true]);
  expect(await actionOf(training)).toMatchObject({
    status: 'failed',
    failure_code: 'customer_canceled',
  });
});

test.each([
  ['never heard of the card', 'false', 'requires_payment_method'],
  ['has kept the card', 'true', 'succeeded'],
])(
  'after a connection error the SetupIntent alone says whether Stripe %s',
  async (_, authorized, status) => {
    await using training = await openTraining();
    const { setupIntent } = await setupFor(training);
    await processSetup(training, setupIntent.id);
    await fault(training, 'connection_error', { authorized });

    const { action } = await present(training);

    const after = await training.stripe.setupIntents.retrieve(setupIntent.id);
    expect(action).toMatchObject({ status: 'failed', failure_code: 'connection_error' });
    expect(action?.process_setup_intent).toEqual({ setup_intent: setupIntent.id });
    expect(after.status).toBe(status);
  },
);

test('a reader that goes silent with a card leaves the action open, and the card may be kept', async () => {
  await using training = await openTraining();
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);
  await fault(training, 'reader_lost_during_action', { authorized: 'true' });
  await present(training);

  const { status } = await training.stripe.setupIntents.retrieve(setupIntent.id);

  expect((await actionOf(training))?.status).toBe('in_progress');
  expect(status).toBe('succeeded');
  expect((await rejection(processSetup(training, setupIntent.id))).code).toBe(
    'intent_invalid_state',
  );
});

test('a card that is shown by itself is kept too', async () => {
  await using training = await openTraining({
    autoPresent: { testPaymentMethod: 'mastercard', afterMs: 1500 },
  });
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  training.clock.advance(1500);

  expect(await generatedCardOf(training, setupIntent.id)).not.toBeNull();
});

test.each(['always', 'limited'] as const)(
  'a sale that keeps its card passes allow_redisplay %s on to it',
  async (redisplay) => {
    await using training = await openTraining();
    const { id: customer } = await training.stripe.customers.create({});
    const { id } = await promptFor(
      training,
      { customer, setup_future_usage: 'off_session' },
      { allow_redisplay: redisplay },
    );

    await present(training);

    const { data } = await training.stripe.charges.list({ payment_intent: id });
    const details = data[0]?.payment_method_details?.card_present;
    const cards = await training.stripe.customers.listPaymentMethods(customer);
    expect(cards.data.map((card) => [card.id, card.allow_redisplay])).toEqual([
      [details?.generated_card, redisplay],
    ]);
  },
);

test('a card that is collected first is kept at its confirm, as it was agreed at the collect', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await training.stripe.paymentIntents.create(
    saleParams({ customer, setup_future_usage: 'off_session' }),
  );
  await readers.collectPaymentMethod(readerId, {
    payment_intent: id,
    collect_config: { allow_redisplay: 'limited' },
  });
  await present(training);
  const before = await training.stripe.customers.listPaymentMethods(customer);

  await readers.confirmPaymentIntent(readerId, { payment_intent: id });

  const after = await training.stripe.customers.listPaymentMethods(customer);
  expect(before.data).toEqual([]);
  expect(after.data).toMatchObject([{ type: 'card', allow_redisplay: 'limited' }]);
});

test('a collect for a sale that keeps its card is refused without the customer’s word', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(
    saleParams({ setup_future_usage: 'off_session' }),
  );

  const error = await rejection(
    training.stripe.terminal.readers.collectPaymentMethod(readerId, { payment_intent: id }),
  );

  expect(error).toMatchObject({
    code: 'parameter_missing',
    param: 'collect_config[allow_redisplay]',
  });
});
