import { afterEach, describe, expect, it } from 'vitest';
import { followedEvents } from '../../main/backends/stripe/followed-events.ts';
import { paymentIntentId } from '../../main/domain/ids.ts';
import type { PaymentsApi } from '../../main/ports/payments-api.ts';
import {
  json,
  paymentIntentJson,
  type Script,
  type ScriptedServer,
  scriptedServer,
} from './scripted-server.ts';

const never = new AbortController().signal;
let server: ScriptedServer | null = null;

async function on(...scripts: Script[]): Promise<ScriptedServer> {
  server = await scriptedServer(scripts);
  return server;
}

afterEach(async () => {
  await server?.close();
  server = null;
});

function list(data: readonly unknown[], hasMore = false): Script {
  return json(200, { object: 'list', url: '/v1/anything', has_more: hasMore, data });
}

function eventJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    object: 'event',
    id: 'evt_0001',
    type: 'payment_intent.succeeded',
    created: 1_795_000_100,
    data: { object: paymentIntentJson({ status: 'succeeded' }) },
    ...changes,
  };
}

const period = { createdFromMs: 1_795_000_000_900, createdToMs: 1_795_000_200_100 };

const listAll = (api: PaymentsApi) =>
  api.listPaymentIntents({ ...period, startingAfter: null }, never);
const listEvents = (api: PaymentsApi) =>
  api.listEvents({ createdFromMs: 1_795_000_000_000, startingAfter: null }, never);

describe('a page of PaymentIntents', () => {
  it('is asked for by whole seconds that leave nothing of the period out, with its charges', async () => {
    const { api, received } = await on(list([]));

    await api.listPaymentIntents({ ...period, startingAfter: paymentIntentId('pi_0009') }, never);

    const query = new URL(received[0]?.url ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      'created[gte]': '1795000000',
      'created[lte]': '1795000201',
      limit: '100',
      'expand[0]': 'data.latest_charge',
      starting_after: 'pi_0009',
    });
  });

  it('shows the money of each, whose it is, and until when it is held', async () => {
    const charge = {
      object: 'charge',
      id: 'ch_0001',
      amount_refunded: 300,
      payment_method_details: { card_present: { capture_before: 1_795_200_000 } },
    };
    const { api } = await on(
      list([paymentIntentJson({ status: 'requires_capture', latest_charge: charge })], true),
    );

    expect(await listAll(api)).toMatchObject({
      kind: 'done',
      value: {
        hasMore: true,
        entries: [
          {
            id: 'pi_0001',
            status: 'requires_capture',
            amount: 2_800,
            currency: 'usd',
            amountRefunded: 300,
            createdAtMs: 1_795_000_000_000,
            captureBeforeMs: 1_795_200_000_000,
            saleId: 'sale_0000000001',
            kioskId: 'kiosk_0000000001',
            orderHash: 'hash',
          },
        ],
      },
    });
  });

  const oddOnes: readonly (readonly [string, Record<string, unknown>])[] = [
    ['a status nobody knows', { status: 'requires_patience' }],
    ['an amount in words', { amount: '2800' }],
    ['no currency', { currency: null }],
    ['a negative amount', { amount_received: -1 }],
    ['no time', { created: null }],
    ['a charge of another form', { latest_charge: { amount_refunded: 'all of it' } }],
  ];

  it.each(oddOnes)('is not broken by somebody else’s with %s', async (_what, odd) => {
    const theirs = paymentIntentJson({ id: 'pi_theirs', metadata: { order: 42 }, ...odd });
    const { api } = await on(list([theirs, paymentIntentJson()]));

    const answer = await listAll(api);

    expect(answer).toMatchObject({
      kind: 'done',
      value: { entries: [{ id: 'pi_theirs', kioskId: null }, { id: 'pi_0001' }] },
    });
  });

  it.each(oddOnes)('of a kiosk’s own PaymentIntent with %s is not believed', async (_what, odd) => {
    const { api } = await on(list([paymentIntentJson(odd)]));

    expect(await listAll(api)).toEqual({ kind: 'unanswered', code: 'unbelievable_reply' });
  });

  it('takes metadata of no form for nobody’s', async () => {
    const { api } = await on(list([paymentIntentJson({ metadata: null })]));

    expect(await listAll(api)).toMatchObject({ value: { entries: [{ kioskId: null }] } });
  });

  it('that goes on and shows nothing, or is no list, is not believed', async () => {
    for (const script of [
      list([], true),
      json(200, {}),
      json(200, []),
      list([{ id: 'ch_0001' }]),
    ]) {
      const { api, close } = await scriptedServer([script]);
      expect((await listAll(api)).kind).toBe('unanswered');
      await close();
    }
  });
});

