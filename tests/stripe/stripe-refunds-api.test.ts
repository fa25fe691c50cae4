import { afterEach, describe, expect, it } from 'vitest';
import { stripeRefundsApi } from '../../main/backends/stripe/stripe-refunds-api.ts';
import {
  kioskId,
  paymentIntentId,
  refundId,
  saleId,
  stripeRefundId,
} from '../../main/domain/ids.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import type { RefundsApi } from '../../main/ports/refunds-api.ts';
import { listOf, refundJson } from './card-json.ts';
import {
  cutHalfWay,
  html,
  json,
  reset,
  type Script,
  type ScriptedServer,
  scriptedServer,
  stripeError,
} from './scripted-server.ts';

const never = new AbortController().signal;
const key = 'foyer_refund_0000000001_create_1';
const intent = paymentIntentId('pi_0001');
const refund = stripeRefundId('re_0001');
const request = {
  refundId: refundId('refund_0000000001'),
  saleId: saleId('sale_0000000001'),
  kioskId: kioskId('kiosk_0000000001'),
  paymentIntentId: intent,
  amount: 1_200,
  reason: 'requested_by_customer',
} as const;

let server: ScriptedServer | null = null;

async function on(...scripts: Script[]): Promise<ScriptedServer & { refunds: RefundsApi }> {
  server = await scriptedServer(scripts);
  return { ...server, refunds: stripeRefundsApi({ stripe: server.stripe }) };
}

afterEach(async () => {
  await server?.close();
  server = null;
});

type Call = (refunds: RefundsApi) => Promise<Answer<unknown>>;

const create: Call = (refunds) => refunds.create(request, key, never);
const read: Call = (refunds) => refunds.read(refund, never);
const list: Call = (refunds) => refunds.list(intent, never);
const calls: readonly (readonly [string, Call])[] = [
  ['refund', create],
  ['read', read],
  ['list', list],
];

describe('what leaves the kiosk', () => {
  it('for a refund is the payment, the amount, the reason, and whose it is, under the stored key', async () => {
    const { refunds, received } = await on(json(200, refundJson()));

    await create(refunds);

    expect(received).toHaveLength(1);
    expect(`${received[0]!.method} ${received[0]!.url}`).toBe('POST /v1/refunds');
    expect(received[0]!.headers['idempotency-key']).toBe(key);
    expect(Object.fromEntries(received[0]!.body)).toEqual({
      payment_intent: 'pi_0001',
      amount: '1200',
      reason: 'requested_by_customer',
      'metadata[refund]': 'refund_0000000001',
      'metadata[sale]': 'sale_0000000001',
      'metadata[kiosk]': 'kiosk_0000000001',
    });
  });

  it('for a read and a list is what Stripe documents', async () => {
    const { refunds, received } = await on(json(200, refundJson()), listOf([]));

    await read(refunds);
    await list(refunds);

    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v1/refunds/re_0001',
      'GET /v1/refunds?payment_intent=pi_0001&limit=100',
    ]);
  });
});

describe('what an answer is', () => {
  it.each(calls)('to a %s is none when it is broken', async (_what, call) => {
    for (const script of [cutHalfWay, reset, json(200, {}), json(200, []), html(200), html(502)]) {
      const { refunds, close } = await on(script);
      expect((await call(refunds)).kind).toBe('unanswered');
      await close();
    }
  });

  it.each(['charge_already_refunded', 'charge_disputed', 'charge_not_refundable'])(
    'that says %s keeps its code',
    async (code) => {
      const { refunds } = await on(stripeError(400, { type: 'invalid_request_error', code }));

      expect(await create(refunds)).toMatchObject({ kind: 'refused', status: 400, code });
    },
  );

  it('after a server error is unsure, and nothing is repeated', async () => {
    const { refunds, received } = await on(stripeError(500, { type: 'api_error' }));

    expect(await create(refunds)).toMatchObject({ kind: 'uncertain', status: 500 });
    expect(received).toHaveLength(1);
  });

  it.each([
    ['a refund of another request', refundJson({ metadata: { refund: 'refund_0000000002' } })],
    ['a refund nobody asked for here', refundJson({ metadata: {} })],
    ['a refund of another payment', refundJson({ payment_intent: 'pi_0002' })],
    ['a refund of no payment', refundJson({ payment_intent: null })],
    ['a status nobody knows', refundJson({ status: 'on_its_way' })],
    ['no status', refundJson({ status: null })],
    ['a fractional amount', refundJson({ amount: 12.5 })],
    ['an amount in words', refundJson({ amount: '1200' })],
    ['a negative amount', refundJson({ amount: -1 })],
    ['another kind of object', refundJson({ object: 'charge' })],
    ['an id of another noun', refundJson({ id: 'ch_0001' })],
  ])('that shows %s is not believed', async (_what, reply) => {
    const { refunds } = await on(json(200, reply));

    expect(await create(refunds)).toEqual({ kind: 'unanswered', code: 'unbelievable_reply' });
  });

  it('to a read that shows another refund is not believed', async () => {
    const { refunds } = await on(json(200, refundJson({ id: 're_0002' })));

    expect(await read(refunds)).toMatchObject({ kind: 'unanswered' });
  });

  it('tells the time that Stripe put on it', async () => {
    const dates: number[] = [];
    server = await scriptedServer([json(200, refundJson())]);
    const refunds = stripeRefundsApi({ stripe: server.stripe, onDate: (at) => dates.push(at) });

    await read(refunds);

    expect(dates).toHaveLength(1);
  });
});

describe('what is read of a Refund', () => {
  it('is its money, its payment, and whose it is', async () => {
    const { refunds } = await on(json(200, refundJson()));

    expect(await read(refunds)).toEqual({
      kind: 'done',
      requestId: 'req_scripted',
      value: {
        id: refund,
        status: 'succeeded',
        amount: 1_200,
        currency: 'usd',
        paymentIntentId: intent,
        failureReason: null,
        createdAtMs: 1_795_000_000_000,
        refundId: 'refund_0000000001',
        kioskId: 'kiosk_0000000001',
      },
    });
  });

  it('is why it failed after all', async () => {
    const failed = { status: 'failed', failure_reason: 'expired_or_canceled_card' };
    const { refunds } = await on(json(200, refundJson(failed)));

    expect(await read(refunds)).toMatchObject({
      value: { status: 'failed', failureReason: 'expired_or_canceled_card' },
    });
  });

  it('is that it was made elsewhere, where nothing says whose it is', async () => {
    const { refunds } = await on(listOf([refundJson({ metadata: null })]));

    expect(await list(refunds)).toMatchObject({
      kind: 'done',
      value: [{ id: 're_0001', refundId: null, kioskId: null }],
    });
  });
});

describe('the list of a payment’s Refunds', () => {
  it('is read to its end', async () => {
    const { refunds, received } = await on(
      listOf([refundJson(), refundJson({ id: 're_0002' })], true),
      listOf([refundJson({ id: 're_0003' })]),
    );

    expect(await list(refunds)).toMatchObject({
      kind: 'done',
      value: [{ id: 're_0001' }, { id: 're_0002' }, { id: 're_0003' }],
    });
    expect(received[1]!.url).toContain('starting_after=re_0002');
  });

  it('that breaks off, never ends, or holds another payment’s is no answer', async () => {
    const another = listOf([refundJson({ payment_intent: 'pi_0002' })]);
    for (const next of [cutHalfWay, json(200, {}), listOf([refundJson()], true), another]) {
      const { refunds, close } = await on(listOf([refundJson()], true), next);
      expect((await list(refunds)).kind).toBe('unanswered');
      await close();
    }
  });
});
