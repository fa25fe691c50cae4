import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import {
  actionOf,
  eventTypes,
  fault,
  present,
  process,
  promptFor,
  readerEvents,
  slowly,
  statusOf,
} from './support/server-driven.ts';
import { openTraining, otherReaderId, readerId, saleParams } from './support/training.ts';

test('a command that never arrived is refused as timed out, and the reader shows nothing', async () => {
  await using training = await openTraining();
  await fault(training, 'command_times_out', { arrives: 'false' });

  const error = await rejection(promptFor(training));

  expect(error).toMatchObject({
    statusCode: 400,
    type: 'StripeInvalidRequestError',
    code: 'terminal_reader_timeout',
  });
  expect(await actionOf(training)).toBeNull();
});

test('a false timeout is refused alike, though the prompt shows and takes a card', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'command_times_out', { arrives: 'true' });

  const error = await rejection(process(training, id));
  const action = await actionOf(training);
  await present(training);

  expect(error.code).toBe('terminal_reader_timeout');
  expect(action).toMatchObject({
    status: 'in_progress',
    process_payment_intent: { payment_intent: id },
  });
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('after a timeout the same call with the same PaymentIntent goes through', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'command_times_out', { arrives: 'true' });
  await rejection(process(training, id));

  const reader = await process(training, id);

  expect(reader.action).toMatchObject({ process_payment_intent: { payment_intent: id } });
});

test('a cancel can time out too, with its prompt gone or not', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  await promptFor(training);

  await fault(training, 'command_times_out', { arrives: 'false' });
  const first = await rejection(readers.cancelAction(readerId));
  const kept = await actionOf(training);
  await fault(training, 'command_times_out', { arrives: 'true' });
  const second = await rejection(readers.cancelAction(readerId));

  expect([first.code, second.code]).toEqual(['terminal_reader_timeout', 'terminal_reader_timeout']);
  expect(kept?.status).toBe('in_progress');
  expect(await actionOf(training)).toBeNull();
});

test('a reader that updates is busy until it has done', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'reader_updating', { for_ms: '60000' });
  training.clock.advance(59_999);

  const error = await rejection(process(training, id));
  training.clock.advance(1);

  expect(error).toMatchObject({ statusCode: 400, code: 'terminal_reader_busy' });
  expect((await process(training, id)).action?.status).toBe('in_progress');
});

test('an offline reader says so in its status and refuses every command until it is back', async () => {
  await using training = await openTraining();
  const { readers } = training.stripe.terminal;
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'reader_offline');

  const errors = [
    await rejection(process(training, id)),
    await rejection(readers.cancelAction(readerId)),
  ];
  const listed = await readers.list({ status: 'offline' });
  await fault(training, 'reader_online');

  expect(errors.map(({ code }) => code)).toEqual(errors.map(() => 'terminal_reader_offline'));
  expect(listed.data.map((reader) => reader.id)).toEqual([readerId]);
  expect((await process(training, id)).status).toBe('online');
});

test('a broken reader refuses one command', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'hardware_fault');

  const error = await rejection(process(training, id));

  expect(error).toMatchObject({ statusCode: 400, code: 'terminal_reader_hardware_fault' });
  expect((await process(training, id)).action?.status).toBe('in_progress');
});

test.each([
  ['true', 'requires_capture'],
  ['false', 'requires_payment_method'],
])(
  'a connection error with authorized=%s leaves the PaymentIntent %s',
  async (authorized, status) => {
    await using training = await openTraining();
    const { id } = await promptFor(training);
    await fault(training, 'connection_error', { authorized });

    const reader = await present(training);

    expect(reader.action).toMatchObject({
      status: 'failed',
      failure_code: 'connection_error',
      failure_message: 'Could not connect to Stripe.',
      api_error: null,
    });
    expect(await statusOf(training, id)).toBe(status);
    expect(await eventTypes(training)).toEqual(['action_failed']);
  },
);

test('a customer who presses cancel fails the action and leaves the PaymentIntent alone', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training, {}, { enable_customer_cancellation: true });

  await fault(training, 'customer_cancels');

  expect(await actionOf(training)).toMatchObject({
    status: 'failed',
    failure_code: 'customer_canceled',
    failure_message: 'This action could not be completed due to an error on the card reader.',
    api_error: null,
    process_payment_intent: { process_config: { enable_customer_cancellation: true } },
  });
  expect(await statusOf(training, id)).toBe('requires_payment_method');
  expect(await readerEvents(training)).toMatchObject([
    { type: 'terminal.reader.action_failed', request: { id: null } },
  ]);
});

