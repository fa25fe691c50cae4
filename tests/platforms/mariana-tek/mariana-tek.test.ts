import type { StripeTerminal } from '@stripe/terminal-js';
import { expect, test } from 'vitest';
import { installSimulatedTerminal } from '../../../renderer/training/simulated-terminal/install.ts';
import { settle } from '../../support/fakes/virtual-clock.ts';
import { ReaderSession } from '../../support/studio/reader-session.ts';
import { frontReader } from '../../support/studio/test-studio.ts';
import { succeeded } from '../../training/support/page.ts';
import { askPlatform, type Heard, parsed } from '../ask-platform.ts';
import { keysOf } from '../keys-of.ts';
import { openPlatformBench, type PlatformBench } from '../platform-bench.ts';
import { marianaSeed } from '../start-platform.ts';
import { tapCard } from '../tap-card.ts';
import { marianaTekExamples as examples } from './examples.ts';

type Bench = PlatformBench<'mariana-tek'>;

function ask(bench: Bench, name: string, body: unknown = null, method = 'POST'): Promise<Heard> {
  return askPlatform(bench.platform, `/api/stripe/v1/${name}/`, body, { method });
}

/** A shop in which the example's cart stands: 56.78 with the card and 12.34 from the account. */
async function open(): Promise<Bench> {
  const bench = await openPlatformBench('mariana-tek');
  const { shop } = bench.platform.model;
  shop.seedUser('123');
  shop.seedCart({ id: '123', total: 5_678 + 1_234, userId: marianaSeed.userId });
  return bench;
}

const byTerminal = { ...examples.payment_intent.request, payment_type: 'terminal' };

async function paid(bench: Bench, card = 'visa'): Promise<string> {
  const { stripe_payment_intent_id: id } = parsed(await ask(bench, 'payment_intent', byTerminal));
  await tapCard(bench, { paymentIntent: String(id) }, card);
  return String(id);
}

async function status(bench: Bench): Promise<Record<string, unknown>> {
  return parsed(await ask(bench, 'payment_status', examples.payment_status.request));
}

test('"Get configuration values": the example is answered by POST and by GET, with the cart and without', async () => {
  await using bench = await open();

  const answers = [
    await ask(bench, 'configuration', examples.configuration.request),
    await askPlatform(bench.platform, '/api/stripe/v1/configuration/?cart=123', null, {
      method: 'GET',
    }),
    await ask(bench, 'configuration', {}),
    await ask(bench, 'configuration'),
    await ask(bench, 'configuration', null, 'GET'),
  ];

  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(keysOf(parsed(answer))).toEqual(keysOf(examples.configuration.response));
  }
  expect(answers.map((answer) => parsed(answer)['stripe_location_id'])).toEqual([
    bench.stripe.location,
    bench.stripe.location,
    null,
    null,
    null,
  ]);
});

test('"Create a setup intent": the example is answered key by key', async () => {
  await using bench = await open();

  const answer = await ask(bench, 'setup_intent', examples.setup_intent.request);

  expect(answer.status).toBe(200);
  expect(keysOf(parsed(answer))).toEqual(keysOf(examples.setup_intent.response));
  expect(parsed(answer)['stripe_publishable_api_key']).toBe(bench.stripe.publishableKey);
});

test('"Create a bankcard from a Stripe payment method": the example with a tapped card stores what can be charged', async () => {
  await using bench = await open();
  const { stripe_setup_intent_id: id } = parsed(
    await ask(bench, 'setup_intent', {
      user: marianaSeed.userId,
      colletion_method: 'terminal',
    }),
  );
  await tapCard(bench, { setupIntent: String(id) });
  const { payment_method: tapped } = await bench.studio.stripe.setupIntents.retrieve(String(id));

  const answer = await ask(bench, 'store_payment_method', {
    ...examples.store_payment_method.request,
    payment_method: tapped,
  });

  expect(answer.status).toBe(200);
  expect(parsed(answer)).toEqual({ payment_method: tapped, bankcard: 993 });
  expect(keysOf(parsed(answer))).toEqual(keysOf(examples.store_payment_method.response));
  const [bankcard] = bench.platform.model.shop.bankcards;
  expect(bankcard).toMatchObject({ name: 'Jane Doe', postalCode: '33213' });
  const card = await bench.studio.stripe.paymentMethods.retrieve(bankcard!.card);
  expect(card.type).toBe('card');
  expect(card.billing_details.address?.postal_code).toBe('33213');
});

test('a postal code that begins with zeros is kept as it was sent, and a bankcard’s id can be a text', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.bankcardIds = 'text';
  const { stripe_setup_intent_id: id } = parsed(
    await ask(bench, 'setup_intent', { user: '123', colletion_method: 'terminal' }),
  );
  await tapCard(bench, { setupIntent: String(id) });
  const { payment_method: tapped } = await bench.studio.stripe.setupIntents.retrieve(String(id));

  const answer = await ask(bench, 'store_payment_method', {
    partner: marianaSeed.partnerId,
    payment_method: tapped,
    postal_code: '00213',
    user: '123',
  });

  expect(bench.platform.model.shop.bankcards).toMatchObject([{ postalCode: '00213' }]);
  expect(parsed(answer)['bankcard']).toBe('993');
});