describe('a page of events', () => {
  it('is asked for by the types that can matter, of which Stripe takes 20', async () => {
    const { api, received } = await on(list([]));

    await api.listEvents({ createdFromMs: 1_795_000_000_900, startingAfter: 'evt_0009' }, never);

    const query = new URL(received[0]?.url ?? '', 'http://x').searchParams;
    const types = followedEvents.map((_type, index) => query.get(`types[${index}]`));
    expect(types).toEqual([...followedEvents]);
    expect(query.get('created[gte]')).toBe('1795000000');
    expect(query.get('starting_after')).toBe('evt_0009');
    expect(new Set(followedEvents).size).toBe(followedEvents.length);
    expect(followedEvents.length).toBeLessThanOrEqual(20);
  });

  it('names the PaymentIntent an event speaks of, itself or through its charge, refund or dispute', async () => {
    const spoken = [
      { data: { object: paymentIntentJson() } },
      {
        type: 'charge.captured',
        data: { object: { object: 'charge', payment_intent: 'pi_0002' } },
      },
      {
        type: 'refund.created',
        data: { object: { object: 'refund', payment_intent: { id: 'pi_0003' } } },
      },
      {
        type: 'charge.dispute.created',
        data: { object: { object: 'dispute', payment_intent: 'pi_0004' } },
      },
    ];
    const { api } = await on(
      list(spoken.map((changes, index) => eventJson({ id: `evt_000${index}`, ...changes }))),
    );

    const answer = await listEvents(api);

    expect(
      answer.kind === 'done' ? answer.value.entries.map((entry) => entry.paymentIntentId) : null,
    ).toEqual(['pi_0001', 'pi_0002', 'pi_0003', 'pi_0004']);
  });

  it('are of no type that tells what another followed one tells', () => {
    expect(followedEvents.filter((type) => /^charge\.(captured|failed|refund)/.test(type))).toEqual(
      [],
    );
    expect(followedEvents).toEqual(
      expect.arrayContaining([
        'payment_intent.succeeded',
        'payment_intent.payment_failed',
        'refund.created',
        'refund.updated',
        'refund.failed',
        'charge.dispute.created',
        'setup_intent.succeeded',
        'setup_intent.setup_failed',
      ]),
    );
  });

  it('names the Refund or the SetupIntent an event speaks of, itself or through a reader', async () => {
    const atReader = (action: object) => ({
      object: 'terminal.reader',
      id: 'tmr_front',
      action,
      metadata: {},
    });
    const objects = [
      { object: 'refund', id: 're_0001', payment_intent: 'pi_0001', charge: 'ch_0001' },
      { object: 'setup_intent', id: 'seti_0001', metadata: { kiosk: 'kiosk_0000000001' } },
      atReader({
        type: 'process_setup_intent',
        process_setup_intent: { setup_intent: { id: 'seti_0002' } },
      }),
      atReader({
        type: 'refund_payment',
        refund_payment: { charge: 'ch_0002', payment_intent: 'pi_0002', refund: 're_0002' },
      }),
      paymentIntentJson({ id: 'pi_0003' }),
      { object: 'refund', id: 12, payment_intent: null },
    ];
    const { api } = await on(
      list(objects.map((object, index) => eventJson({ id: `evt_000${index}`, data: { object } }))),
    );

    const answer = await listEvents(api);

    const entries = answer.kind === 'done' ? answer.value.entries : [];
    expect(
      entries.map(({ stripeRefundId, setupIntentId }) => ({ stripeRefundId, setupIntentId })),
    ).toEqual([
      { stripeRefundId: 're_0001' },
      { setupIntentId: 'seti_0001' },
      { setupIntentId: 'seti_0002' },
      { stripeRefundId: 're_0002' },
      {},
      {},
    ]);
    expect(entries.map((entry) => entry.paymentIntentId)).toEqual([
      'pi_0001',
      null,
      null,
      'pi_0002',
      'pi_0003',
      null,
    ]);
    expect(entries[1]?.kioskId).toBe('kiosk_0000000001');
  });

  it('names the reader an event speaks of, and the PaymentIntent of what it did', async () => {
    const actions = [
      { type: 'process_payment_intent', process_payment_intent: { payment_intent: 'pi_0001' } },
      {
        type: 'collect_payment_method',
        collect_payment_method: { payment_intent: { id: 'pi_0002' } },
        process_payment_intent: { payment_intent: 'pi_former' },
      },
      { type: 'collect_inputs', collect_inputs: { inputs: [] } },
      { type: 'refund_payment' },
      null,
    ];
    const { api } = await on(
      list(
        actions.map((action, index) => {
          const object = { object: 'terminal.reader', id: 'tmr_front', action, metadata: {} };
          const type = 'terminal.reader.action_succeeded';
          return eventJson({ id: `evt_000${index}`, type, data: { object } });
        }),
      ),
    );

    const answer = await listEvents(api);

    const entries = answer.kind === 'done' ? answer.value.entries : [];
    expect(entries.map((entry) => entry.readerId)).toEqual(actions.map(() => 'tmr_front'));
    expect(entries.map((entry) => entry.paymentIntentId)).toEqual([
      'pi_0001',
      'pi_0002',
      null,
      null,
      null,
    ]);
  });

  it('believes of an event its id, type, time and whose it says it is, and nothing else', async () => {
    const { api } = await on(list([eventJson()]));

    expect(await listEvents(api)).toMatchObject({
      kind: 'done',
      value: {
        entries: [
          {
            id: 'evt_0001',
            type: 'payment_intent.succeeded',
            createdAtMs: 1_795_000_100_000,
            paymentIntentId: 'pi_0001',
            kioskId: 'kiosk_0000000001',
            readerId: null,
          },
        ],
      },
    });
  });

  it('is not broken by an event whose object is odd or old', async () => {
    const odd = [
      { data: null },
      { data: { object: null } },
      { data: { object: {} } },
      { data: { object: { object: 'payment_intent', id: 12 } } },
      { data: { object: { object: 'charge', payment_intent: ['pi_0001'], metadata: 'none' } } },
      { data: { object: { object: 'terminal.reader', id: 12, action: 'none' } } },
      { data: { object: { object: 'terminal.reader', id: 'tmr_front', action: 'none' } } },
    ];
    const { api } = await on(
      list(odd.map((changes, index) => eventJson({ id: `evt_000${index}`, ...changes }))),
    );

    const answer = await listEvents(api);

    const entries = answer.kind === 'done' ? answer.value.entries : [];
    expect(entries).toHaveLength(odd.length);
    expect(entries.every((entry) => entry.paymentIntentId === null)).toBe(true);
  });

  it('with an event without an id or a time is not believed: the cursor could not be moved over it', async () => {
    for (const broken of [eventJson({ id: 'pi_0001' }), eventJson({ created: 'yesterday' })]) {
      const { api, close } = await scriptedServer([list([broken])]);
      expect((await listEvents(api)).kind).toBe('unanswered');
      await close();
    }
  });
});
