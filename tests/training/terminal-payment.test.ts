import type { ISdkManagedPaymentIntent } from '@stripe/terminal-js';
import { expect, test } from 'vitest';

import { connectedPage, failed, openPage, succeeded } from './support/page.ts';
import { collectCard, settle, show } from './support/pay.ts';
import { openTraining, readerId, saleParams } from './support/training.ts';

test('nothing can be collected without a reader', async () => {
  await using training = await openTraining();
  const { terminal } = openPage(training);

  const errors = [
    failed(await terminal.collectPaymentMethod('pi_1_secret_2')),
    failed(await terminal.processPayment({} as ISdkManagedPaymentIntent)),
    failed(await terminal.setReaderDisplay({ type: 'cart' })),
    failed(await terminal.clearReaderDisplay()),
  ];

  expect(errors.map(({ code }) => code)).toEqual(Array(4).fill('no_established_connection'));
});

test('after a collect the page sees requires_confirmation, but Stripe does not', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());

  const collected = await collectCard(training, page, created);
  const read = await training.stripe.paymentIntents.retrieve(created.id);

  expect(collected.status).toBe('requires_confirmation');
  expect(collected.sdk_payment_details.card_payment!.masked_pan).toBe('************4242');
  expect(read.status).toBe('requires_payment_method');
  expect(page.told).toEqual(['payment waiting_for_input', 'payment ready']);
});

test('with update_payment_intent the card is attached at Stripe before anything is authorized', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());

  const collected = await collectCard(training, page, created, 'visa', {
    update_payment_intent: true,
  });
  const read = await training.stripe.paymentIntents.retrieve(created.id);
  const processed = succeeded(await page.terminal.processPayment(collected));

  expect(read.status).toBe('requires_confirmation');
  expect(read.payment_method).toMatch(/^pm_/);
  expect(processed.paymentIntent.status).toBe('requires_capture');
});

test('the reader waits for a card until one is shown', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  let done = false;
  const collecting = page.terminal
    .collectPaymentMethod(created.client_secret!)
    .finally(() => (done = true));

  await settle();
  const waiting = [done, page.terminal.getPaymentStatus()];
  show(training, 'visa');
  await collecting;

  expect(waiting).toEqual([false, 'waiting_for_input']);
  expect(done).toBe(true);
});

test('while one command is in progress another is refused', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collecting = page.terminal.collectPaymentMethod(created.client_secret!);
  await settle();

  const errors = [
    failed(await page.terminal.collectPaymentMethod(created.client_secret!)),
    failed(await page.terminal.setReaderDisplay({ type: 'cart' })),
    failed(await page.terminal.clearReaderDisplay()),
  ];
  await page.terminal.cancelCollectPaymentMethod();
  await collecting;

  expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('command_already_in_progress'));
});

test('a canceled collect resolves with canceled, and the reader is ready again', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collecting = page.terminal.collectPaymentMethod(created.client_secret!);
  await settle();

  const canceling = page.terminal.cancelCollectPaymentMethod();
  const twice = failed(await page.terminal.cancelCollectPaymentMethod());
  const [cancel, collect] = [await canceling, failed(await collecting)];
  const late = failed(await page.terminal.cancelCollectPaymentMethod());

  expect(cancel).toEqual({});
  expect(collect.code).toBe('canceled');
  expect(twice.code).toBe('cancelable_already_canceled');
  expect(late.code).toBe('no_active_collect_payment_method_attempt');
  expect(page.terminal.getPaymentStatus()).toBe('ready');
  expect(training.readers.present(readerId, 'visa')).toMatchObject({ kind: 'refused' });
});

test('what is no client secret is refused before anything is asked of the reader', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);

  const error = failed(await page.terminal.collectPaymentMethod('pi_without_the_rest'));

  expect(error.code).toBe('invalid_payment_intent_client_secret');
  expect(page.told).toEqual([]);
});

test('a client secret that fits no PaymentIntent is refused', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());

  const wrong = await page.terminal.collectPaymentMethod(`${created.id}_secret_guess`);

  expect(failed(wrong).code).toBe('resource_missing');
});

test('a PaymentIntent that did not come from collect cannot be processed', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());

  const error = failed(
    await page.terminal.processPayment(created as unknown as ISdkManagedPaymentIntent),
  );

  expect(error.code).toBe('invalid_payment_intent_input_shape');
});