test('"Create a payment intent": the example is answered key by key, and each call makes another one', async () => {
  await using bench = await open();

  const first = await ask(bench, 'payment_intent', examples.payment_intent.request);
  const second = await ask(bench, 'payment_intent', examples.payment_intent.request);

  expect(first.status).toBe(200);
  expect(keysOf(parsed(first))).toEqual(keysOf(examples.payment_intent.response));
  expect(parsed(second)['stripe_payment_intent_id']).not.toBe(
    parsed(first)['stripe_payment_intent_id'],
  );
  expect(bench.platform.model.made()).toEqual(
    [first, second].map((answer) => ({
      id: parsed(answer)['stripe_payment_intent_id'],
      order: '123',
    })),
  );
});

test('"Create a payment intent": what the terminal is asked for is a tapped card of just that amount', async () => {
  await using bench = await open();

  const answer = parsed(await ask(bench, 'payment_intent', byTerminal));

  const made = await bench.studio.stripe.paymentIntents.retrieve(
    String(answer['stripe_payment_intent_id']),
  );
  expect(made).toMatchObject({
    amount: 5_678,
    currency: 'usd',
    capture_method: 'automatic',
    payment_method_types: ['card_present'],
    client_secret: answer['client_secret'],
  });
});

test('"Get the status of a cart": the example is answered key by key, from open to submitted', async () => {
  await using bench = await open();

  const before = await status(bench);
  await paid(bench);
  const after = await status(bench);

  expect(keysOf(before)).toEqual(keysOf(examples.payment_status.response));
  expect(before).toEqual({ status: 'Open', order: null, error: null });
  expect(after).toEqual({
    status: 'Submitted',
    order: expect.any(String) as string,
    error: null,
  });
  expect(bench.platform.model.shop.users.get(marianaSeed.userId)?.balance).toBe(
    marianaSeed.balance - 1_234,
  );
});

test('a charge that the platform notices late leaves the cart open until then', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.noticesAfterPolls = 3;
  await paid(bench);

  const seen = [await status(bench), await status(bench), await status(bench)];

  expect(seen.map((answer) => answer['status'])).toEqual(['Open', 'Open', 'Submitted']);
});

test('a checkout may fail although the card was charged', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.failsAfterCharge = examples.payment_status.response.error;
  const id = await paid(bench);

  expect(await status(bench)).toEqual({
    status: 'Failed',
    order: null,
    error: 'Cool T-Shirt is out of stock :(',
  });
  expect((await bench.studio.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
});

test.each([
  ['stays_open', 'Open'],
  ['fails', 'Failed'],
] as const)('after a decline the cart %s', async (onDecline, expected) => {
  await using bench = await open();
  bench.platform.model.behaviour.onDecline = onDecline;
  await paid(bench, 'charge_declined');

  expect((await status(bench))['status']).toBe(expected);
});

test('a platform that holds first takes the money when a poll shows it the hold', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.captures = 'by_platform';
  const id = await paid(bench);
  expect((await bench.studio.stripe.paymentIntents.retrieve(id)).status).toBe('requires_capture');

  expect((await status(bench))['status']).toBe('Submitted');

  expect((await bench.studio.stripe.paymentIntents.retrieve(id)).status).toBe('succeeded');
});

test('"Create a connection token": the example is answered key by key, and a cart is needed', async () => {
  await using bench = await open();

  const answer = await ask(bench, 'connection_token', examples.connection_token.request);

  expect(keysOf(parsed(answer))).toEqual(keysOf(examples.connection_token.response));
  expect((await ask(bench, 'connection_token', {})).status).toBe(422);
});

test('"Register", "List", "Update" and "Deregister a terminal reader": the examples lead through a reader’s life', async () => {
  await using bench = await open();

  const registered = await ask(bench, 'register_terminal', examples.register_terminal.request);
  const listed = parsed(await ask(bench, 'terminal_readers', examples.terminal_readers.request));

  expect(registered).toMatchObject({ status: 204, text: '' });
  const rows = Object.values(listed) as Record<string, string>[];
  expect(rows.map((row) => keysOf([row]))).toEqual(
    rows.map(() => keysOf(examples.terminal_readers.response)),
  );
  const made = rows.find((row) => row['label'] === 'Front Desk');
  const terminal_id = made?.['terminal_id'] ?? '';
  expect(terminal_id).toMatch(/^tmr_/);

  const updated = await ask(bench, 'update_terminal', {
    ...examples.update_terminal.request,
    terminal_id: frontReader,
    label: 'Bar',
  });
  const deregistered = await ask(bench, 'deregister_terminal', { terminal_id });

  expect(updated).toMatchObject({ status: 204, text: '' });
  expect(deregistered).toMatchObject({ status: 204, text: '' });
  const { data } = await bench.studio.stripe.terminal.readers.list();
  expect(data.map(({ id, label }) => [id, label])).toContainEqual([frontReader, 'Bar']);
  expect(data.map(({ id }) => id)).not.toContain(terminal_id);
});

