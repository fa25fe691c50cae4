import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { rejection } from './support/pay.ts';
import {
  actionOf,
  eventTypes,
  present,
  process,
  promptFor,
  readerEvents,
  slowly,
  statusOf,
} from './support/server-driven.ts';
import { openTraining, otherReaderId, readerId, saleParams } from './support/training.ts';

test('a prompt answers with the action in progress and leaves the PaymentIntent as it was', async () => {
  await using training = await openTraining();

  const { id, reader } = await promptFor(training, {}, { enable_customer_cancellation: true });

  expect(reader.action).toEqual({
    type: 'process_payment_intent',
    status: 'in_progress',
    failure_code: null,
    failure_message: null,
    api_error: null,
    process_payment_intent: {
      payment_intent: id,
      process_config: { enable_customer_cancellation: true },
    },
  });
  expect(await statusOf(training, id)).toBe('requires_payment_method');
  expect(await readerEvents(training)).toEqual([]);
});

test('without a config none is shown', async () => {
  await using training = await openTraining();
  const { id } = await training.stripe.paymentIntents.create(saleParams());

  const reader = await training.stripe.terminal.readers.processPaymentIntent(readerId, {
    payment_intent: id,
  });

  expect(reader.action?.process_payment_intent).toEqual({ payment_intent: id });
});

test('an approved card holds the amount, ends the action and tells of it once', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);

  const reader = await present(training);

  const paid = await training.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  const charge = paid.latest_charge as Stripe.Charge;
  const events = await readerEvents(training);
  expect(reader.action).toMatchObject({ status: 'succeeded', failure_code: null });
  expect(paid).toMatchObject({ status: 'requires_capture', amount_capturable: 1200 });
  expect(charge.payment_method_details?.card_present).toMatchObject({ reader: readerId });
  expect(events.map(({ type }) => type)).toEqual(['terminal.reader.action_succeeded']);
  expect(events[0]!.data.object).toEqual(reader);
});

test('a declined card fails the action with what the bank said, and the same PaymentIntent can go again', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);

  const declined = await present(training, {
    type: 'card_present',
    card_present: { number: '4000000000009995' },
  });
  const after = await training.stripe.paymentIntents.retrieve(id);
  await process(training, id);
  await present(training);

  expect(declined.action).toMatchObject({
    status: 'failed',
    failure_code: 'card_declined',
    failure_message: 'Your card has insufficient funds.',
    api_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' },
  });
  expect(declined.action?.api_error).toHaveProperty('charge', after.latest_charge);
  expect(after.status).toBe('requires_payment_method');
  expect(await statusOf(training, id)).toBe('requires_capture');
  expect(await eventTypes(training)).toEqual(['action_failed', 'action_succeeded']);
});

test('the ending of the amount decides as on the SDK’s reader', async () => {
  await using training = await openTraining();
  await promptFor(training, { amount: 1205 });

  const reader = await present(training);

  expect(reader.action?.api_error).toMatchObject({ decline_code: 'generic_decline' });
});

test('the PaymentIntent moves when the bank answers, and the action ends after that', async () => {
  await using training = await openTraining({ timings: slowly });
  const { id } = await promptFor(training);
  await present(training);

  training.clock.advance(1099);
  const before = [await statusOf(training, id), (await actionOf(training))?.status];
  training.clock.advance(1);
  const answered = [await statusOf(training, id), (await actionOf(training))?.status];
  training.clock.advance(50);
  const ended = [await statusOf(training, id), (await actionOf(training))?.status];

  expect(before).toEqual(['requires_payment_method', 'in_progress']);
  expect(answered).toEqual(['requires_capture', 'in_progress']);
  expect(ended).toEqual(['requires_capture', 'succeeded']);
});

test.each([
  ['before it is read', 0],
  ['while the bank is asked', 600],
  ['when the bank has answered and the reader has not', 1120],
])('every command is refused as busy with a card %s', async (_, ms) => {
  await using training = await openTraining({ timings: slowly });
  const { readers } = training.stripe.terminal;
  const { id } = await promptFor(training);
  const other = await training.stripe.paymentIntents.create(saleParams());
  await present(training);
  training.clock.advance(ms);

  const refusals = [
    await rejection(readers.processPaymentIntent(readerId, { payment_intent: other.id })),
    await rejection(readers.collectPaymentMethod(readerId, { payment_intent: other.id })),
    await rejection(readers.cancelAction(readerId)),
    await rejection(readers.del(readerId)),
    await rejection(
      readers.setReaderDisplay(readerId, {
        type: 'cart',
        cart: {
          currency: 'usd',
          total: 100,
          line_items: [{ description: 'Mat', amount: 100, quantity: 1 }],
        },
      }),
    ),
  ];

  expect(refusals.map(({ code, statusCode }) => [code, statusCode])).toEqual(
    refusals.map(() => ['terminal_reader_busy', 400]),
  );
  training.clock.advance(2000);
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('a prompt that waits is replaced without a word by the next call', async () => {
  await using training = await openTraining();
  const { id: first } = await promptFor(training);
  const { id: second, reader } = await promptFor(training, { amount: 700 });

  await present(training);

  expect(reader.action).toMatchObject({ process_payment_intent: { payment_intent: second } });
  expect(await statusOf(training, first)).toBe('requires_payment_method');
  expect(await statusOf(training, second)).toBe('requires_capture');
  expect(await eventTypes(training)).toEqual(['action_succeeded']);
});

test('a cart replaces a prompt, and no event tells of it', async () => {
  await using training = await openTraining();
  await promptFor(training);

  const reader = await training.stripe.terminal.readers.setReaderDisplay(readerId, {
    type: 'cart',
    cart: {
      currency: 'usd',
      line_items: [{ description: 'Yoga', amount: 1200, quantity: 1 }],
      tax: 100,
      total: 1300,
    },
  });

  expect(reader.action).toMatchObject({
    type: 'set_reader_display',
    set_reader_display: {
      type: 'cart',
      cart: {
        currency: 'usd',
        line_items: [{ description: 'Yoga', amount: 1200, quantity: 1 }],
        tax: 100,
        total: 1300,
      },
    },
  });
  expect(await readerEvents(training)).toEqual([]);
  expect((await rejection(present(training))).statusCode).toBe(400);
});

test('cancel_action takes the prompt away, says action null, and no event tells of it', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);

  const reader = await training.stripe.terminal.readers.cancelAction(readerId);

  expect(reader).toMatchObject({ object: 'terminal.reader', action: null });
  expect((await rejection(present(training))).statusCode).toBe(400);
  expect(await statusOf(training, id)).toBe('requires_payment_method');
  expect(await readerEvents(training)).toEqual([]);
});

