import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { refundInPerson } from '../../main/training/model/moves/refund-in-person.ts';
import { eventsOf, payInPerson, testCard } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { openTraining, type Training } from './support/training.ts';

const minuteMs = 60_000;

async function paid(
  training: Training,
  card = 'visa',
  amount = 1200,
): Promise<{ readonly payment_intent: string; readonly charge: string }> {
  const { paymentIntent, charge } = await payInPerson(training, card, { amount });
  await training.stripe.paymentIntents.capture(paymentIntent.id);
  return { payment_intent: paymentIntent.id, charge: charge.id };
}

/** A payment with Interac, which is taken at once. */
async function paidByInterac(training: Training, amount = 1200): Promise<string> {
  const { charge } = await payInPerson(training, 'interac', {
    amount,
    currency: 'cad',
    allowed_payment_method_types: ['card_present', 'interac_present'],
    capture_method: 'automatic',
  });
  return charge.id;
}

function chargeOf(training: Training, id: string): Promise<Stripe.Charge> {
  return training.stripe.charges.retrieve(id);
}

test('a payment is refunded in full by its PaymentIntent, at once', async () => {
  await using training = await openTraining();
  const { payment_intent, charge } = await paid(training);

  const refund = await training.stripe.refunds.create({
    payment_intent,
    reason: 'requested_by_customer',
    metadata: { by: 'staff' },
  });

  expect(refund).toMatchObject({
    object: 'refund',
    status: 'succeeded',
    amount: 1200,
    currency: 'usd',
    charge,
    payment_intent,
    reason: 'requested_by_customer',
    metadata: { by: 'staff' },
  });
  expect(await chargeOf(training, charge)).toMatchObject({
    amount_refunded: 1200,
    refunded: true,
    status: 'succeeded',
  });
  expect((await training.stripe.paymentIntents.retrieve(payment_intent)).status).toBe('succeeded');
  expect(await eventsOf(training, 'refund.', 'charge.refunded')).toEqual([
    'refund.created',
    'charge.refunded',
  ]);
});

test('partial refunds add up to the payment and no further', async () => {
  await using training = await openTraining();
  const { payment_intent, charge } = await paid(training);

  await training.stripe.refunds.create({ charge, amount: 500 });
  const half = await chargeOf(training, charge);
  const tooMuch = await rejection(training.stripe.refunds.create({ charge, amount: 701 }));
  const rest = await training.stripe.refunds.create({ payment_intent });
  const again = await rejection(training.stripe.refunds.create({ payment_intent }));

  expect(half).toMatchObject({ amount_refunded: 500, refunded: false });
  expect(tooMuch).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount' });
  expect(rest.amount).toBe(700);
  expect(again).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' });
});

test('what a partial capture released is not refunded a second time', async () => {
  await using training = await openTraining();
  const { paymentIntent, charge } = await payInPerson(training, 'visa');
  await training.stripe.paymentIntents.capture(paymentIntent.id, { amount_to_capture: 800 });

  const refund = await training.stripe.refunds.create({ payment_intent: paymentIntent.id });

  expect(refund.amount).toBe(800);
  expect(await chargeOf(training, charge.id)).toMatchObject({
    amount_refunded: 1200,
    refunded: true,
  });
});

test('a hold is not refunded: its PaymentIntent has nothing to refund yet', async () => {
  await using training = await openTraining();
  const { paymentIntent, charge } = await payInPerson(training, 'visa');

  const errors = [
    await rejection(training.stripe.refunds.create({ payment_intent: paymentIntent.id })),
    await rejection(training.stripe.refunds.create({ charge: charge.id })),
  ];

  expect(errors).toMatchObject([
    { statusCode: 400, param: 'payment_intent' },
    { statusCode: 400, code: 'charge_not_refundable' },
  ]);
  expect((await training.stripe.refunds.list()).data).toEqual([]);
});

test('a declined payment is not refunded', async () => {
  await using training = await openTraining();
  const { charge } = await payInPerson(training, 'charge_declined');

  const error = await rejection(training.stripe.refunds.create({ charge: charge.id }));

  expect(error).toMatchObject({ statusCode: 400, code: 'charge_not_refundable' });
});

test.each<[object, string | undefined]>([
  [{}, 'parameter_missing'],
  [{ charge: 'ch_none' }, 'resource_missing'],
  [{ payment_intent: 'pi_none' }, 'resource_missing'],
  [{ charge: 'ch_1', payment_intent: 'pi_1' }, 'parameter_missing'],
  [{ charge: 'ch_1', amount: 0 }, 'parameter_invalid_integer'],
  [{ charge: 'ch_1', reason: 'bad_mood' }, undefined],
  [{ charge: 'ch_1', reverse_transfer: true }, 'not_modelled_in_training'],
])('a refund with %j is refused', async (params, code) => {
  await using training = await openTraining();

  const error = await rejection(training.stripe.refunds.create(params));

  expect(error.statusCode).toBe(400);
  expect(error.code).toBe(code);
});

test('a refund that is called succeeded fails later, and the charge has its money again', async () => {
  await using training = await openTraining();
  const { charge } = await paid(training, 'refund_fail');

  const refund = await training.stripe.refunds.create({ charge, amount: 500 });
  training.clock.advance(minuteMs - 1);
  const before = await training.stripe.refunds.retrieve(refund.id);
  training.clock.advance(1);
  const after = await training.stripe.refunds.retrieve(refund.id);

  expect([refund.status, before.status]).toEqual(['succeeded', 'succeeded']);
  expect(after).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
  expect(await chargeOf(training, charge)).toMatchObject({ amount_refunded: 0, refunded: false });
  expect(await eventsOf(training, 'refund.', 'charge.refund')).toEqual([
    'refund.created',
    'charge.refunded',
    'refund.updated',
    'refund.failed',
    'charge.refund.updated',
  ]);
});

