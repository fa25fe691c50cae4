import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import {
  actionOf,
  eventTypes,
  fault,
  present,
  process,
  readerEvents,
  slowly,
  statusOf,
} from './support/server-driven.ts';
import {
  openTraining,
  otherReaderId,
  readerId,
  saleParams,
  type Training,
} from './support/training.ts';

/** A PaymentIntent whose card the front reader has read. */
async function collected(
  training: Training,
  card: Parameters<typeof present>[1] = {},
): Promise<{ id: string; reader: Stripe.Terminal.Reader }> {
  const { id } = await training.stripe.paymentIntents.create(saleParams());
  await training.stripe.terminal.readers.collectPaymentMethod(readerId, {
    payment_intent: id,
    collect_config: { skip_tipping: true, allow_redisplay: 'always' },
  });
  return { id, reader: await present(training, card) };
}

function confirm(
  training: Training,
  id: string,
  reader = readerId,
): Promise<Stripe.Terminal.Reader> {
  return training.stripe.terminal.readers.confirmPaymentIntent(reader, { payment_intent: id });
}

test('a collected card is shown in the action and moves the PaymentIntent to requires_confirmation', async () => {
  await using training = await openTraining();

  const { id, reader } = await collected(training, {
    card_present: { number: '5200828282828210' },
  });

  const paymentIntent = await training.stripe.paymentIntents.retrieve(id);
  const collecting = reader.action?.collect_payment_method;
  expect(reader.action).toMatchObject({ type: 'collect_payment_method', failure_code: null });
  expect(collecting).toMatchObject({
    payment_intent: id,
    collect_config: { skip_tipping: true },
    payment_method: {
      object: 'payment_method',
      type: 'card_present',
      card_present: { brand: 'mastercard', funding: 'debit', last4: '8210', country: 'US' },
    },
  });
  expect(paymentIntent).toMatchObject({
    status: 'requires_confirmation',
    payment_method: collecting?.payment_method?.id,
    latest_charge: null,
  });
  expect(await eventTypes(training)).toEqual(['action_updated']);
});

test('before the card the action has no payment_method', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());

  const reader = await training.stripe.terminal.readers.collectPaymentMethod(readerId, {
    payment_intent: id,
  });

  expect(reader.action).toMatchObject({ type: 'collect_payment_method', status: 'in_progress' });
  expect(reader.action?.collect_payment_method).toEqual({ payment_intent: id });
  expect(await statusOf(training, id)).toBe('requires_payment_method');
});

test('a confirm takes its moment, then holds the amount and tells of it', async () => {
  await using training = await openTraining({ timings: slowly });
  const { id } = await collected(training);
  training.clock.advance(100);

  const confirming = await confirm(training, id);
  const busy = await rejection(training.stripe.terminal.readers.cancelAction(readerId));
  training.clock.advance(1050);
  const action = await actionOf(training);

  expect(confirming.action).toMatchObject({
    type: 'confirm_payment_intent',
    status: 'in_progress',
    confirm_payment_intent: { payment_intent: id },
  });
  expect(busy.code).toBe('terminal_reader_busy');
  expect(action).toMatchObject({ type: 'confirm_payment_intent', status: 'succeeded' });
  expect(await statusOf(training, id)).toBe('requires_capture');
  expect(await eventTypes(training)).toEqual(['action_updated', 'action_succeeded']);
});

test('a declined confirm sends the PaymentIntent back for another card', async () => {
  await using training = await openTraining();
  const { id } = await collected(training, { card_present: { number: '4000000000000002' } });

  const declined = await confirm(training, id);
  const status = await statusOf(training, id);
  await process(training, id);
  await present(training);

  expect(declined.action).toMatchObject({ status: 'failed', failure_code: 'card_declined' });
  expect(status).toBe('requires_payment_method');
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('a confirm before any card is refused', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());

  expect(await rejection(confirm(training, id))).toMatchObject({
    statusCode: 400,
    code: 'intent_invalid_state',
  });
});

test('a card that one reader collected is not confirmed by another', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);

  const error = await rejection(confirm(training, id, otherReaderId));

  expect(error).toMatchObject({ statusCode: 400, param: 'payment_intent' });
  expect(await statusOf(training, id)).toBe('requires_confirmation');
});

test.each([
  [29_999, 'requires_capture'],
  [30_000, 'requires_payment_method'],
])('a confirm %i ms after the card leaves the PaymentIntent %s', async (ms, status) => {
  await using training = await openTraining();
  const { id } = await collected(training);

  training.clock.advance(ms);
  await Promise.allSettled([confirm(training, id)]);

  expect(await statusOf(training, id)).toBe(status);
});

test('a confirm that comes too late is refused as for a PaymentIntent without a card', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);

  training.clock.advance(30_000);

  expect((await rejection(confirm(training, id))).code).toBe('intent_invalid_state');
});

test('a card that was let go fails the action, and the same PaymentIntent can be prompted for again', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);
  training.clock.advance(30_000);

  const action = await actionOf(training);
  await process(training, id);
  await present(training);

  expect(action).toMatchObject({ type: 'collect_payment_method', status: 'failed' });
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test.each(['canceled', 'replaced'])(
  'a collected card that is %s leaves its PaymentIntent ready for another',
  async (how) => {
    await using training = await openTraining();
    const { id } = await collected(training);
    const other = await training.stripe.paymentIntents.create(saleParams());

    await (how === 'canceled'
      ? training.stripe.terminal.readers.cancelAction(readerId)
      : process(training, other.id));

    expect(await training.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
    });
  },
);

test('a process of a PaymentIntent that waits for its confirm is refused', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);

  expect((await rejection(process(training, id))).code).toBe('intent_invalid_state');
});

test('a confirm that never reached Stripe can be sent again while the reader has the card', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);
  await fault(training, 'connection_error', { authorized: 'false' });

  const lost = await confirm(training, id);
  const between = await statusOf(training, id);
  const again = await confirm(training, id);

  expect(lost.action).toMatchObject({ status: 'failed', failure_code: 'connection_error' });
  expect(between).toBe('requires_confirmation');
  expect(again.action?.status).toBe('succeeded');
});

test('a PaymentIntent canceled between card and confirm is not brought back', async () => {
  await using training = await openTraining();
  const { id } = await collected(training);
  await training.stripe.paymentIntents.cancel(id);

  const error = await rejection(confirm(training, id));
  await training.stripe.terminal.readers.cancelAction(readerId);

  expect(error.code).toBe('intent_invalid_state');
  expect(await statusOf(training, id)).toBe('canceled');
});

test('the event of a collected card carries the Reader with it', async () => {
  await using training = await openTraining();

  const { reader } = await collected(training);

  const [event] = await readerEvents(training);
  expect(event).toMatchObject({
    type: 'terminal.reader.action_updated',
    request: { id: null },
    data: { object: { id: readerId, object: 'terminal.reader' } },
  });
  expect(event!.data.object).toEqual(reader);
});