test.each(['processPaymentIntent', 'collectPaymentMethod'] as const)(
  '%s of a PaymentIntent that is paid is refused as intent_invalid_state',
  async (method) => {
    await using training = await openTraining();
    const { id } = await promptFor(training);
    await present(training);

    const error = await rejection(
      training.stripe.terminal.readers[method](readerId, { payment_intent: id }),
    );

    expect(error).toMatchObject({
      statusCode: 400,
      code: 'intent_invalid_state',
      message:
        'Payment intent must be in the requires_payment_method state to be processed by a reader.',
    });
  },
);

test('a PaymentIntent that was canceled under a prompt fails the action when the card comes', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  await training.stripe.paymentIntents.cancel(id);

  const reader = await present(training);

  expect(reader.action).toMatchObject({
    status: 'failed',
    failure_code: 'payment_intent_unexpected_state',
    api_error: { type: 'invalid_request_error' },
  });
  expect(await statusOf(training, id)).toBe('canceled');
});

test('automatic capture is paid at once', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training, { capture_method: 'automatic' });

  await present(training);

  expect(await training.stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: 'succeeded',
    amount_received: 1200,
  });
});

test('a tip chosen on the reader is added, unless tipping is skipped', async () => {
  await using training = await openTraining();
  const tipped = await promptFor(training);
  await present(training, { amount_tip: 300 });
  const skipped = await promptFor(training, {}, { skip_tipping: true });
  await present(training, { amount_tip: 300 });

  const first = await training.stripe.paymentIntents.retrieve(tipped.id);
  const second = await training.stripe.paymentIntents.retrieve(skipped.id);

  expect(first).toMatchObject({
    amount_capturable: 1500,
    amount_details: { tip: { amount: 300 } },
  });
  expect(second.amount_capturable).toBe(1200);
});

test('an updated amount is what the next prompt takes', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);
  await training.stripe.paymentIntents.update(id, { amount: 1500 });
  await process(training, id);

  await present(training);

  expect((await training.stripe.paymentIntents.retrieve(id)).amount_capturable).toBe(1500);
});

test('two readers prompt apart from each other', async () => {
  await using training = await openTraining();
  const { id } = await promptFor(training);

  const other = await training.stripe.terminal.readers.retrieve(otherReaderId);
  await training.stripe.terminal.readers.cancelAction(otherReaderId);
  await present(training);

  expect(other).toMatchObject({ action: null });
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('a card that is shown by itself pays a server-driven prompt too', async () => {
  await using training = await openTraining({
    timings: slowly,
    autoPresent: { testPaymentMethod: 'mastercard', afterMs: 1500 },
  });
  const { id } = await promptFor(training);

  training.clock.advance(1499);
  const waiting = await training.stripe.terminal.readers.cancelAction(readerId);
  await process(training, id);
  training.clock.advance(1500);
  training.clock.advance(2000);

  expect(waiting).toMatchObject({ action: null });
  expect(await statusOf(training, id)).toBe('requires_capture');
  expect((await actionOf(training))?.status).toBe('succeeded');
});

test('a trainer’s hand presents to a prompt, and is told why a card is not taken', async () => {
  await using training = await openTraining();
  const nothing = training.readers.present(readerId, 'visa');
  const { id } = await promptFor(training);

  const unknown = training.readers.present(readerId, 'library');
  const wrong = training.readers.present(readerId, 'interac');
  const taken = training.readers.present(readerId, 'visa');

  expect([nothing, unknown, wrong, taken]).toEqual([
    { kind: 'refused', why: 'reader_not_asking' },
    { kind: 'refused', why: 'unknown_card' },
    { kind: 'refused', why: 'card_not_accepted' },
    { kind: 'presented' },
  ]);
  expect(await statusOf(training, id)).toBe('requires_capture');
});

test('what a reader’s screen shows is told as it changes, without anybody asking', async () => {
  await using training = await openTraining({ timings: slowly });
  const screens: string[] = [];
  training.readers.onEvent((event) => {
    if (event.type === 'reader_screen' && event.sessionId === null) {
      screens.push(`${event.readerId} ${event.screen}`);
    }
  });
  await promptFor(training);
  await present(training);

  for (const ms of [100, 1000, 50]) {
    training.clock.advance(ms);
    await Promise.resolve();
    await Promise.resolve();
  }

  expect(screens).toEqual(
    ['present_card', 'reading', 'authorizing', 'approved', 'splash'].map(
      (screen) => `${readerId} ${screen}`,
    ),
  );
});