test('a page cannot process what another page collected', async () => {
  await using training = await openTraining();
  const first = await connectedPage(training, 'page-1');
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, first, created);
  const second = await connectedPage(training, 'page-2');

  const error = failed(await second.terminal.processPayment(collected));

  expect(error.code).toBe('invalid_payment_intent_input_shape');
});

test('processing shows processing and ends in ready', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);
  page.told.length = 0;

  const result = succeeded(await page.terminal.processPayment(collected));

  expect(result.paymentIntent).toMatchObject({ id: created.id, status: 'requires_capture' });
  expect(page.told).toEqual(['payment processing', 'payment ready']);
});

test('processing the same card twice takes effect once', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);

  succeeded(await page.terminal.processPayment(collected));
  const again = failed(await page.terminal.processPayment(collected));
  const charges = await training.stripe.charges.list({ payment_intent: created.id });

  expect(again.code).toBe('payment_intent_unexpected_state');
  expect(again.payment_intent!.status).toBe('requires_capture');
  expect(charges.data).toHaveLength(1);
});

test('a declined card stays declined when the same object is processed again', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created, 'charge_declined');

  const first = failed(await page.terminal.processPayment(collected));
  const second = failed(await page.terminal.processPayment(collected));
  const charges = await training.stripe.charges.list({ payment_intent: created.id });

  expect([first.code, second.code]).toEqual(['card_declined', 'card_declined']);
  expect(charges.data).toHaveLength(1);
});

test('a PaymentIntent that was canceled meanwhile is not authorized', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);
  await training.stripe.paymentIntents.cancel(created.id);

  const error = failed(await page.terminal.processPayment(collected));
  const collect = failed(await page.terminal.collectPaymentMethod(created.client_secret!));

  expect(error.code).toBe('payment_intent_unexpected_state');
  expect(collect.payment_intent!.status).toBe('canceled');
  expect((await training.stripe.charges.list()).data).toEqual([]);
});

test('an authorization that was sent cannot be called back', async () => {
  await using training = await openTraining({ timings: { readingMs: 0, authorizingMs: 1200 } });
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);
  const processing = page.terminal.processPayment(collected);
  await settle();

  const during = failed(await page.terminal.cancelProcessPayment());
  training.clock.advance(1200);
  succeeded(await processing);
  const after = failed(await page.terminal.cancelProcessPayment());

  expect(during.code).toBe('cancelable_already_completed');
  expect(after.code).toBe('illegal_state');
});

test('an authorization goes on after its page went away', async () => {
  await using training = await openTraining({ timings: { readingMs: 0, authorizingMs: 1200 } });
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collected = await collectCard(training, page, created);
  const processing = page.terminal.processPayment(collected);
  await settle();

  training.readers.endSession('page-1');
  const heard = failed(await processing);
  training.clock.advance(1200);
  await settle();
  const read = await training.stripe.paymentIntents.retrieve(created.id);

  expect(heard).not.toHaveProperty('payment_intent');
  expect(read.status).toBe('requires_capture');
});

test('a tip the simulator was told of is added to the amount', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  page.terminal.setSimulatorConfiguration({ tipAmount: 300 });

  const collected = await collectCard(training, page, created);
  const { paymentIntent } = succeeded(await page.terminal.processPayment(collected));
  const read = await training.stripe.paymentIntents.retrieve(created.id);

  expect(paymentIntent.amount).toBe(1500);
  expect(read).toMatchObject({ amount_capturable: 1500, amount_details: { tip: { amount: 300 } } });
});

test('no tip is added where tipping is skipped', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  page.terminal.setSimulatorConfiguration({ tipAmount: 300 });

  const collected = await collectCard(training, page, created, 'visa', { skip_tipping: true });
  const { paymentIntent } = succeeded(await page.terminal.processPayment(collected));

  expect(paymentIntent.amount).toBe(1200);
});

test('the simulator’s configuration is replaced whole, drops what it does not know, and is reset', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());

  page.terminal.setSimulatorConfiguration({ testCardNumber: '1', tipAmount: 5 });
  page.terminal.setSimulatorConfiguration({ testPaymentMethod: 'amex', colour: 'red' });
  const set = page.terminal.getSimulatorConfiguration();
  const collected = await collectCard(training, page, created);
  await page.terminal.processPayment(collected);

  expect(set).toEqual({ testPaymentMethod: 'amex' });
  expect(page.terminal.getSimulatorConfiguration()).toEqual({});
});

