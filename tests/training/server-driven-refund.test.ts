import { expect, test } from 'vitest';

import { givenBack, paidByInterac, paidInCanada, processRefund } from './support/interac.ts';
import { rejection } from './support/pay.ts';
import { actionOf, eventTypes, fault, present } from './support/server-driven.ts';
import { openTraining, readerId } from './support/training.ts';

test('a prompt for a refund shows what was asked for and gives nothing back yet', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);

  const { action } = await processRefund(training, {
    charge,
    amount: 700,
    metadata: { reason: 'class canceled' },
    refund_payment_config: { enable_customer_cancellation: true },
  });

  expect(action).toEqual({
    type: 'refund_payment',
    status: 'in_progress',
    failure_code: null,
    failure_message: null,
    api_error: null,
    refund_payment: {
      charge,
      amount: 700,
      metadata: { reason: 'class canceled' },
      refund_payment_config: { enable_customer_cancellation: true },
    },
  });
  expect(await givenBack(training, charge)).toBe(0);
});

test('without an amount all that is left is given back, and the PaymentIntent names its charge', async () => {
  await using training = await openTraining();
  const { charge, paymentIntent } = await paidByInterac(training);
  await processRefund(training, { charge, amount: 700 });
  await present(training);

  const { action } = await processRefund(training, { payment_intent: paymentIntent });
  await present(training);

  expect(action?.refund_payment).toEqual({ payment_intent: paymentIntent, amount: 1800 });
  expect(await givenBack(training, charge)).toBe(2500);
});

test('the card that paid ends the action with a Refund that carries the metadata', async () => {
  await using training = await openTraining();
  const { charge, paymentIntent } = await paidByInterac(training);
  await processRefund(training, { charge, amount: 700, metadata: { approval: 'appr_1' } });

  const { action } = await present(training);

  const { data } = await training.stripe.refunds.list({ charge });
  expect(action).toMatchObject({ type: 'refund_payment', status: 'succeeded' });
  expect(action?.refund_payment?.refund).toBe(data[0]?.id);
  expect(data).toMatchObject([
    {
      amount: 700,
      currency: 'cad',
      charge,
      payment_intent: paymentIntent,
      status: 'succeeded',
      metadata: { approval: 'appr_1' },
    },
  ]);
  expect(await givenBack(training, charge)).toBe(700);
  expect(await eventTypes(training)).toEqual(['action_succeeded', 'action_succeeded']);
});

test.each([
  ['another Interac card', '4506990000000095'],
  ['a card of another network', '4242424242424242'],
])('%s than the one that paid gets nothing', async (_, number) => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  await processRefund(training, { charge });
  const type = number.startsWith('4506') ? 'interac_present' : 'card_present';

  const { action } = await present(training, { type, [type]: { number } });

  expect(action).toMatchObject({
    status: 'failed',
    failure_code: 'incorrect_card',
    api_error: { type: 'invalid_request_error' },
  });
  expect(action?.refund_payment).not.toHaveProperty('refund');
  expect(await givenBack(training, charge)).toBe(0);
});

test('after another card the right one can be asked for again', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  await processRefund(training, { charge });
  await present(training, { type: 'card_present' });
  await processRefund(training, { charge });

  await present(training);

  expect(await givenBack(training, charge)).toBe(2500);
});

test('a partial refund whose ending says so is declined by the bank', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  await processRefund(training, { charge, amount: 705 });

  const { action } = await present(training);

  expect(action).toMatchObject({
    status: 'failed',
    failure_code: 'card_declined',
    api_error: { type: 'card_error', decline_code: 'generic_decline' },
  });
  expect(await givenBack(training, charge)).toBe(0);
});

test('a card that is not Interac is refunded through the API, not on a reader', async () => {
  await using training = await openTraining();
  const { charge, paymentIntent } = await paidInCanada(training, { type: 'card_present' });

  const errors = [
    await rejection(processRefund(training, { charge })),
    await rejection(processRefund(training, { payment_intent: paymentIntent })),
  ];

  expect(errors.map(({ code }) => code)).toEqual([
    'charge_not_refundable',
    'charge_not_refundable',
  ]);
  expect(await actionOf(training)).toMatchObject({ type: 'process_payment_intent' });
});

test('more than is left of a charge is not asked for', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  const tooMuch = await rejection(processRefund(training, { charge, amount: 2501 }));
  await processRefund(training, { charge });
  await present(training);

  const nothingLeft = await rejection(processRefund(training, { charge, amount: 1 }));

  expect([tooMuch.code, nothingLeft.code]).toEqual(['amount_too_large', 'charge_already_refunded']);
});

test('a refund names a charge or a PaymentIntent that has one, and only one of them', async () => {
  await using training = await openTraining();
  const { charge, paymentIntent } = await paidByInterac(training);
  const { id: unpaid } = await training.stripe.paymentIntents.create({
    amount: 2500,
    currency: 'cad',
  });

  const errors = [
    await rejection(processRefund(training, {})),
    await rejection(processRefund(training, { charge, payment_intent: paymentIntent })),
    await rejection(processRefund(training, { payment_intent: unpaid })),
    await rejection(processRefund(training, { charge: 'ch_none' })),
    await rejection(processRefund(training, { charge, amount: 0 })),
  ];

  expect(errors.map(({ code, param }) => [code, param])).toEqual([
    ['parameter_missing', undefined],
    ['parameters_exclusive', undefined],
    [undefined, 'payment_intent'],
    ['resource_missing', 'charge'],
    ['parameter_invalid_integer', 'amount'],
  ]);
});

test('a charge that was given back under the prompt is not given back twice', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  const other = 'tmr_back';
  await training.stripe.terminal.readers.refundPayment(other, { charge });
  await processRefund(training, { charge });
  await present(training);

  const reader = await training.stripe.testHelpers.terminal.readers.presentPaymentMethod(other);

  expect(reader.action).toMatchObject({
    status: 'failed',
    failure_code: 'charge_already_refunded',
  });
  expect(await givenBack(training, charge)).toBe(2500);
});

test('while money goes back the reader is busy', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  await processRefund(training, { charge });
  training.readers.arm({ kind: 'slow_authorization', extraMs: 1000 });
  await present(training);

  const error = await rejection(training.stripe.terminal.readers.cancelAction(readerId));

  expect(error.code).toBe('terminal_reader_busy');
});

test.each([
  ['gave nothing back', 'false', 0],
  ['has given it back', 'true', 2500],
])(
  'after a connection error the charge alone says whether Stripe %s',
  async (_, authorized, amount) => {
    await using training = await openTraining();
    const { charge } = await paidByInterac(training);
    await processRefund(training, { charge });
    await fault(training, 'connection_error', { authorized });

    const { action } = await present(training);

    expect(action).toMatchObject({ status: 'failed', failure_code: 'connection_error' });
    expect(await givenBack(training, charge)).toBe(amount);
  },
);

test('a card that is shown by itself for a refund is the one that paid', async () => {
  await using training = await openTraining();
  const { charge } = await paidByInterac(training);
  training.readers.setAutoPresent({ testPaymentMethod: 'visa', afterMs: 1500 });
  await processRefund(training, { charge });

  training.clock.advance(1500);

  expect(await givenBack(training, charge)).toBe(2500);
});
