import { expect, test } from 'vitest';

import { confirmWith, createSetup, eventsOf, payInPerson } from './support/cards-on-file.ts';
import { openTraining } from './support/training.ts';

const keep = { setup_future_usage: 'off_session' } as const;

test('the card is there and the customer’s while the payment is still held', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});

  const { paymentIntent, charge } = await payInPerson(
    training,
    'visa',
    { ...keep, customer },
    { allow_redisplay: 'always' },
  );
  const { data } = await training.stripe.customers.listPaymentMethods(customer);

  expect(paymentIntent.status).toBe('requires_capture');
  expect(data).toMatchObject([
    {
      id: charge.payment_method_details!.card_present!.generated_card,
      allow_redisplay: 'always',
      card: { generated_from: { charge: charge.id, setup_attempt: null } },
    },
  ]);
  expect(await eventsOf(training, 'payment_method.')).toEqual(['payment_method.attached']);
});

test('a declined payment leaves no card behind', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});

  const { charge } = await payInPerson(
    training,
    'charge_declined',
    { ...keep, customer },
    { allow_redisplay: 'limited' },
  );

  expect(charge.payment_method_details!.card_present!.generated_card).toBeNull();
  expect((await training.stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
});

test.each([
  ['generated_limited', 'wallet_visa', 'apple_pay', true],
  ['generated_limited', 'wallet_mastercard', 'google_pay', true],
  ['none', 'wallet_visa', 'apple_pay', false],
] as const)(
  'with wallets %s the phone %s (%s) pays and leaves a card: %s',
  async (wallets, name, type, kept) => {
    await using training = await openTraining({ account: { wallets } });

    const { paymentIntent, charge } = await payInPerson(training, name, keep, {
      allow_redisplay: 'always',
    });
    const details = charge.payment_method_details!.card_present!;
    const card =
      details.generated_card === null
        ? null
        : await training.stripe.paymentMethods.retrieve(details.generated_card);

    expect(paymentIntent.status).toBe('requires_capture');
    expect(details.wallet).toEqual({ type });
    expect(card === null ? null : [card.allow_redisplay, card.card!.wallet!.type]).toEqual(
      kept ? ['limited', type] : null,
    );
  },
);

test.each([
  ['girocard_debit', false],
  ['eftpos_au_debit', false],
  ['eftpos_au_visa_debit', true],
  ['cartes_bancaires_mastercard_debit', true],
])('the domestic card %s can be kept: %s', async (name, kept) => {
  await using training = await openTraining();

  const { charge } = await payInPerson(training, name, keep, { allow_redisplay: 'limited' });

  expect(charge.payment_method_details!.card_present!.generated_card !== null).toBe(kept);
});

test('an Interac payment is taken and leaves no card', async () => {
  await using training = await openTraining();

  const { paymentIntent, charge } = await payInPerson(
    training,
    'interac',
    {
      ...keep,
      currency: 'cad',
      allowed_payment_method_types: ['card_present', 'interac_present'],
      capture_method: 'automatic',
    },
    { allow_redisplay: 'limited' },
  );

  expect(paymentIntent.status).toBe('succeeded');
  expect(charge.payment_method_details!.interac_present!.generated_card).toBeNull();
});

test('the generated card is read in one call, from a payment and from a setup', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const sale = await payInPerson(
    training,
    'visa',
    { ...keep, customer },
    { allow_redisplay: 'limited' },
  );
  const setup = await createSetup(training, { customer });
  confirmWith(training, setup.id, 'mastercard');
  await training.stripe.customers.update(customer, {
    invoice_settings: {
      default_payment_method: sale.charge.payment_method_details!.card_present!
        .generated_card as string,
    },
  });

  const paid = await training.stripe.paymentIntents.retrieve(sale.paymentIntent.id, {
    expand: ['latest_charge.payment_method_details.card_present.generated_card'],
  });
  const kept = await training.stripe.setupIntents.retrieve(setup.id, {
    expand: ['latest_attempt.payment_method_details.card_present.generated_card'],
  });
  const owner = await training.stripe.customers.retrieve(customer, {
    expand: ['invoice_settings.default_payment_method'],
  });

  const generated = (last4: string): object => ({
    payment_method_details: { card_present: { generated_card: { card: { last4 } } } },
  });
  expect(paid.latest_charge).toMatchObject(generated('4242'));
  expect(kept.latest_attempt).toMatchObject(generated('4444'));
  expect(owner).toMatchObject({
    invoice_settings: { default_payment_method: { card: { last4: '4242' } } },
  });
});