test('after a failed refund the same money can be refunded again', async () => {
  await using training = await openTraining();
  const { charge } = await paid(training, 'refund_fail');
  await training.stripe.refunds.create({ charge });
  training.clock.advance(minuteMs);

  const again = await training.stripe.refunds.create({ charge });

  expect(again).toMatchObject({ status: 'succeeded', amount: 1200 });
});

test('a pending refund counts on the charge at once and succeeds later', async () => {
  await using training = await openTraining({ account: { refundTurnsAfterMs: 5000 } });
  const { charge } = await paid(training, 'refund_pending');

  const refund = await training.stripe.refunds.create({ charge });
  const counted = await chargeOf(training, charge);
  training.clock.advance(5000);
  const settled = await training.stripe.refunds.retrieve(refund.id);

  expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' });
  expect(counted).toMatchObject({ amount_refunded: 1200, refunded: true });
  expect(settled.status).toBe('succeeded');
  expect(settled).not.toHaveProperty('pending_reason');
  expect(await eventsOf(training, 'refund.')).toEqual(['refund.created', 'refund.updated']);
});

test('refunds are listed by charge, by PaymentIntent and by time, and shown on the charge', async () => {
  await using training = await openTraining();
  const first = await paid(training);
  const second = await paid(training);
  const { id: one } = await training.stripe.refunds.create({ charge: first.charge, amount: 100 });
  training.clock.advance(5000);
  const two = await training.stripe.refunds.create({ charge: first.charge, amount: 200 });
  const { id: three } = await training.stripe.refunds.create({ charge: second.charge });

  const ids = async (params: Stripe.RefundListParams): Promise<string[]> =>
    (await training.stripe.refunds.list(params)).data.map(({ id }) => id);
  const shown = await training.stripe.charges.retrieve(first.charge, { expand: ['refunds'] });
  const throughIntent = await training.stripe.paymentIntents.retrieve(second.payment_intent, {
    expand: ['latest_charge.refunds'],
  });

  expect(await ids({ charge: first.charge })).toEqual([two.id, one]);
  expect(await ids({ payment_intent: second.payment_intent })).toEqual([three]);
  expect(await ids({ created: { gte: two.created } })).toEqual([three, two.id]);
  expect(await ids({ limit: 1, starting_after: three })).toEqual([two.id]);
  expect(shown.refunds!.data.map(({ id }) => id)).toEqual([two.id, one]);
  expect(throughIntent.latest_charge).toMatchObject({ refunds: { data: [{ id: three }] } });
});

test('a refund’s metadata is changed, and a card’s refund is never canceled', async () => {
  await using training = await openTraining();
  const { charge } = await paid(training);
  const { id } = await training.stripe.refunds.create({ charge, metadata: { by: 'staff' } });

  const updated = await training.stripe.refunds.update(id, { metadata: { note: 'x' } });
  const canceled = await rejection(training.stripe.refunds.cancel(id));
  const missing = await rejection(training.stripe.refunds.retrieve('re_none'));

  expect(updated.metadata).toEqual({ by: 'staff', note: 'x' });
  expect(canceled.statusCode).toBe(400);
  expect(missing).toMatchObject({ statusCode: 404, code: 'resource_missing' });
});

test('a refund sent twice under one key is made once', async () => {
  await using training = await openTraining();
  const { charge } = await paid(training);
  const key = { idempotencyKey: 'refund-1' };

  const first = await training.stripe.refunds.create({ charge, amount: 300 }, key);
  const second = await training.stripe.refunds.create({ charge, amount: 300 }, key);

  expect(second.id).toBe(first.id);
  expect((await chargeOf(training, charge)).amount_refunded).toBe(300);
});

test('an Interac payment is refunded in person only, to the card it was made with', async () => {
  await using training = await openTraining();
  const charge = await paidByInterac(training);
  const { ledger } = training.model;

  const overRest = await rejection(training.stripe.refunds.create({ charge }));
  expect(() => refundInPerson(ledger, charge, undefined, testCard('visa'), undefined)).toThrow(
    'not the one that was used',
  );
  const refunded = refundInPerson(ledger, charge, 500, testCard('interac'), undefined);
  const read = await training.stripe.refunds.list({ charge });

  expect(overRest).toMatchObject({ statusCode: 400, code: 'charge_not_refundable' });
  expect(refunded).toMatchObject({ kind: 'refunded', refund: { amount: 500 } });
  expect(read.data).toHaveLength(1);
  expect((await chargeOf(training, charge)).amount_refunded).toBe(500);
});

test.each([101, 105, 155, 165, 175])(
  'an Interac card refuses a partial refund of %i',
  async (amount) => {
    await using training = await openTraining();
    const charge = await paidByInterac(training);

    const refused = refundInPerson(
      training.model.ledger,
      charge,
      amount,
      testCard('interac'),
      undefined,
    );

    expect(refused).toMatchObject({ kind: 'declined', refusal: { type: 'card_error', charge } });
    expect((await chargeOf(training, charge)).amount_refunded).toBe(0);
  },
);

test('a card that is no Interac card is not refunded in person', async () => {
  await using training = await openTraining();
  const { charge } = await paid(training);

  expect(() =>
    refundInPerson(training.model.ledger, charge, undefined, testCard('visa'), undefined),
  ).toThrow('Only Interac charges are refunded in person');
});
