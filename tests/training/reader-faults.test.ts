import type { ISdkManagedPaymentIntent } from '@stripe/terminal-js';
import { expect, test } from 'vitest';

import type { ReaderFault } from '../../main/training/reader/reader-fault.ts';
import { connect, connectedPage, failed, type Page, succeeded } from './support/page.ts';
import { collectCard, settle } from './support/pay.ts';
import { openTraining, saleParams, type Training } from './support/training.ts';

/** A page with a collected card and one armed mishap, up to the moment before processPayment. */
async function beforeProcess(
  training: Training,
  fault: ReaderFault,
): Promise<{ page: Page; id: string; collected: ISdkManagedPaymentIntent }> {
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);
  training.readers.arm(fault);
  page.told.length = 0;
  return { page, id: created.id, collected };
}

async function statusOf(training: Training, id: string): Promise<string> {
  return (await training.stripe.paymentIntents.retrieve(id)).status;
}

test('a reply lost after the effect is an error without a PaymentIntent over a held card', async () => {
  await using training = await openTraining();
  const { page, id, collected } = await beforeProcess(training, {
    kind: 'process_reply_lost_after_effect',
  });

  const error = failed(await page.terminal.processPayment(collected));
  const status = await statusOf(training, id);
  const again = failed(await page.terminal.processPayment(collected));

  expect(error.code).toBe('network_timeout');
  expect(error).not.toHaveProperty('payment_intent');
  expect(status).toBe('requires_capture');
  expect(again.code).toBe('payment_intent_unexpected_state');
});

test('a reply lost before the effect looks the same, and the same object can be processed again', async () => {
  await using training = await openTraining();
  const { page, id, collected } = await beforeProcess(training, {
    kind: 'process_reply_lost_before_effect',
  });

  const error = failed(await page.terminal.processPayment(collected));
  const status = await statusOf(training, id);
  const again = succeeded(await page.terminal.processPayment(collected));

  expect(error.code).toBe('network_timeout');
  expect(error).not.toHaveProperty('payment_intent');
  expect(status).toBe('requires_payment_method');
  expect(again.paymentIntent.status).toBe('requires_capture');
});

test('connectivity trouble says requires_confirmation, and the same object can be processed again', async () => {
  await using training = await openTraining();
  const { page, id, collected } = await beforeProcess(training, {
    kind: 'process_connectivity_trouble',
  });

  const error = failed(await page.terminal.processPayment(collected));
  const status = await statusOf(training, id);
  const again = succeeded(await page.terminal.processPayment(collected));

  expect(error).toMatchObject({
    code: 'network_error',
    payment_intent: { id, status: 'requires_confirmation' },
  });
  expect(status).toBe('requires_payment_method');
  expect(again.paymentIntent.status).toBe('requires_capture');
});

test('a reader lost while it waits for a card ends the collect and the connection', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  training.readers.arm({ kind: 'reader_lost_during_collect' });

  const error = failed(await page.terminal.collectPaymentMethod(created.client_secret!));
  await settle();

  expect(error.code).toBe('reader_connection_error');
  expect(page.told).toEqual([
    'payment waiting_for_input',
    'payment not_ready',
    'connection not_connected',
    'disconnect',
  ]);
  expect(await statusOf(training, created.id)).toBe('requires_payment_method');
});

test('after a lost reader the same PaymentIntent can be collected for again', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  training.readers.arm({ kind: 'reader_lost_during_collect' });
  await page.terminal.collectPaymentMethod(created.client_secret!);

  await connect(page);
  const collected = await collectCard(training, page, created);

  expect(succeeded(await page.terminal.processPayment(collected)).paymentIntent.id).toBe(
    created.id,
  );
});

test.each([
  ['before', 'requires_payment_method'],
  ['after', 'requires_capture'],
] as const)(
  'a reader lost %s the authorization took effect leaves the PaymentIntent %s',
  async (effect, status) => {
    await using training = await openTraining();
    const { page, id, collected } = await beforeProcess(training, {
      kind: 'reader_lost_during_process',
      effect,
    });

    const error = failed(await page.terminal.processPayment(collected));

    expect(error.code).toBe('reader_connection_error');
    expect(error).not.toHaveProperty('payment_intent');
    expect(await statusOf(training, id)).toBe(status);
    expect(page.told).toEqual([
      'payment processing',
      'payment not_ready',
      'connection not_connected',
      'disconnect',
    ]);
  },
);

test('a slow authorization takes as long as it was told to', async () => {
  await using training = await openTraining();
  const { page, id, collected } = await beforeProcess(training, {
    kind: 'slow_authorization',
    extraMs: 30_000,
  });
  const processing = page.terminal.processPayment(collected);
  await settle();

  training.clock.advance(29_999);
  const before = await statusOf(training, id);
  training.clock.advance(1);
  const result = succeeded(await processing);

  expect(before).toBe('requires_payment_method');
  expect(result.paymentIntent.status).toBe('requires_capture');
});

test('an armed mishap happens once', async () => {
  await using training = await openTraining();
  const { page, collected } = await beforeProcess(training, {
    kind: 'process_reply_lost_before_effect',
  });

  failed(await page.terminal.processPayment(collected));

  expect(await page.terminal.processPayment(collected)).toHaveProperty('paymentIntent');
});

test('a mishap can be called off', async () => {
  await using training = await openTraining();
  const { page, collected } = await beforeProcess(training, {
    kind: 'process_reply_lost_before_effect',
  });

  training.readers.disarmAll();

  expect(await page.terminal.processPayment(collected)).toHaveProperty('paymentIntent');
});
