import { expect, test } from 'vitest';
import { askPlatform, type Heard, parsed } from '../ask-platform.ts';
import { openPlatformBench, type PlatformBench } from '../platform-bench.ts';
import { portalAccount } from '../start-platform.ts';
import { tapCard } from '../tap-card.ts';
import { portalExamples as examples } from './examples.ts';

type Bench = PlatformBench<'portal'>;

/** The account of the first example is another than that of the others: here both are one. */
const intentRequest = { ...examples.intent.request, external_account_id: portalAccount };

function intent(bench: Bench, body: unknown = intentRequest): Promise<Heard> {
  return askPlatform(bench.platform, examples.intent.path, body);
}

async function held(bench: Bench): Promise<string> {
  const id = String(parsed(await intent(bench))['id']);
  await tapCard(bench, { paymentIntent: id });
  return id;
}

function capture(bench: Bench, payment_id: string, more: object = {}): Promise<Heard> {
  const body = { ...examples.capture.request, payment_id, ...more };
  return askPlatform(bench.platform, examples.capture.path, body);
}

function saveCard(bench: Bench, payment_id: string): Promise<Heard> {
  const body = { ...examples.card.request, payment_id };
  return askPlatform(bench.platform, examples.card.path, body);
}

test('"Step 1: Create Payment Intent": the example makes a PaymentIntent that is held, for that customer', async () => {
  await using bench = await openPlatformBench('portal');

  const answer = await intent(bench);

  expect(answer.status).toBe(200);
  const made = parsed(answer);
  expect(made).toMatchObject({
    object: 'payment_intent',
    amount: 1_299,
    currency: 'usd',
    capture_method: 'manual',
    payment_method_types: ['card_present'],
    client_secret: expect.stringContaining('_secret_') as string,
    customer: bench.platform.model.customers.get('customer_12345')?.stripe,
  });
  const atStripe = await bench.studio.stripe.paymentIntents.retrieve(String(made['id']));
  expect(Object.keys(made).sort()).toEqual(Object.keys(atStripe).sort());
});

test('"Step 3: Capture payment": the example takes the money that is held', async () => {
  await using bench = await openPlatformBench('portal');
  const id = await held(bench);

  const answer = await capture(bench, id);

  expect(answer.status).toBe(200);
  expect(parsed(answer)).toMatchObject({ id, status: 'succeeded', amount_received: 1_299 });
});

test('"Step 4: Save card on file": the example keeps the card for the customer, once the payment is captured', async () => {
  await using bench = await openPlatformBench('portal');
  const id = await held(bench);
  const before = await saveCard(bench, id);
  await capture(bench, id);

  const after = await saveCard(bench, id);

  expect(before.status).toBe(400);
  expect(parsed(before)).toHaveProperty('error.message');
  expect(after.status).toBe(200);
  const { customer_id: customer, card_id: card } = parsed(after);
  const kept = await bench.studio.stripe.customers.listPaymentMethods(String(customer));
  expect(kept.data.map((row) => row.id)).toEqual([card]);
});

test('a card is saved once, however often it is asked for', async () => {
  await using bench = await openPlatformBench('portal');
  const id = await held(bench);
  await capture(bench, id);

  const answers = [await saveCard(bench, id), await saveCard(bench, id)];

  expect(answers.map((answer) => parsed(answer)['card_id'])).toEqual([
    ...(bench.platform.model.customers.get('customer_12345')?.cards ?? []),
    parsed(answers[0]!)['card_id'],
  ]);
});

test('each call makes another PaymentIntent, whatever its transaction id', async () => {
  await using bench = await openPlatformBench('portal');

  const answers = [await intent(bench), await intent(bench)];

  expect(new Set(answers.map((answer) => parsed(answer)['id'])).size).toBe(2);
  expect(bench.platform.model.made()).toEqual(
    answers.map((answer) => ({ id: parsed(answer)['id'], order: 'my transaction id' })),
  );
});

test('amounts are a number in one call and a text in the next, and nothing else is taken', async () => {
  await using bench = await openPlatformBench('portal');
  const id = await held(bench);

  const answers = [
    await intent(bench, { ...intentRequest, amount: '12.99' }),
    await intent(bench, { ...intentRequest, amount: 12.999 }),
    await intent(bench, { ...intentRequest, payment_method_types: ['card_present'] }),
    await intent(bench, { ...intentRequest, currency: 'usd' }),
    await intent(bench, { ...intentRequest, external_account_id: 'account_unknown' }),
    await capture(bench, id, { amount: 12.99 }),
    await capture(bench, 'pi_of_somebody_else'),
  ];

  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 422, 422]);
  expect(bench.platform.model.payments).toHaveLength(1);
});

test('a refusal can come inside a 200', async () => {
  await using bench = await openPlatformBench('portal');
  bench.platform.model.behaviour.errors = 'in_200';
  const id = await held(bench);

  const answer = await saveCard(bench, id);

  expect(answer.status).toBe(200);
  expect(parsed(answer)).toHaveProperty('error.message');
});

test('the PaymentIntent can lie deeper in the answer', async () => {
  await using bench = await openPlatformBench('portal');
  bench.platform.model.behaviour.wrappedIn = 'data.payment_intent';

  const answer = parsed(await intent(bench));

  expect(answer).toHaveProperty('data.payment_intent.client_secret');
  expect(Object.keys(answer)).toEqual(['data']);
});

test('the header of the credentials is the portal’s own choice', async () => {
  await using bench = await openPlatformBench('portal');
  bench.platform.model.behaviour.auth = { header: 'x-api-key', value: 'a key' };

  const wrong = await intent(bench);
  const right = await askPlatform(bench.platform, examples.intent.path, intentRequest, {
    headers: { 'X-Api-Key': 'a key' },
  });

  expect([wrong.status, right.status]).toEqual([401, 200]);
});

test('a path with a slash at its end, a GET and a body that is no JSON are refused', async () => {
  await using bench = await openPlatformBench('portal');
  const { platform } = bench;
  const { path } = examples.intent;

  const answers = [
    await askPlatform(platform, `${path}/`, intentRequest),
    await askPlatform(platform, path, null, { method: 'GET' }),
    await askPlatform(platform, path, '{'),
    await askPlatform(platform, path, intentRequest, { headers: { 'content-type': 'text/plain' } }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([404, 405, 422, 422]);
});
