import { expect, test } from 'vitest';
import { askPlatform, type Heard, parsed } from '../ask-platform.ts';
import { keysOf } from '../keys-of.ts';
import { openPlatformBench, type PlatformBench } from '../platform-bench.ts';
import { tapCard } from '../tap-card.ts';
import { commerceLayerExamples as examples } from './examples.ts';

type Bench = PlatformBench<'commerce-layer'>;

const { data: exampleData } = examples.request;
const jsonApi = { accept: 'application/vnd.api+json', 'content-type': 'application/vnd.api+json' };
const byReader = { payment_method_types: ['card_present'], capture_method: 'manual' };

async function open(): Promise<Bench> {
  const bench = await openPlatformBench('commerce-layer');
  bench.platform.model.seedOrder({ id: 'ABCRtyUpBa', total: 2_800, currency: 'usd' });
  return bench;
}

function post(bench: Bench, body: unknown, headers: Record<string, string> = jsonApi) {
  return askPlatform(bench.platform, '/api/stripe_payments', body, { headers });
}

function create(bench: Bench, attributes: object): Promise<Heard> {
  return post(bench, { data: { ...exampleData, attributes } });
}

function get(bench: Bench, path: string): Promise<Heard> {
  return askPlatform(bench.platform, path, null, {
    method: 'GET',
    headers: { accept: jsonApi.accept },
  });
}

interface Resource {
  readonly id: string;
  readonly links: { readonly self: string };
  readonly attributes: Record<string, unknown>;
  readonly meta: Record<string, unknown>;
}

function resource(heard: Heard): Resource {
  return parsed(heard)['data'] as Resource;
}

async function madeDirectly(bench: Bench, amount = 2_800): Promise<Record<string, unknown>> {
  const made = await bench.studio.stripe.paymentIntents.create({
    amount,
    currency: 'usd',
    allowed_payment_method_types: ['card_present'],
    capture_method: 'manual',
  });
  return { stripe_id: made.id, client_secret: made.client_secret };
}

test('"Create a stripe payment": the example records a PaymentIntent that was made elsewhere', async () => {
  await using bench = await open();
  const recorded = await madeDirectly(bench);

  const answer = await create(bench, recorded);

  expect(answer.status).toBe(201);
  expect(answer.headers.get('content-type')).toBe('application/vnd.api+json');
  expect(resource(answer).attributes).toMatchObject({ ...recorded, mismatched_amounts: false });
  expect(bench.platform.model.made()).toEqual([]);
});

test('"On success, the API responds with a 201": the answer has the example’s keys, each of them', async () => {
  await using bench = await open();
  Object.assign(bench.platform.model.behaviour, {
    connectedAccount: 'acct_training',
    onBehalfOf: 'acct_training',
    transferGroup: 'group',
  });
  const recorded = await madeDirectly(bench);
  await tapCard(bench, { paymentIntent: String(recorded['stripe_id']) });

  const answer = await create(bench, {
    ...recorded,
    options: { customer: 'cus_xxx', payment_method: 'pm_xxx' },
    return_url: 'https://yourdomain.com/thankyou',
    receipt_email: 'alex@example.com',
    reference: 'ANY-EXTERNAL-REFEFERNCE',
    reference_origin: 'ANY-EXTERNAL-REFEFERNCE-ORIGIN',
    metadata: { foo: 'bar' },
  });

  expect(keysOf(parsed(answer))).toEqual(keysOf(examples.response));
  expect(resource(answer).attributes).toMatchObject({
    charge_id: expect.stringMatching(/^ch_/) as string,
    payment_instrument: { card_type: 'visa' },
  });
});

