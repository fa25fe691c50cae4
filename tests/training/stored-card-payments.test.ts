import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { testCards } from '../../main/training/model/test-cards.ts';
import { eventsOf, keepCard, payInPerson } from './support/cards-on-file.ts';
import { rejection } from './support/pay.ts';
import { present, process } from './support/server-driven.ts';
import { dayMs } from './support/test-clock.ts';
import { openTraining, type Training } from './support/training.ts';

interface Member {
  readonly customer: string;
  readonly payment_method: string;
}

async function memberWith(training: Training, card = 'visa'): Promise<Member> {
  const { id: customer } = await training.stripe.customers.create({});
  return { customer, payment_method: await keepCard(training, customer, card) };
}

/** A charge without the member, as a kiosk makes one, unless a test says otherwise. */
function charge(
  training: Training,
  member: Partial<Member>,
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return training.stripe.paymentIntents.create({
    amount: 4500,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
    off_session: true,
    confirm: true,
    ...member,
    ...more,
  });
}

test('a kept card is charged without its holder, in one call', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'mastercard');

  const paid = await charge(training, member, { metadata: { sale: 's1' } });
  const latest = await training.stripe.charges.retrieve(paid.latest_charge as string);

  expect(paid).toMatchObject({
    status: 'succeeded',
    amount_received: 4500,
    payment_method: member.payment_method,
    metadata: { sale: 's1' },
  });
  expect(latest).toMatchObject({
    status: 'succeeded',
    captured: true,
    customer: member.customer,
    payment_method_details: { type: 'card', card: { last4: '4444', brand: 'mastercard' } },
  });
  expect(await eventsOf(training, 'payment_intent.', 'charge.')).toEqual([
    'payment_intent.created',
    'charge.succeeded',
    'payment_intent.succeeded',
  ]);
});

test('a PaymentIntent made with a kept card waits for its confirm', async () => {
  await using training = await openTraining();
  const member = await memberWith(training);

  const created = await training.stripe.paymentIntents.create({
    ...member,
    amount: 4500,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
  });
  const paid = await training.stripe.paymentIntents.confirm(created.id, { off_session: true });

  expect(created).toMatchObject({
    status: 'requires_confirmation',
    payment_method: member.payment_method,
    latest_charge: null,
  });
  expect(paid.status).toBe('succeeded');
});

test('a manual charge of a kept card is held for a week and captured in part', async () => {
  await using training = await openTraining();
  const member = await memberWith(training);

  const held = await charge(training, member, { capture_method: 'manual' });
  const again = await charge(training, member, { capture_method: 'manual' });
  const latest = await training.stripe.charges.retrieve(held.latest_charge as string);
  const captured = await training.stripe.paymentIntents.capture(held.id, {
    amount_to_capture: 4000,
  });
  training.clock.advance(7 * dayMs);
  const expired = await training.stripe.paymentIntents.retrieve(again.id);

  expect(held).toMatchObject({ status: 'requires_capture', amount_capturable: 4500 });
  expect(latest.payment_method_details!.card!.capture_before).toBe(latest.created + 604_800);
  expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4000 });
  expect(expired).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
});

const declining = testCards.filter(({ keptDecline }) => keptDecline !== null);

test('every decline a kept card can meet has a card that meets it', () => {
  expect(declining.map(({ keptDecline }) => keptDecline?.declineCode)).toEqual([
    'generic_decline',
    'authentication_required',
    'card_velocity_exceeded',
    'insufficient_funds',
    'lost_card',
    'stolen_card',
    'expired_card',
    'incorrect_cvc',
    'processing_error',
    'do_not_honor',
    'fraudulent',
  ]);
});

test.each(declining.map(({ testPaymentMethod, keptDecline }) => [testPaymentMethod, keptDecline!]))(
  'the card %s pays in person, and is refused once it is kept',
  async (name, decline) => {
    await using training = await openTraining();
    const inPerson = await payInPerson(training, name);
    const member = await memberWith(training, name);

    const error = await rejection(charge(training, member));
    const read = await training.stripe.paymentIntents.retrieve(error.payment_intent!.id);
    const failed = await training.stripe.charges.retrieve(read.latest_charge as string);

    expect(inPerson.paymentIntent.status).toBe('requires_capture');
    expect(error).toMatchObject({
      statusCode: 402,
      type: 'StripeCardError',
      code: decline.code,
      decline_code: decline.declineCode,
      charge: failed.id,
    });
    expect(read).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: {
        decline_code: decline.declineCode,
        payment_method: { id: member.payment_method },
      },
    });
    expect(failed).toMatchObject({ status: 'failed', paid: false, failure_code: decline.code });
  },
);

