import { expect, test } from 'vitest';
import type { PlatformFault } from '../../platforms/faults.ts';
import { html, json, scriptedPlatform, text } from '../platform-http/scripted-platform.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { about, byCard, cartId, made, never, openMariana, toCreate } from './mariana-bench.ts';

test('what was made is shown by Stripe before anybody is asked for a card', async () => {
  await using bench = await openMariana();

  const { paymentIntent, clientSecret } = await made(bench);

  expect(paymentIntent).toMatchObject({
    status: 'requires_payment_method',
    amount: byCard,
    currency: 'usd',
    acceptsCardPresent: true,
    latestChargeId: null,
    saleId: toCreate.saleId,
    kioskId: toCreate.kioskId,
    livemode: false,
    platform: { status: 'open', orderId: null, error: null },
  });
  expect(paymentIntent).not.toHaveProperty('unseen');
  expect(clientSecret).toContain(paymentIntent.id);
  const [payment] = bench.platform.model.shop.carts.get(cartId)!.payments;
  expect(payment).toEqual({ id: paymentIntent.id, fromBalance: 1_234 });
});

test('an order whose code names no cart is refused without a call', async () => {
  await using bench = await openMariana();
  const { order, ...without } = toCreate;

  const answer = await bench.mariana.payments.create(without, 'unsent', never);

  expect(order).toBeDefined();
  expect(answer).toMatchObject({ kind: 'refused', code: 'order_needed' });
  expect(bench.platform.received).toEqual([]);
});

test.for<PlatformFault>([
  { kind: 'reply_lost' },
  { kind: 'request_lost' },
  { kind: 'server_error', status: 502 },
  { kind: 'server_error', status: 500, after: true },
  { kind: 'html' },
  { kind: 'cut' },
])('after $kind nobody knows what was made, and it is asked for once', async (fault) => {
  await using bench = await openMariana();
  bench.platform.faults.next(fault, { on: 'payment_intent' });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(['unanswered', 'uncertain']).toContain(answer.kind);
  expect(bench.asked('payment_intent')).toBe(1);
});

test.for<[PlatformFault, object]>([
  [{ kind: 'unauthorized' }, { kind: 'denied', status: 401, code: 'unauthorized' }],
  [
    { kind: 'forbidden', body: 'html' },
    { kind: 'denied', status: 403, code: 'forbidden' },
  ],
  [{ kind: 'unprocessable' }, { kind: 'refused', status: 422, code: 'http_422' }],
  [
    { kind: 'unprocessable', body: 'html' },
    { kind: 'refused', code: 'http_422' },
  ],
  [
    { kind: 'unprocessable', body: 'json' },
    { kind: 'refused', code: 'http_422' },
  ],
])('a refusal is told from silence (%#)', async ([fault, expected]) => {
  await using bench = await openMariana();
  bench.platform.faults.next(fault, { on: 'payment_intent' });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer).toMatchObject(expected);
  expect(bench.platform.model.shop.carts.get(cartId)?.payments).toEqual([]);
});

test('a cart is left as it was while the system can’t be reached at all', async () => {
  await using bench = await openMariana();
  bench.platform.faults.next({ kind: 'request_lost' }, { on: 'configuration' });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer).toMatchObject({ kind: 'busy', code: 'not_sent' });
  expect(bench.asked('payment_intent')).toBe(0);
});

test('a cart is left as it was when the connection for it could not be made', async () => {
  await using bench = await openMariana();
  valueOf(await bench.mariana.payments.probe(never));
  await bench.platform.close();

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer).toMatchObject({ kind: 'busy', code: 'not_sent' });
});

test('a system with a Stripe of the other mode is refused before anything is made', async () => {
  await using bench = await openMariana({ mode: 'live' });
  const { payments } = bench.mariana;

  expect(await payments.create(toCreate, 'unsent', never)).toMatchObject({
    kind: 'refused',
    code: 'wrong_mode',
  });
  expect(await payments.probe(never)).toMatchObject({ kind: 'denied', code: 'wrong_mode' });
  expect(await payments.locationOf!(toCreate.order!, never)).toMatchObject({ code: 'wrong_mode' });
  expect(await payments.createConnectionToken(never, toCreate.order)).toMatchObject({
    code: 'wrong_mode',
  });
  expect(bench.asked('payment_intent')).toBe(0);
});

