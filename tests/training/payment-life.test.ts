import { expect, test } from 'vitest';

import { connectedPage, failed, succeeded } from './support/page.ts';
import { collectCard, pay, rejection } from './support/pay.ts';
import { openTraining, readerId, saleParams } from './support/training.ts';

test('a card is collected, held and captured, and a read shows the money as received', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created, result } = await pay(training, page);
  const held = succeeded(result).paymentIntent;
  const captured = await training.stripe.paymentIntents.capture(created.id);
  const read = await training.stripe.paymentIntents.retrieve(created.id);

  expect(held.status).toBe('requires_capture');
  expect(held.amount_capturable).toBe(1200);
  expect(captured.status).toBe('succeeded');
  expect(read).toMatchObject({ amount_received: 1200, amount_capturable: 0, status: 'succeeded' });
});

test('the charge carries what a receipt must print and when the hold ends', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);

  const { latest_charge } = await training.stripe.paymentIntents.retrieve(created.id, {
    expand: ['latest_charge'],
  });

  const charge = latest_charge as Exclude<typeof latest_charge, string | null>;
  const details = charge.payment_method_details!.card_present!;
  expect(charge).toMatchObject({ captured: false, paid: true, status: 'succeeded' });
  expect(details).toMatchObject({
    brand: 'visa',
    last4: '4242',
    read_method: 'contactless_emv',
    reader: readerId,
    amount_authorized: 1200,
    capture_before: training.clock.nowSec + 5 * 24 * 60 * 60,
    generated_card: null,
  });
  expect(details.receipt).toMatchObject({
    application_preferred_name: 'Visa Credit',
    dedicated_file_name: 'A0000000031010',
    account_type: 'credit',
    cardholder_verification_method: 'approval',
  });
});

test('part of a hold can be captured once and the rest is released', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);

  const captured = await training.stripe.paymentIntents.capture(created.id, {
    amount_to_capture: 900,
    expand: ['latest_charge'],
  });
  const again = await rejection(training.stripe.paymentIntents.capture(created.id));

  expect(captured).toMatchObject({ status: 'succeeded', amount: 1200, amount_received: 900 });
  expect(captured.latest_charge).toMatchObject({ amount_captured: 900, amount_refunded: 300 });
  expect(again.code).toBe('payment_intent_unexpected_state');
});

test('more than the hold cannot be captured', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);

  const error = await rejection(
    training.stripe.paymentIntents.capture(created.id, { amount_to_capture: 1201 }),
  );

  expect(error).toMatchObject({ code: 'amount_too_large', statusCode: 400 });
});

test('automatic capture takes the money at once and settles it a moment later', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created } = await pay(training, page, 'visa', { capture_method: 'automatic_async' });
  const paid = await training.stripe.paymentIntents.retrieve(created.id, {
    expand: ['latest_charge'],
  });
  training.clock.advance(1000);
  const settled = await training.stripe.charges.list({ payment_intent: created.id });

  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1200 });
  expect(paid.latest_charge).toMatchObject({ captured: true, balance_transaction: null });
  expect(settled.data[0]!.balance_transaction).toMatch(/^txn_/);
});

test('a declined card sends the same PaymentIntent back, and another card can pay it', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created, result } = await pay(training, page, 'charge_declined_insufficient_funds');
  const declined = await training.stripe.paymentIntents.retrieve(created.id);
  const collected = await collectCard(training, page, declined);
  const second = succeeded(await page.terminal.processPayment(collected)).paymentIntent;

  const error = failed(result);
  expect(error).toMatchObject({ code: 'card_declined', decline_code: 'insufficient_funds' });
  expect(error.payment_intent).toMatchObject({
    id: created.id,
    status: 'requires_payment_method',
  });
  expect(declined.last_payment_error).toMatchObject({
    type: 'card_error',
    decline_code: 'insufficient_funds',
    charge: declined.latest_charge,
  });
  expect(second).toMatchObject({ id: created.id, status: 'requires_capture' });
});

test('an update wipes the last payment error', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page, 'charge_declined');

  const updated = await training.stripe.paymentIntents.update(created.id, {
    metadata: { note: 'asked for another card' },
  });

  expect(updated.last_payment_error).toBeNull();
  expect(updated.metadata).toEqual({ note: 'asked for another card' });
});

test('canceling a held PaymentIntent gives the hold back for good', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page);

  const canceled = await training.stripe.paymentIntents.cancel(created.id, {
    cancellation_reason: 'abandoned',
    expand: ['latest_charge'],
  });
  const capture = await rejection(training.stripe.paymentIntents.capture(created.id));
  const cancel = await rejection(training.stripe.paymentIntents.cancel(created.id));

  expect(canceled).toMatchObject({
    status: 'canceled',
    cancellation_reason: 'abandoned',
    canceled_at: training.clock.nowSec,
    amount_capturable: 0,
  });
  expect(canceled.latest_charge).toMatchObject({ refunded: true, amount_refunded: 1200 });
  expect(capture.code).toBe('payment_intent_unexpected_state');
  expect(cancel.payment_intent!.status).toBe('canceled');
});

