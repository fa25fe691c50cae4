import type { AllowRedisplay } from '@stripe/terminal-js';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { generatedCardOf, processSetup, setupFor } from './support/keep.ts';
import { connectedPage, failed, succeeded } from './support/page.ts';
import { settle, show } from './support/pay.ts';
import { actionOf, promptFor } from './support/server-driven.ts';
import { openTraining, type Training } from './support/training.ts';

/** Takes a payment that keeps its card, with a phone, and returns what the charge says of it. */
async function paidByPhone(
  training: Training,
): Promise<Stripe.Charge.PaymentMethodDetails.CardPresent | undefined> {
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await promptFor(
    training,
    { customer, setup_future_usage: 'off_session' },
    { allow_redisplay: 'always' },
  );
  show(training, 'wallet_visa');
  const { data } = await training.stripe.charges.list({ payment_intent: id });
  return data[0]?.payment_method_details?.card_present;
}

test('a phone pays as a card does, and the charge says that it was one', async () => {
  await using training = await openTraining({ account: { wallets: 'none' } });

  expect(await paidByPhone(training)).toMatchObject({
    read_method: 'contactless_emv',
    wallet: { type: 'apple_pay' },
    generated_card: null,
  });
});

test('where phones can be kept, a sale’s phone is kept for a limited purpose whatever was agreed', async () => {
  await using training = await openTraining({ account: { wallets: 'generated_limited' } });

  const details = await paidByPhone(training);

  const kept = await training.stripe.paymentMethods.retrieve(String(details?.generated_card));
  expect(kept).toMatchObject({ type: 'card', allow_redisplay: 'limited' });
});

test('where phones cannot be kept the action says so, and a card can follow', async () => {
  await using training = await openTraining({ account: { wallets: 'none' } });
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  show(training, 'wallet_visa');
  const refused = await actionOf(training);
  await processSetup(training, setupIntent.id);
  show(training, 'visa');

  expect(refused).toMatchObject({
    status: 'failed',
    failure_code: 'setup_intent_mobile_wallet_unsupported',
  });
  expect(await generatedCardOf(training, setupIntent.id)).not.toBeNull();
});

test('where phones can be kept a setup keeps one', async () => {
  await using training = await openTraining({ account: { wallets: 'generated_limited' } });
  const { setupIntent } = await setupFor(training);
  await processSetup(training, setupIntent.id);

  show(training, 'wallet_mastercard');

  expect((await actionOf(training))?.status).toBe('succeeded');
  expect(await generatedCardOf(training, setupIntent.id)).not.toBeNull();
});

test.each([
  ['none', 'setup_intent_mobile_wallet_unsupported'],
  ['generated_limited', 'succeeded'],
] as const)('with wallets %s a page’s setup with a phone ends in %s', async (wallets, end) => {
  await using training = await openTraining({ account: { wallets } });
  const { terminal } = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const collecting = terminal.collectSetupIntentPaymentMethod(
    setupIntent.client_secret!,
    'always' as unknown as AllowRedisplay,
    null,
  );
  await settle();
  show(training, 'wallet_visa');
  const collected = succeeded(await collecting).setupIntent;

  const confirmed = await terminal.confirmSetupIntent(collected);

  expect('error' in confirmed ? failed(confirmed).code : confirmed.setupIntent.status).toBe(end);
});

test('an Interac card leaves nothing to keep, and nothing is pretended', async () => {
  await using training = await openTraining();
  const { id: customer } = await training.stripe.customers.create({});
  const { id } = await promptFor(
    training,
    {
      customer,
      currency: 'cad',
      allowed_payment_method_types: ['card_present', 'interac_present'],
      capture_method: 'automatic',
      setup_future_usage: 'off_session',
    },
    { allow_redisplay: 'always' },
  );

  show(training, 'interac');

  const { data } = await training.stripe.charges.list({ payment_intent: id });
  const kept = await training.stripe.customers.listPaymentMethods(customer);
  expect(data[0]).toMatchObject({
    paid: true,
    payment_method_details: { interac_present: { generated_card: null } },
  });
  expect(kept.data).toEqual([]);
});