test('the SDK’s own simulated reader presents the configured card by itself', async () => {
  await using training = await openTraining();
  const page = openPage(training);
  const { discoveredReaders } = succeeded(await page.terminal.discoverReaders({ simulated: true }));
  succeeded(await page.terminal.connectReader(discoveredReaders[0]!));
  const created = await training.stripe.paymentIntents.create(saleParams());

  page.terminal.setSimulatorConfiguration({ testCardNumber: '4000000000000002' });
  const collected = succeeded(await page.terminal.collectPaymentMethod(created.client_secret!));
  const error = failed(await page.terminal.processPayment(collected.paymentIntent));

  expect(discoveredReaders.map(({ id }) => id)).toEqual(['SIMULATOR']);
  expect(error.code).toBe('card_declined');
});

test('a card is shown by itself when the training reader was told so', async () => {
  await using training = await openTraining({
    autoPresent: { testPaymentMethod: 'amex', afterMs: 2000 },
  });
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collecting = page.terminal.collectPaymentMethod(created.client_secret!);
  await settle();

  training.clock.advance(2000);
  const { paymentIntent } = succeeded(await collecting);

  expect(paymentIntent.sdk_payment_details.card_payment!.masked_pan).toMatch(/0005$/);
});

test('a card of a kind the sale does not take is not read', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const created = await training.stripe.paymentIntents.create(saleParams());
  const collecting = page.terminal.collectPaymentMethod(created.client_secret!);
  await settle();

  const interac = training.readers.present(readerId, 'interac');
  const unknown = training.readers.present(readerId, 'library_card');
  const tray = await training.readers.call('page-1', 'present', { testPaymentMethod: 'visa' });

  expect(interac).toEqual({ kind: 'refused', why: 'card_not_accepted' });
  expect(unknown).toEqual({ kind: 'refused', why: 'unknown_card' });
  expect(tray).toEqual({});
  succeeded(await collecting);
});

test('a cart is shown on the reader and cleared again', async () => {
  await using training = await openTraining();
  const screens: string[] = [];
  const page = await connectedPage(training);
  training.readers.onEvent((event) => {
    if (event.type === 'reader_screen') {
      screens.push(event.screen);
    }
  });

  const shown = await page.terminal.setReaderDisplay({
    type: 'cart',
    cart: {
      line_items: [{ description: 'Ten classes', amount: 12_000, quantity: 1 }],
      tax: 0,
      total: 12_000,
      currency: 'usd',
    },
  });
  const cleared = await page.terminal.clearReaderDisplay();

  expect([shown, cleared]).toEqual([{}, {}]);
  expect(screens).toEqual(['cart', 'splash']);
});

test('collect options that contradict each other or are not modelled are refused', async () => {
  await using training = await openTraining();
  const page = await connectedPage(training);
  const { client_secret } = await training.stripe.paymentIntents.create(saleParams());

  const errors = [];
  for (const config of [
    { skip_tipping: true, tipping: { eligible_amount: 100 } },
    { moto: true },
    { surcharge_notice: 'plus 2 %' },
    { payment_intent_id: 'pi_other' },
    { colour: 'red' },
  ]) {
    const options = { config_override: config };
    errors.push(failed(await page.terminal.collectPaymentMethod(client_secret!, options)));
  }

  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('cannot be used together'),
    expect.stringContaining('does not model the collect option moto'),
    expect.stringContaining('surcharge_notice'),
    expect.stringContaining('payment_intent_id'),
    expect.stringContaining('cannot carry out'),
  ]);
});

test('what training mode has no model for says so and does nothing', async () => {
  await using training = await openTraining();
  const { terminal } = await connectedPage(training);

  const errors = [
    await terminal.readReusableCard(),
    await terminal.cancelReadReusableCard(),
    await terminal.collectInputs({ inputs: [] }),
    await terminal.getReaderSettings(),
  ].map(failed);

  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['not_modelled_in_training']));
  expect(errors.every(({ message }) => message.includes('does not model'))).toBe(true);
});