test('the amounts must come to the total of the cart, and the account must hold its part', async () => {
  await using bench = await open();
  const { shop } = bench.platform.model;
  shop.seedCart({ id: '77', total: 9_000, userId: marianaSeed.userId });
  const refused = [
    { cart: '123', amount: '56.79', account_balance_payment_amount: '12.34' },
    { cart: '123', amount: '56.78' },
    { cart: '77', amount: '60.00', account_balance_payment_amount: '30.00' },
    { cart: '77', amount: '90.001' },
    { cart: '77', amount: 90 },
    { cart: '404', amount: '90.00' },
    { cart: '77', amount: '90.00', payment_type: 'tap' },
    { cart: '77', amount: '90.00', tip: '1.00' },
    { amount: '90.00' },
  ];

  for (const body of refused) {
    expect({ body, status: (await ask(bench, 'payment_intent', body)).status }).toEqual({
      body,
      status: 422,
    });
  }
  expect([...shop.carts.values()].flatMap(({ payments }) => payments)).toEqual([]);
});

test('a wrong token, a missing right, a path without its slash and a wrong content type are each refused', async () => {
  await using bench = await open();
  const { platform } = bench;
  platform.model.behaviour.forbidden.add('register_terminal');
  const path = '/api/stripe/v1/payment_status/';
  const body = examples.payment_status.request;

  const answers = [
    await askPlatform({ url: platform.url, token: 'another' }, path, body),
    await ask(bench, 'register_terminal', examples.register_terminal.request),
    await askPlatform(platform, path.slice(0, -1), body),
    await askPlatform(platform, path, 'cart=123', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    await askPlatform(platform, path, null, { method: 'GET' }),
  ];

  expect(answers.map((answer) => answer.status)).toEqual([401, 403, 404, 422, 405]);
});

test.each([
  ['none', ''],
  ['html', 'text/html; charset=utf-8'],
  ['json', 'application/json'],
] as const)('a refusal can have a body of %s', async (refusals, contentType) => {
  await using bench = await open();
  bench.platform.model.behaviour.refusals = refusals;

  const { status: refused, headers } = await ask(bench, 'payment_status', { cart: '404' });

  expect(refused).toBe(422);
  expect(headers.get('content-type') ?? '').toBe(contentType);
});

test('fields without a value can be left out', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.noValue = 'left_out';

  expect(await status(bench)).toEqual({ status: 'Open' });
});

test('two polls at once take the money, the balance and the order once', async () => {
  await using bench = await open();
  bench.platform.model.behaviour.captures = 'by_platform';
  await paid(bench);

  const [first, second] = await Promise.all([status(bench), status(bench)]);

  expect(first).toMatchObject({ status: 'Submitted' });
  expect(second).toEqual(first);
  expect(bench.platform.model.shop.users.get(marianaSeed.userId)?.balance).toBe(
    marianaSeed.balance - 1_234,
  );
  expect(bench.platform.bugs).toEqual([]);
});

test('the reader’s SDK connects with the token of a cart and takes the card for its PaymentIntent', async () => {
  await using bench = await open();
  const session = new ReaderSession(bench.studio.server.readers);
  const sdk: { StripeTerminal?: StripeTerminal } = {};
  installSimulatedTerminal(sdk, session);
  const terminal = sdk.StripeTerminal!.create({
    onFetchConnectionToken: async () =>
      String(
        parsed(await ask(bench, 'connection_token', { cart: '123' }))['stripe_connection_token'],
      ),
    onUnexpectedReaderDisconnect: () => undefined,
  });
  const { client_secret: secret } = parsed(await ask(bench, 'payment_intent', byTerminal));
  const { stripe_location_id: location } = parsed(
    await ask(bench, 'configuration', { cart: '123' }),
  );

  const { discoveredReaders } = succeeded(
    await terminal.discoverReaders({ location: String(location) }),
  );
  succeeded(await terminal.connectReader(discoveredReaders[0]!));
  const collecting = terminal.collectPaymentMethod(String(secret));
  await settle();
  bench.studio.server.readers.present(discoveredReaders[0]!.id, 'visa');
  await bench.studio.clock.advance(30_000);
  const processing = terminal.processPayment(succeeded(await collecting).paymentIntent);
  await settle();
  await bench.studio.clock.advance(30_000);

  expect(succeeded(await processing).paymentIntent.status).toBe('succeeded');
  expect((await status(bench))['status']).toBe('Submitted');
});
