import type { AllowRedisplay, ISetupIntent } from '@stripe/terminal-js';
import type Stripe from 'stripe';
import { expect, test } from 'vitest';

import { generatedCardOf, setupFor } from './support/keep.ts';
import { connectedPage, failed, openPage, type Page, succeeded } from './support/page.ts';
import { collectCard, settle, show } from './support/pay.ts';
import { openTraining, readerId, saleParams, type Training } from './support/training.ts';

function agreed(text: string): AllowRedisplay {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in types only, so no member of it can be written.
  return text as AllowRedisplay;
}

const limited = agreed('limited');

/** Collects a card to keep: prompts, shows the card, reads it. */
async function collectToKeep(
  training: Training,
  page: Page,
  setupIntent: Stripe.SetupIntent,
  card = 'visa',
): Promise<ISetupIntent> {
  const collecting = page.terminal.collectSetupIntentPaymentMethod(
    setupIntent.client_secret!,
    limited,
    null,
  );
  await settle();
  show(training, card);
  return succeeded(await collecting).setupIntent;
}

async function statusAtStripe(training: Training, id: string): Promise<string> {
  return (await training.stripe.setupIntents.retrieve(id)).status;
}

test('after a collect the page sees requires_confirmation, but Stripe does not', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);

  const collected = await collectToKeep(training, page, setupIntent);

  expect(collected).toMatchObject({ id: setupIntent.id, status: 'requires_confirmation' });
  expect(await statusAtStripe(training, setupIntent.id)).toBe('requires_payment_method');
  expect(page.told).toEqual(['payment waiting_for_input', 'payment ready']);
});

test('a confirmed card is kept for the member as it was agreed', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { customer, setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, page, setupIntent);
  page.told.length = 0;

  const confirmed = succeeded(await page.terminal.confirmSetupIntent(collected));

  const { data } = await training.stripe.customers.listPaymentMethods(customer);
  expect(confirmed.setupIntent).toMatchObject({ id: setupIntent.id, status: 'succeeded' });
  expect(data).toMatchObject([{ type: 'card', allow_redisplay: 'limited' }]);
  expect(data[0]?.id).toBe(await generatedCardOf(training, setupIntent.id));
  expect(page.told).toEqual(['payment processing', 'payment ready']);
});

test('a sale collected with allow_redisplay leaves a card that may be shown for just that', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { id: customer } = await training.stripe.customers.create({});
  const created = await training.stripe.paymentIntents.create(
    saleParams({ customer, setup_future_usage: 'off_session' }),
  );

  const collected = await collectCard(training, page, created, 'visa', {
    allow_redisplay: 'limited',
  });
  succeeded(await page.terminal.processPayment(collected));

  const { data } = await training.stripe.customers.listPaymentMethods(customer);
  expect(data).toMatchObject([{ type: 'card', allow_redisplay: 'limited' }]);
});

test('a sale that keeps its card is not collected for without the customer’s word', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(
    saleParams({ setup_future_usage: 'off_session' }),
  );

  const error = failed(await page.terminal.collectPaymentMethod(created.client_secret!));

  expect(error.code).toBe('parameter_missing');
});

test('a refused card is no kept card, stays refused, and another can follow', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const refused = await collectToKeep(training, page, setupIntent, 'charge_declined');

  const errors = [
    failed(await page.terminal.confirmSetupIntent(refused)),
    failed(await page.terminal.confirmSetupIntent(refused)),
  ];
  const asked = await training.stripe.events.list({ type: 'setup_intent.setup_failed' });
  const again = await collectToKeep(training, page, setupIntent);
  const kept = succeeded(await page.terminal.confirmSetupIntent(again));

  expect(errors.map(({ code, type }) => [code, type])).toEqual(
    Array(2).fill(['setup_intent_authentication_failure', 'card_error']),
  );
  expect(asked.data).toHaveLength(1);
  expect(kept.setupIntent.status).toBe('succeeded');
});

test('confirming the same card twice keeps it once', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { customer, setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, page, setupIntent);
  succeeded(await page.terminal.confirmSetupIntent(collected));

  const again = failed(await page.terminal.confirmSetupIntent(collected));

  const { data } = await training.stripe.customers.listPaymentMethods(customer);
  expect(again.code).toBe('setup_intent_unexpected_state');
  expect(data).toHaveLength(1);
});

test('a canceled collect resolves with canceled, by its own cancel alone', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const collecting = page.terminal.collectSetupIntentPaymentMethod(
    setupIntent.client_secret!,
    limited,
    null,
  );
  await settle();

  const others = [
    failed(await page.terminal.cancelCollectPaymentMethod()),
    failed(await page.terminal.cancelCollectRefundPaymentMethod()),
  ];
  const cancel = await page.terminal.cancelCollectSetupIntentPaymentMethod();

  expect(others.map(({ code }) => code)).toEqual(
    Array(2).fill('no_active_collect_payment_method_attempt'),
  );
  expect(cancel).toEqual({});
  expect(failed(await collecting).code).toBe('canceled');
  expect(page.terminal.getPaymentStatus()).toBe('ready');
  expect(training.readers.present(readerId, 'visa')).toMatchObject({ kind: 'refused' });
});