test('a customer who is about to cancel waits for a prompt with the button', async () => {
  await using training = await openTraining();
  await fault(training, 'customer_cancels');
  await promptFor(training);
  training.clock.advance(60_000);
  const without = await actionOf(training);

  await promptFor(training, {}, { enable_customer_cancellation: true });
  training.clock.advance(60_000);

  expect(without?.status).toBe('in_progress');
  expect((await actionOf(training))?.failure_code).toBe('customer_canceled');
});

test.each([
  ['true', 'requires_capture'],
  ['false', 'requires_payment_method'],
])(
  'a reader lost with a card, authorized=%s, leaves the action in progress for ever, until cancel_action',
  async (authorized, status) => {
    await using training = await openTraining();
    const { id } = await promptFor(training);
    await fault(training, 'reader_lost_during_action', { authorized });
    await present(training);
    training.clock.advance(24 * 60 * 60 * 1000);

    const stuck = await actionOf(training);
    const other = await rejection(promptFor(training));
    const reset = await training.stripe.terminal.readers.cancelAction(readerId);

    expect(stuck).toMatchObject({ status: 'in_progress' });
    expect(other.code).toBe('terminal_reader_busy');
    expect(reset).toMatchObject({ action: null });
    expect(await statusOf(training, id)).toBe(status);
    expect(await readerEvents(training)).toEqual([]);
    expect((await promptFor(training)).reader.action?.status).toBe('in_progress');
  },
);

test('a card that cannot be read fails the action without a word to the bank', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  await fault(training, 'card_unreadable');

  const reader = await present(training);

  expect(reader.action).toMatchObject({ status: 'failed', api_error: null });
  expect(reader.action?.failure_code).toBe('card_read_error');
  expect(await training.stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: 'requires_payment_method',
    latest_charge: null,
    last_payment_error: null,
  });
});

test('a slow authorization keeps the reader busy for as long as it was told to', async () => {
  await using training = await openTraining({ timings: slowly });
  const { id } = await promptFor(training);
  await fault(training, 'slow_authorization', { extra_ms: '30000' });
  await present(training);

  training.clock.advance(31_099);
  const before = await statusOf(training, id);
  training.clock.advance(1);

  expect(before).toBe('requires_payment_method');
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('an event can be missing while everything else is as it should be', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  await fault(training, 'event_missing');

  await present(training);

  expect(await readerEvents(training)).toEqual([]);
  expect((await actionOf(training))?.status).toBe('succeeded');
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('an event can come late, with the time at which it happened', async () => {
  await using training = await openTraining();
  await promptFor(training);
  await fault(training, 'event_late', { by_ms: '120000' });
  const happenedSec = training.clock.nowSec;
  await present(training);

  training.clock.advance(119_999);
  const before = await readerEvents(training);
  training.clock.advance(1);
  const after = await readerEvents(training);

  expect(before).toEqual([]);
  expect(after).toMatchObject([{ type: 'terminal.reader.action_succeeded', created: happenedSec }]);
});

test('an event can come twice, under two names', async () => {
  await using training = await openTraining();
  await promptFor(training);
  await fault(training, 'event_twice');

  await present(training);

  const [first, second] = await readerEvents(training);
  expect(first!.id).not.toBe(second!.id);
  expect(first!.data).toEqual(second!.data);
});

test('a mishap is for the reader it was armed for, and happens once', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await fault(training, 'hardware_fault');

  const other = await training.stripe.terminal.readers.processPaymentIntent(otherReaderId, {
    payment_intent: id,
  });
  const error = await rejection(process(training, id));

  expect(other.action?.status).toBe('in_progress');
  expect(error.code).toBe('terminal_reader_hardware_fault');
});

test('mishaps are called off with everything that is armed for the reader', async () => {
  await using training = await openTraining();
  await fault(training, 'hardware_fault');
  await fault(training, 'reader_offline');
  await fault(training, 'reader_updating', { for_ms: '60000' });

  const path = `/v1/test_helpers/training/readers/${readerId}/faults`;
  await training.stripe.rawRequest('DELETE', path);

  expect((await promptFor(training)).reader.action?.status).toBe('in_progress');
});

test('a mishap that is none is refused with the list of those there are', async () => {
  await using training = await openTraining();

  const unknown = await rejection(fault(training, 'earthquake'));
  const incomplete = await rejection(fault(training, 'connection_error'));

  expect(unknown).toMatchObject({ statusCode: 400, param: 'kind' });
  expect(unknown.message).toContain('event_late (by_ms)');
  expect(incomplete.message).toContain('connection_error (authorized)');
});