test('after authentication_required the same sale is paid in person on the same PaymentIntent', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'kept_authentication_required');

  const error = await rejection(
    charge(training, member, {
      allowed_payment_method_types: ['card', 'card_present'],
      capture_method: 'manual',
    }),
  );
  const { id } = error.payment_intent!;
  await process(training, id);
  await present(training);
  const paid = await training.stripe.paymentIntents.retrieve(id);

  expect(error.code).toBe('authentication_required');
  expect(paid).toMatchObject({ status: 'requires_capture', last_payment_error: null });
});

test('with its holder there a card that needs authentication waits for it, and can be called off', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'kept_authentication_required');

  const waiting = await charge(training, member, { off_session: false });
  const canceled = await training.stripe.paymentIntents.cancel(waiting.id);

  expect(waiting).toMatchObject({
    status: 'requires_action',
    next_action: { type: 'use_stripe_sdk' },
    latest_charge: null,
  });
  expect(canceled.status).toBe('canceled');
  expect(await eventsOf(training, 'payment_intent.requires_action')).toHaveLength(1);
});

test('a declined PaymentIntent is confirmed with another card', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'kept_insufficient_funds');
  const other = await keepCard(training, member.customer, 'visa');

  const error = await rejection(charge(training, member));
  const paid = await training.stripe.paymentIntents.confirm(error.payment_intent!.id, {
    payment_method: other,
    off_session: true,
  });

  expect(paid).toMatchObject({ status: 'succeeded', payment_method: other });
});

test.each(['insufficient_funds', 'pickup_card', 'authentication_required'])(
  'the next charge of a card is refused with %s when that is armed, and the one after is not',
  async (code) => {
    await using training = await openTraining();
    const member = await memberWith(training);
    const path = `/v1/test_helpers/training/payment_methods/${member.payment_method}/next_decline`;
    await training.stripe.rawRequest('POST', path, { decline_code: code });

    const error = await rejection(charge(training, member));
    const paid = await charge(training, member);

    expect(error).toMatchObject({ statusCode: 402, decline_code: code });
    expect(paid.status).toBe('succeeded');
  },
);

test('an armed decline is called off, and one that Stripe does not know is refused', async () => {
  await using training = await openTraining();
  const member = await memberWith(training);
  const path = `/v1/test_helpers/training/payment_methods/${member.payment_method}/next_decline`;
  await training.stripe.rawRequest('POST', path, { decline_code: 'lost_card' });
  await fetch(`${training.url}${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${training.secretKey}` },
  });

  const unknown = await rejection(
    training.stripe.rawRequest('POST', path, { decline_code: 'bad_mood' }),
  );

  expect((await charge(training, member)).status).toBe('succeeded');
  expect(unknown).toMatchObject({ statusCode: 400, param: 'decline_code' });
});

test('a phone that was kept is charged off session only', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'wallet_visa');

  const refused = await rejection(charge(training, member, { off_session: false }));
  const { id } = await training.stripe.paymentIntents.create({
    ...member,
    amount: 4500,
    currency: 'usd',
    allowed_payment_method_types: ['card'],
  });
  const later = await rejection(training.stripe.paymentIntents.confirm(id));
  const paid = await training.stripe.paymentIntents.confirm(id, { off_session: true });
  const listed = await training.stripe.paymentIntents.list({ customer: member.customer });

  expect(refused).toMatchObject({ statusCode: 400, param: 'off_session' });
  expect(later).toMatchObject({ statusCode: 400, param: 'off_session' });
  expect(paid.status).toBe('succeeded');
  expect(listed.data).toHaveLength(1);
});