test('"Required, created if null": a PaymentIntent of the order’s total is made as the options ask', async () => {
  await using bench = await open();

  const answer = await create(bench, {
    stripe_id: null,
    client_secret: null,
    options: byReader,
    reference: 'sale_1',
  });

  expect(answer.status).toBe(201);
  const { attributes, meta } = resource(answer);
  const made = await bench.studio.stripe.paymentIntents.retrieve(String(attributes['stripe_id']));
  expect(made).toMatchObject({
    amount: 2_800,
    capture_method: 'manual',
    payment_method_types: ['card_present'],
    client_secret: attributes['client_secret'],
  });
  expect(attributes).toMatchObject({
    charge_id: null,
    payment_method: null,
    publishable_key: bench.stripe.publishableKey,
    connected_account: null,
    reference: 'sale_1',
  });
  expect(meta).toMatchObject({
    mode: 'test',
    trace_id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});

test('an amount that is not the order’s total is recorded, and said', async () => {
  await using bench = await open();

  const answer = await create(bench, await madeDirectly(bench, 2_700));

  expect(answer.status).toBe(201);
  expect(resource(answer).attributes['mismatched_amounts']).toBe(true);
});

test('a payment is read at the address it links to, with the charge it got since', async () => {
  await using bench = await open();
  const recorded = await madeDirectly(bench);
  const created = resource(await create(bench, recorded));
  await tapCard(bench, { paymentIntent: String(recorded['stripe_id']) });

  const read = await get(bench, created.links.self.slice(bench.platform.url.length));

  expect(created.links.self).toBe(`${bench.platform.url}/api/stripe_payments/${created.id}`);
  expect(created.attributes['charge_id']).toBeNull();
  expect(resource(read).attributes['charge_id']).toMatch(/^ch_/);
});

test('payments are found again by their reference, the others are not', async () => {
  await using bench = await open();
  const recorded = await madeDirectly(bench);
  await create(bench, { ...recorded, reference: 'sale_1', reference_origin: 'kiosk_1' });
  await create(bench, { ...recorded, reference: 'sale_2', reference_origin: 'kiosk_1' });

  const one = await get(bench, '/api/stripe_payments?filter[q][reference_eq]=sale_2');
  const both = await get(bench, '/api/stripe_payments?filter[q][reference_origin_eq]=kiosk_1');
  const none = await get(bench, '/api/stripe_payments?filter[q][reference_eq]=sale_3');

  const found = (heard: Heard) =>
    (parsed(heard)['data'] as Resource[]).map((row) => row.attributes['reference']);
  expect([found(one), found(both), found(none)]).toEqual([['sale_2'], ['sale_1', 'sale_2'], []]);
});

test('each POST makes another payment', async () => {
  await using bench = await open();

  const answers = [await create(bench, { options: byReader }), await create(bench, {})];

  expect(new Set(answers.map((answer) => resource(answer).attributes['stripe_id'])).size).toBe(2);
  expect(bench.platform.model.payments).toHaveLength(2);
  expect(bench.platform.model.made()).toMatchObject([
    { order: 'ABCRtyUpBa' },
    { order: 'ABCRtyUpBa' },
  ]);
});

test.each<[string, unknown, number, string | null]>([
  [
    'an order that is not there',
    {
      data: { ...exampleData, relationships: { order: { data: { type: 'orders', id: 'gone' } } } },
    },
    404,
    '/data/relationships/order/data/id',
  ],
  [
    'an order that is not given',
    { data: { type: 'stripe_payments', relationships: {} } },
    422,
    '/data/relationships/order',
  ],
  ['a PaymentIntent that is not there', examples.request, 422, '/data/attributes/stripe_id'],
  [
    'a PaymentIntent without its secret',
    { data: { ...exampleData, attributes: { stripe_id: 'pi_1234XXX' } } },
    422,
    '/data/attributes/client_secret',
  ],
  [
    'an attribute nobody knows',
    { data: { ...exampleData, attributes: { tip: 100 } } },
    422,
    '/data/attributes/tip',
  ],
  ['another type', { data: { ...exampleData, type: 'payments' } }, 422, '/data/type'],
])('%s is refused, and the error says where', async (_, body, status, pointer) => {
  await using bench = await open();

  const answer = await post(bench, body);

  expect(answer.status).toBe(status);
  expect(parsed(answer)).toMatchObject({
    errors: [{ status: String(status), source: { pointer } }],
  });
  expect(bench.platform.model.payments).toEqual([]);
});

test('a wrong token, a wrong content type, a slash at the end and a payment that is not there are each refused', async () => {
  await using bench = await open();
  const { url } = bench.platform;
  const options = { headers: jsonApi };

  const answers = [
    await askPlatform({ url, token: 'x' }, '/api/stripe_payments', examples.request, options),
    await post(bench, examples.request, { ...jsonApi, 'content-type': 'application/json' }),
    await askPlatform(bench.platform, '/api/stripe_payments/', examples.request, options),
    await get(bench, '/api/stripe_payments/XAyRWNUzyN'),
  ];

  expect(answers.map(({ status }) => status)).toEqual([401, 415, 404, 404]);
  expect(parsed(answers[0]!)).toMatchObject({ errors: [{ title: 'Unauthorized' }] });
});