test('while a card to keep is awaited every other command is refused', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const secret = setupIntent.client_secret!;
  const collecting = page.terminal.collectSetupIntentPaymentMethod(secret, limited, null);
  await settle();

  const errors = [
    failed(await page.terminal.collectSetupIntentPaymentMethod(secret, limited, null)),
    failed(await page.terminal.collectPaymentMethod('pi_1_secret_2')),
    failed(await page.terminal.confirmSetupIntent(setupIntent)),
    failed(await page.terminal.collectRefundPaymentMethod('ch_1', 100, 'cad')),
    failed(await page.terminal.processRefund()),
  ];
  await page.terminal.cancelCollectSetupIntentPaymentMethod();
  await collecting;

  expect(errors.map(({ code }) => code)).toEqual(Array(5).fill('command_already_in_progress'));
});

test('nothing can be kept without a reader', async () => {
  await using training = await openTraining();
  const { terminal } = openPage(training);

  const errors = [
    failed(await terminal.collectSetupIntentPaymentMethod('seti_1_secret_2', limited, null)),
    failed(await terminal.confirmSetupIntent({} as ISetupIntent)),
  ];

  expect(errors.map(({ code }) => code)).toEqual(Array(2).fill('no_established_connection'));
});

test('what is no secret, no word of the customer’s or not modelled is refused', async () => {
  await using training = await openTraining();
  const { terminal } = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const secret = setupIntent.client_secret!;

  const errors = [
    failed(await terminal.collectSetupIntentPaymentMethod('seti_without', limited, null)),
    failed(await terminal.collectSetupIntentPaymentMethod('pi_1_secret_2', limited, null)),
    failed(await terminal.collectSetupIntentPaymentMethod(secret, true, null)),
    failed(await terminal.collectSetupIntentPaymentMethod(secret, agreed('never'), null)),
    failed(await terminal.collectSetupIntentPaymentMethod(secret, limited, { moto: true })),
    failed(await terminal.collectSetupIntentPaymentMethod(`${secret}x`, limited, null)),
  ];

  expect(errors.map(({ code }) => code)).toEqual([
    ...Array<string>(4).fill('invalid_argument'),
    'not_modelled_in_training',
    'resource_missing',
  ]);
});

test('a SetupIntent that did not come from this page’s collect cannot be confirmed', async () => {
  await using training = await openTraining();
  const first = await connectedPage(training, 'page-1');
  const { setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, first, setupIntent);
  const second = await connectedPage(training, 'page-2');

  const errors = [
    failed(await second.terminal.confirmSetupIntent(collected)),
    failed(await second.terminal.confirmSetupIntent(setupIntent)),
  ];

  expect(errors.map(({ code }) => code)).toEqual(Array(2).fill('invalid_argument'));
  expect(await statusAtStripe(training, setupIntent.id)).toBe('requires_payment_method');
});

test.each([
  ['process_reply_lost_before_effect', 'network_timeout', 'requires_payment_method'],
  ['process_reply_lost_after_effect', 'network_timeout', 'succeeded'],
  ['process_connectivity_trouble', 'network_error', 'requires_payment_method'],
] as const)('with %s the confirm ends in %s and Stripe says %s', async (kind, code, status) => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, page, setupIntent);
  training.readers.arm({ kind });

  const error = failed(await page.terminal.confirmSetupIntent(collected));

  expect(error.code).toBe(code);
  expect(error.payment_intent).toBeUndefined();
  expect(await statusAtStripe(training, setupIntent.id)).toBe(status);
});

test('a reader that is lost while a card to keep is awaited tells the page', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  training.readers.arm({ kind: 'reader_lost_during_collect' });

  const error = failed(
    await page.terminal.collectSetupIntentPaymentMethod(setupIntent.client_secret!, limited, null),
  );

  expect(error.code).toBe('reader_connection_error');
  expect(page.told).toContain('disconnect');
});

test.each([
  ['before', 'requires_payment_method'],
  ['after', 'succeeded'],
] as const)('a reader lost %s Stripe heard of the card leaves it %s', async (effect, status) => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, page, setupIntent);
  training.readers.arm({ kind: 'reader_lost_during_process', effect });

  const error = failed(await page.terminal.confirmSetupIntent(collected));

  expect(error.code).toBe('reader_connection_error');
  expect(await statusAtStripe(training, setupIntent.id)).toBe(status);
});

test('a confirm that was sent cannot be called back', async () => {
  await using training = await openTraining({ timings: { readingMs: 0, authorizingMs: 1000 } });
  const page = await connectedPage(training);
  const { setupIntent } = await setupFor(training);
  const collected = await collectToKeep(training, page, setupIntent);
  const before = failed(await page.terminal.cancelConfirmSetupIntent());
  const confirming = page.terminal.confirmSetupIntent(collected);
  await settle();

  const during = failed(await page.terminal.cancelConfirmSetupIntent());
  training.clock.advance(1000);

  expect([before.code, during.code]).toEqual(['illegal_state', 'cancelable_already_completed']);
  expect(succeeded(await confirming).setupIntent.status).toBe('succeeded');
});