test('a paid PaymentIntent keeps its amount but takes a new description', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { created } = await pay(training, page, 'visa', { capture_method: 'automatic' });

  const refusal = await rejection(
    training.stripe.paymentIntents.update(created.id, { amount: 1300 }),
  );
  const described = await training.stripe.paymentIntents.update(created.id, {
    description: 'Ten classes',
    receipt_email: 'ada@example.com',
  });

  expect(refusal.code).toBe('payment_intent_unexpected_state');
  expect(described).toMatchObject({ description: 'Ten classes', amount: 1200 });
  expect(described.receipt_email).toBe('ada@example.com');
});

test('a tapped card that needs a PIN leaves two charges, of which the last one counts', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const { created, result } = await pay(training, page, 'offline_pin_sca_retry');
  const charges = await training.stripe.charges.list({ payment_intent: created.id });

  const [last, first] = charges.data;
  expect(charges.data).toHaveLength(2);
  expect(first).toMatchObject({ status: 'failed', paid: false });
  expect(last).toMatchObject({
    status: 'succeeded',
    id: succeeded(result).paymentIntent.latest_charge,
  });
  expect(last!.payment_method_details!.card_present!.receipt).toMatchObject({
    cardholder_verification_method: 'offline_pin',
  });
});

test('the last two digits of the amount decide for a card that would be approved', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const outcomes: (string | undefined)[] = [];
  for (const amount of [1000, 1001, 1002, 1003, 1005, 1055, 1065, 1075, 1042]) {
    const { result } = await pay(training, page, 'visa', { amount });
    outcomes.push('error' in result ? result.error.decline_code : result.paymentIntent.status);
  }

  expect(outcomes).toEqual([
    'requires_capture',
    'call_issuer',
    'requires_capture',
    'requires_capture',
    'generic_decline',
    'incorrect_pin',
    'withdrawal_count_limit_exceeded',
    'pin_try_exceeded',
    'requires_capture',
  ]);
});

test('an Interac card is captured at once where manual capture is only preferred', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const preferred = {
    currency: 'cad',
    allowed_payment_method_types: ['card_present', 'interac_present'],
    capture_method: 'automatic',
    payment_method_options: { card_present: { capture_method: 'manual_preferred' } },
  } as const;

  const interac = await pay(training, page, 'interac', {
    ...preferred,
    allowed_payment_method_types: ['card_present', 'interac_present'],
  });
  const visa = await pay(training, page, 'visa', {
    ...preferred,
    allowed_payment_method_types: ['card_present', 'interac_present'],
  });
  const [charge] = (await training.stripe.charges.list({ payment_intent: interac.created.id }))
    .data;

  expect(succeeded(interac.result).paymentIntent.status).toBe('succeeded');
  expect(succeeded(visa.result).paymentIntent.status).toBe('requires_capture');
  expect(charge!.payment_method_details!.type).toBe('interac_present');
  expect(charge!.payment_method_details!.interac_present).not.toHaveProperty('capture_before');
});

test('a reusable card is left behind only when it was asked for and agreed to', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const customer = await training.stripe.customers.create({ email: 'ada@example.com' });
  const created = await training.stripe.paymentIntents.create(
    saleParams({ customer: customer.id, setup_future_usage: 'off_session' }),
  );

  const refused = failed(await page.terminal.collectPaymentMethod(created.client_secret!));
  const collected = await collectCard(training, page, created, 'mastercard', {
    allow_redisplay: 'always',
  });
  succeeded(await page.terminal.processPayment(collected));
  const [charge] = (await training.stripe.charges.list({ payment_intent: created.id })).data;
  const generated = charge!.payment_method_details!.card_present!.generated_card!;
  const saved = await training.stripe.paymentMethods.retrieve(generated);

  expect(refused.code).toBe('parameter_missing');
  expect(saved).toMatchObject({ type: 'card', customer: customer.id, allow_redisplay: 'always' });
  expect(saved.card!.generated_from!.charge).toBe(charge!.id);
});

test('nothing reusable is left of a card that only works in person', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(
    saleParams({ setup_future_usage: 'off_session' }),
  );

  const collected = await collectCard(training, page, created, 'girocard_debit', {
    allow_redisplay: 'limited',
  });
  succeeded(await page.terminal.processPayment(collected));

  const [charge] = (await training.stripe.charges.list({ payment_intent: created.id })).data;
  expect(charge!.payment_method_details!.card_present!.generated_card).toBeNull();
});