test('a card of another customer, of none named, detached or presented is refused and makes nothing', async () => {
  await using training = await openTraining();
  const ada = await memberWith(training);
  const bob = await memberWith(training);
  const gone = await keepCard(training, ada.customer, 'amex');
  await training.stripe.paymentMethods.detach(gone);
  const { paymentIntent } = await payInPerson(training, 'visa');
  const presented = paymentIntent.payment_method as string;

  const errors = [
    await rejection(charge(training, { ...ada, payment_method: bob.payment_method })),
    await rejection(charge(training, { payment_method: ada.payment_method })),
    await rejection(charge(training, { ...ada, payment_method: gone })),
    await rejection(charge(training, { ...ada, payment_method: presented })),
    await rejection(charge(training, { ...ada, payment_method: 'pm_none' })),
    await rejection(charge(training, { customer: ada.customer })),
  ];

  expect(errors.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400, 400, 400]);
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('The customer does not have a payment method with the ID'),
    expect.stringContaining('belongs to the Customer'),
    expect.stringContaining('It may not be used again'),
    expect.stringContaining('is not allowed for this PaymentIntent'),
    expect.stringContaining('No such PaymentMethod'),
    expect.stringContaining('missing a payment method'),
  ]);
  expect((await training.stripe.paymentIntents.list()).data).toHaveLength(1);
});

test('a card nobody has is charged once and then never again', async () => {
  await using training = await openTraining();
  const { charge: sale } = await payInPerson(
    training,
    'visa',
    { setup_future_usage: 'off_session' },
    { allow_redisplay: 'limited' },
  );
  const loose = {
    payment_method: sale.payment_method_details!.card_present!.generated_card as string,
  };

  const paid = await charge(training, loose);
  const again = await rejection(charge(training, loose));

  expect(paid.status).toBe('succeeded');
  expect(again.message).toContain('It may not be used again');
});

test.each(['succeeded', 'canceled', 'requires_capture'])(
  'a PaymentIntent that is %s takes no confirm',
  async (status) => {
    await using training = await openTraining();
    const member = await memberWith(training);
    const { id } = await charge(training, member, {
      capture_method: status === 'succeeded' ? 'automatic' : 'manual',
    });
    if (status === 'canceled') {
      await training.stripe.paymentIntents.cancel(id);
    }

    const confirmed = await rejection(
      training.stripe.paymentIntents.confirm(id, { payment_method: member.payment_method }),
    );

    expect(confirmed).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { id, status },
    });
  },
);

test('off_session is refused without confirm', async () => {
  await using training = await openTraining();
  const member = await memberWith(training);

  const error = await rejection(charge(training, member, { confirm: false }));

  expect(error).toMatchObject({ statusCode: 400, param: 'off_session' });
});

test('a decline under a key is answered again under it, and charges nothing twice', async () => {
  await using training = await openTraining();
  const member = await memberWith(training, 'kept_lost_card');
  const good = await memberWith(training);
  const send = (who: Member, idempotencyKey: string): Promise<Stripe.PaymentIntent> =>
    training.stripe.paymentIntents.create(
      {
        ...who,
        amount: 4500,
        currency: 'usd',
        allowed_payment_method_types: ['card'],
        off_session: true,
        confirm: true,
      },
      { idempotencyKey },
    );

  const first = await rejection(send(member, 'k1'));
  const second = await rejection(send(member, 'k1'));
  const paid = await send(good, 'k2');
  const replayed = await send(good, 'k2');

  expect(second.payment_intent!.id).toBe(first.payment_intent!.id);
  expect(replayed.id).toBe(paid.id);
  expect((await training.stripe.charges.list()).data).toHaveLength(2);
});

test.each([
  ['pm_card_visa', 'succeeded'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card'],
  ['pm_card_chargeDeclinedLostCard', 'lost_card'],
])('Stripe’s named test card %s ends with %s', async (payment_method, end) => {
  await using training = await openTraining();

  const outcome = await charge(training, { payment_method }).then(
    ({ status }) => status,
    (error: unknown) => (error as Stripe.errors.StripeCardError).decline_code,
  );

  expect(outcome).toBe(end);
});

test('Stripe’s card that is attached without trouble is declined when it is charged', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await training.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer,
  });

  const error = await rejection(charge(training, { customer, payment_method: id }));

  expect(error).toMatchObject({ statusCode: 402, decline_code: 'generic_decline' });
});