const configuration = json(200, { stripe_publishable_api_key: 'pk_test_1' });
const reply = {
  stripe_payment_intent_id: 'pi_0001',
  stripe_publishable_api_key: 'pk_test_1',
  client_secret: 'pi_0001_secret_x',
};
const shown = {
  object: 'payment_intent',
  id: 'pi_0001',
  status: 'requires_payment_method',
  amount: byCard,
  currency: 'usd',
  livemode: false,
  payment_method_types: ['card_present'],
};

test('a key of the other mode on what was made leaves it open, because it was made', async () => {
  await using platform = await scriptedPlatform(
    configuration,
    json(200, { ...reply, stripe_publishable_api_key: 'pk_live_1' }),
  );
  await using bench = await openMariana({ url: platform.url });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer).toMatchObject({ kind: 'uncertain' });
});

test('Stripe is asked as a page would ask it, and once more when its answer is lost', async () => {
  await using platform = await scriptedPlatform(configuration, json(200, reply));
  await using stripe = await scriptedPlatform(html(200), json(200, shown));
  await using bench = await openMariana({ url: platform.url, stripeUrl: stripe.url });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer.kind).toBe('done');
  expect(platform.received).toHaveLength(2);
  expect(stripe.received).toHaveLength(2);
  expect(stripe.received[1]).toMatchObject({
    method: 'GET',
    url: '/v1/payment_intents/pi_0001?client_secret=pi_0001_secret_x',
    headers: { authorization: 'Bearer pk_test_1' },
    body: null,
  });
});

test.for([
  ['Stripe does not answer', html(200)],
  ['Stripe stumbles', text(500, '')],
  ['Stripe does not know it', json(404, { error: { type: 'invalid_request_error' } })],
  ['the key is wrong', json(401, { error: { type: 'invalid_request_error' } })],
  ['it is another one', json(200, { ...shown, id: 'pi_0002' })],
  ['its status is unknown', json(200, { ...shown, status: 'requires_prayer' })],
] as const)('what was made and is not shown is not known: %s', async ([, script]) => {
  await using platform = await scriptedPlatform(configuration, json(200, reply));
  await using stripe = await scriptedPlatform(script);
  await using bench = await openMariana({ url: platform.url, stripeUrl: stripe.url });

  const answer = await bench.mariana.payments.create(toCreate, 'unsent', never);

  expect(answer).toMatchObject({ kind: 'uncertain' });
});

test('an amount that Stripe shows otherwise is told as Stripe shows it', async () => {
  await using platform = await scriptedPlatform(configuration, json(200, reply));
  await using stripe = await scriptedPlatform(json(200, { ...shown, amount: 999 }));
  await using bench = await openMariana({ url: platform.url, stripeUrl: stripe.url });

  const live = valueOf(await bench.mariana.payments.create(toCreate, 'unsent', never));

  expect(live.paymentIntent.amount).toBe(999);
});

test('after a lost reply the cart tells whether it is paid, and nothing finds what was made', async () => {
  await using bench = await openMariana();
  bench.platform.faults.next({ kind: 'reply_lost' }, { on: 'payment_intent' });
  await bench.mariana.payments.create(toCreate, 'unsent', never);
  const { payments } = bench.mariana;

  const open = await payments.lookUp(toCreate.saleId, 0, never, about());
  bench.platform.model.shop.carts.get(cartId)!.status = 'Submitted';
  const paid = await payments.lookUp(toCreate.saleId, 0, never, about());

  expect(open).toMatchObject({ kind: 'done', value: null });
  expect(paid).toMatchObject({ kind: 'done', value: { platform: { status: 'submitted' } } });
});
