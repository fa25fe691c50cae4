import { afterEach, describe, expect, it } from 'vitest';
import { stripeReadersApi } from '../../main/backends/stripe/stripe-readers-api.ts';
import {
  chargeId,
  locationId,
  paymentIntentId,
  readerId,
  setupIntentId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import type { IdleReader, ReaderFacts, ReadersApi } from '../../main/ports/readers-api.ts';
import {
  cutHalfWay,
  html,
  json,
  type Script,
  type ScriptedServer,
  scriptedServer,
  stripeError,
} from './scripted-server.ts';

const never = new AbortController().signal;
const front = readerId('tmr_front');
const intent = paymentIntentId('pi_0001');
const setup = setupIntentId('seti_0001');
const refund = { charge: chargeId('ch_0001'), amount: money(1_200, 'cad') };
const studio = locationId('tml_studio');
const config = { customerMayCancel: true, skipTipping: true, keepsCard: false };
const key = 'foyer_sale_0000000001_reader_1_1';
const cart = {
  currency: 'usd',
  total: 2_800,
  tax: 200,
  lines: [{ description: 'Drop-in class', amount: 2_600, quantity: 1 }],
};

let server: ScriptedServer | null = null;

async function on(...scripts: Script[]): Promise<ScriptedServer & { readers: ReadersApi }> {
  server = await scriptedServer(scripts);
  return { ...server, readers: stripeReadersApi({ stripe: server.stripe }) };
}

afterEach(async () => {
  await server?.close();
  server = null;
});

/** A reader as Stripe writes it. */
function readerJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    object: 'terminal.reader',
    id: 'tmr_front',
    action: null,
    device_sw_version: '2.42.0.1',
    device_type: 'stripe_s700',
    ip_address: '192.168.1.50',
    label: 'Front desk',
    last_seen_at: 1_795_000_000_123,
    livemode: false,
    location: 'tml_studio',
    metadata: {},
    serial_number: 'S700-1',
    status: 'online',
    a_field_stripe_added_yesterday: { odd: true },
    ...changes,
  };
}

function actionJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'process_payment_intent',
    status: 'in_progress',
    failure_code: null,
    failure_message: null,
    api_error: null,
    process_payment_intent: { payment_intent: 'pi_0001', process_config: {} },
    ...changes,
  };
}

function locationJson(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    object: 'terminal.location',
    id: 'tml_studio',
    display_name: 'Studio North',
    address: { country: 'us', city: 'Oakland', line1: '1 Main', postal_code: null, state: 'CA' },
    ...changes,
  };
}

function list(data: readonly unknown[], hasMore = false): Script {
  return json(200, { object: 'list', url: '/v1/anything', has_more: hasMore, data });
}

const read = (readers: ReadersApi): Promise<Answer<ReaderFacts>> => readers.read(front, never);

function idle(id: ReaderFacts['id']): IdleReader {
  return { id, brand: 'seen idle' };
}

const address = {
  country: 'US',
  line1: '1 Main',
  city: 'Oakland',
  state: null,
  postalCode: null,
};

type Call = (readers: ReadersApi) => Promise<Answer<unknown>>;

const keyed: Readonly<Record<string, Call>> = {
  process: (readers) => readers.processPaymentIntent(front, intent, config, key, never),
  collect: (readers) => readers.collectPaymentMethod(front, intent, config, key, never),
  confirm: (readers) => readers.confirmPaymentIntent(front, intent, key, never),
  setup: (readers) => readers.processSetupIntent(front, setup, config, key, never),
  refund: (readers) => readers.refundPayment(front, refund, config, key, never),
  register: (readers) =>
    readers.register({ code: 'a-b-c', label: 'Front', locationId: studio }, key, never),
  rename: (readers) => readers.rename(front, 'Front', key, never),
  'new Location': (readers) =>
    readers.createLocation({ name: 'Studio North', address }, key, never),
};

const sent: readonly (readonly [string, Call, string, Record<string, string>])[] = [
  [
    'process',
    keyed['process']!,
    'POST /v1/terminal/readers/tmr_front/process_payment_intent',
    {
      payment_intent: 'pi_0001',
      'process_config[enable_customer_cancellation]': 'true',
      'process_config[skip_tipping]': 'true',
    },
  ],
  [
    'collect',
    keyed['collect']!,
    'POST /v1/terminal/readers/tmr_front/collect_payment_method',
    {
      payment_intent: 'pi_0001',
      'collect_config[enable_customer_cancellation]': 'true',
      'collect_config[skip_tipping]': 'true',
    },
  ],
  [
    'confirm',
    keyed['confirm']!,
    'POST /v1/terminal/readers/tmr_front/confirm_payment_intent',
    { payment_intent: 'pi_0001' },
  ],
  [
    'process of a card that is kept',
    (readers) =>
      readers.processPaymentIntent(front, intent, { ...config, keepsCard: true }, key, never),
    'POST /v1/terminal/readers/tmr_front/process_payment_intent',
    {
      payment_intent: 'pi_0001',
      'process_config[enable_customer_cancellation]': 'true',
      'process_config[skip_tipping]': 'true',
      'process_config[allow_redisplay]': 'limited',
    },
  ],
  [
    'collect of a card that is kept',
    (readers) =>
      readers.collectPaymentMethod(front, intent, { ...config, keepsCard: true }, key, never),
    'POST /v1/terminal/readers/tmr_front/collect_payment_method',
    {
      payment_intent: 'pi_0001',
      'collect_config[enable_customer_cancellation]': 'true',
      'collect_config[skip_tipping]': 'true',
      'collect_config[allow_redisplay]': 'limited',
    },
  ],
  [
    'setup',
    keyed['setup']!,
    'POST /v1/terminal/readers/tmr_front/process_setup_intent',
    {
      setup_intent: 'seti_0001',
      allow_redisplay: 'limited',
      'process_config[enable_customer_cancellation]': 'true',
    },
  ],
  [
    'refund in person',
    keyed['refund']!,
    'POST /v1/terminal/readers/tmr_front/refund_payment',
    {
      charge: 'ch_0001',
      amount: '1200',
      'refund_payment_config[enable_customer_cancellation]': 'true',
    },
  ],
  [
    'cancel',
    (readers) => readers.cancelAction(front, never),
    'POST /v1/terminal/readers/tmr_front/cancel_action',
    {},
  ],
  [
    'display',
    (readers) => readers.setReaderDisplay(idle(front), cart, never),
    'POST /v1/terminal/readers/tmr_front/set_reader_display',
    {
      type: 'cart',
      'cart[currency]': 'usd',
      'cart[total]': '2800',
      'cart[tax]': '200',
      'cart[line_items][0][description]': 'Drop-in class',
      'cart[line_items][0][amount]': '2600',
      'cart[line_items][0][quantity]': '1',
    },
  ],
  [
    'register',
    keyed['register']!,
    'POST /v1/terminal/readers',
    { registration_code: 'a-b-c', label: 'Front', location: 'tml_studio' },
  ],
  ['rename', keyed['rename']!, 'POST /v1/terminal/readers/tmr_front', { label: 'Front' }],
  [
    'deregister',
    (readers) => readers.deregister(front, never),
    'DELETE /v1/terminal/readers/tmr_front',
    {},
  ],
  [
    'new Location, without what it has not',
    keyed['new Location']!,
    'POST /v1/terminal/locations',
    {
      display_name: 'Studio North',
      'address[country]': 'US',
      'address[line1]': '1 Main',
      'address[city]': 'Oakland',
    },
  ],
];

describe('what leaves the kiosk', () => {
  it.each(sent)('for a %s is what Stripe documents', async (_what, call, request, body) => {
    const { readers, received } = await on(json(200, readerJson()));

    await call(readers);

    expect(`${received[0]?.method} ${received[0]?.url}`).toBe(request);
    expect(Object.fromEntries(received[0]?.body ?? [])).toEqual(body);
  });

  it.each(Object.entries(keyed))('for a %s carries exactly the stored key', async (_what, call) => {
    const { readers, received } = await on(json(200, readerJson()));

    await call(readers);

    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual([key]);
  });
});

describe('what is read of a reader', () => {
  const actions: readonly (readonly [string, unknown, ReaderFacts['action']])[] = [
    ['nothing', null, null],
    ['nothing at all', undefined, null],
    [
      'a payment, its PaymentIntent by id',
      actionJson(),
      {
        kind: 'process_payment_intent',
        status: 'in_progress',
        object: intent,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'a collect that has read a card, its PaymentIntent written out',
      actionJson({
        type: 'collect_payment_method',
        collect_payment_method: {
          payment_intent: { id: 'pi_0001', object: 'payment_intent' },
          payment_method: { id: 'pm_1', object: 'payment_method' },
        },
      }),
      {
        kind: 'collect_payment_method',
        status: 'in_progress',
        object: intent,
        failureCode: null,
        failureMessage: null,
        hasCard: true,
      },
    ],
    [
      'a confirm that failed, with why',
      actionJson({
        type: 'confirm_payment_intent',
        status: 'failed',
        failure_code: 'card_declined',
        failure_message: 'Your card has insufficient funds.',
        confirm_payment_intent: { payment_intent: 'pi_0001' },
      }),
      {
        kind: 'confirm_payment_intent',
        status: 'failed',
        object: intent,
        failureCode: 'card_declined',
        failureMessage: 'Your card has insufficient funds.',
        hasCard: false,
      },
    ],
    [
      'an order on its display',
      { type: 'set_reader_display', status: 'succeeded', set_reader_display: { type: 'cart' } },
      {
        kind: 'set_reader_display',
        status: 'succeeded',
        object: null,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'a setup, by its SetupIntent',
      {
        type: 'process_setup_intent',
        status: 'succeeded',
        process_setup_intent: { setup_intent: { id: 'seti_0001' }, generated_card: 'pm_0001' },
      },
      {
        kind: 'process_setup_intent',
        status: 'succeeded',
        object: setup,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'a refund, by its Charge',
      {
        type: 'refund_payment',
        status: 'in_progress',
        refund_payment: { charge: 'ch_0001', payment_intent: 'pi_0001', amount: 1_200 },
      },
      {
        kind: 'refund_payment',
        status: 'in_progress',
        object: refund.charge,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'a refund somebody else asked for, by its PaymentIntent',
      {
        type: 'refund_payment',
        status: 'in_progress',
        refund_payment: { payment_intent: 'pi_theirs' },
      },
      {
        kind: 'refund_payment',
        status: 'in_progress',
        object: null,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'something for a PaymentIntent that nobody here asks for',
      {
        type: 'print_receipt',
        status: 'in_progress',
        print_receipt: { payment_intent: 'pi_2222' },
      },
      {
        kind: 'other',
        status: 'in_progress',
        object: paymentIntentId('pi_2222'),
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
    [
      'what Stripe invents tomorrow',
      { type: 'dance', status: 'in_progress' },
      {
        kind: 'other',
        status: 'in_progress',
        object: null,
        failureCode: null,
        failureMessage: null,
        hasCard: false,
      },
    ],
  ];

  it.each(actions)('that does %s', async (_what, action, expected) => {
    const { readers } = await on(json(200, readerJson({ action })));

    expect(await read(readers)).toMatchObject({ kind: 'done', value: { action: expected } });
  });

  it('is who it is, where, and when Stripe last heard of it, in milliseconds', async () => {
    const { readers } = await on(json(200, readerJson()));

    expect(await read(readers)).toEqual({
      kind: 'done',
      requestId: 'req_scripted',
      value: {
        id: front,
        label: 'Front desk',
        deviceType: 'stripe_s700',
        serialNumber: 'S700-1',
        locationId: studio,
        status: 'online',
        lastSeenAtMs: 1_795_000_000_123,
        software: '2.42.0.1',
        action: null,
      },
    });
  });

  it('counts a hint that makes no sense as not told', async () => {
    const odd = {
      label: null,
      device_type: 'stripe_s900',
      serial_number: '',
      location: { id: 'tml_studio', object: 'terminal.location' },
      status: 'napping',
      last_seen_at: 'yesterday',
      device_sw_version: { major: 2 },
    };
    const { readers } = await on(json(200, readerJson(odd)));

    expect(await read(readers)).toMatchObject({
      value: {
        label: '',
        deviceType: 'stripe_s900',
        serialNumber: null,
        locationId: studio,
        status: null,
        lastSeenAtMs: null,
        software: null,
      },
    });
  });

  it.each([
    ['another reader', readerJson({ id: 'tmr_theirs' })],
    ['another kind of object', readerJson({ object: 'terminal.location' })],
    ['nothing', {}],
    ['an action whose end nobody knows', readerJson({ action: actionJson({ status: 'maybe' }) })],
    [
      'a payment without its PaymentIntent',
      readerJson({ action: actionJson({ process_payment_intent: {} }) }),
    ],
    [
      'a payment for something else',
      readerJson({ action: actionJson({ process_payment_intent: { payment_intent: 'ch_1' } }) }),
    ],
    [
      'a setup without its SetupIntent',
      readerJson({ action: actionJson({ type: 'process_setup_intent' }) }),
    ],
    [
      'a refund of something else',
      readerJson({
        action: actionJson({ type: 'refund_payment', refund_payment: { charge: 'pi_0001' } }),
      }),
    ],
    ['an action in words', readerJson({ action: 'waiting' })],
  ])('is not believed when it is %s', async (_what, reply) => {
    const { readers } = await on(json(200, reply));

    expect(await read(readers)).toEqual({ kind: 'unanswered', code: 'unbelievable_reply' });
    expect(await keyed['process']!(readers)).toMatchObject({ kind: 'unanswered' });
    expect(await readers.cancelAction(front, never)).toMatchObject({ kind: 'unanswered' });
  });

  it('that was removed is that there is none', async () => {
    const gone = { object: 'terminal.reader', id: 'tmr_front', deleted: true };
    const { readers } = await on(json(200, gone));

    expect(await read(readers)).toMatchObject({ kind: 'refused', code: 'resource_missing' });
    expect(await readers.deregister(front, never)).toMatchObject({ kind: 'done', value: null });
  });

  it('is removed only when Stripe says so', async () => {
    for (const reply of [
      readerJson(),
      { id: 'tmr_theirs', object: 'terminal.reader', deleted: true },
    ]) {
      const { readers, close } = await on(json(200, reply));
      expect(await readers.deregister(front, never)).toMatchObject({ kind: 'unanswered' });
      await close();
    }
  });
});

describe('what an answer is', () => {
  const refusals = [
    'terminal_reader_busy',
    'terminal_reader_timeout',
    'terminal_reader_offline',
    'terminal_reader_hardware_fault',
    'intent_invalid_state',
  ];

  it.each(refusals)('that says %s keeps its code', async (code) => {
    const { readers } = await on(stripeError(400, { type: 'invalid_request_error', code }));

    for (const call of Object.values(keyed)) {
      expect(await call(readers)).toMatchObject({ kind: 'refused', status: 400, code });
    }
  });

  it.each([
    ['a reply cut half-way', cutHalfWay],
    ['a sign-in page that says 200', html(200)],
    ['an empty object', json(200, {})],
  ])('that is %s is none', async (_what, script) => {
    const { readers } = await on(script);

    for (const call of [...Object.values(keyed), read]) {
      expect(await call(readers)).toMatchObject({ kind: 'unanswered' });
    }
  });

  it('tells the time that Stripe put on it', async () => {
    const dates: number[] = [];
    server = await scriptedServer([json(200, readerJson())]);
    const readers = stripeReadersApi({ stripe: server.stripe, onDate: (at) => dates.push(at) });

    await read(readers);

    expect(dates).toHaveLength(1);
  });
});

describe('a list', () => {
  it('of readers is followed to its end', async () => {
    const { readers, received } = await on(
      list([readerJson(), readerJson({ id: 'tmr_second' })], true),
      list([readerJson({ id: 'tmr_third' })]),
    );

    const answer = await readers.list(never);

    expect(answer).toMatchObject({
      value: [{ id: 'tmr_front' }, { id: 'tmr_second' }, { id: 'tmr_third' }],
    });
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/terminal/readers?limit=100',
      '/v1/terminal/readers?limit=100&starting_after=tmr_second',
    ]);
  });

  it('of readers is not hidden by one that does what nobody understands: it counts as doing something', async () => {
    const odd = readerJson({ id: 'tmr_odd', action: actionJson({ status: 'maybe' }) });
    const { readers } = await on(list([odd, readerJson()]));

    expect(await readers.list(never)).toMatchObject({
      value: [
        { id: 'tmr_odd', action: { kind: 'other', status: 'in_progress' } },
        { id: 'tmr_front', action: null },
      ],
    });
  });

  it('of Locations tells name, country and city', async () => {
    const { readers } = await on(list([locationJson()]));

    expect(await readers.listLocations(never)).toMatchObject({
      value: [{ id: studio, name: 'Studio North', country: 'US', city: 'Oakland' }],
    });
  });

  it('that breaks off, or never ends, is no answer: a part would pass for all', async () => {
    const broken = await on(list([readerJson()], true), html(502));
    expect(await broken.readers.list(never)).toMatchObject({ kind: 'unanswered' });
    await broken.close();

    const endless = await on(list([readerJson()], true));
    expect(await endless.readers.list(never)).toEqual({
      kind: 'unanswered',
      code: 'list_too_long',
    });
    expect(endless.received.length).toBeLessThan(100);
  });

  it('that holds another kind of object is not believed', async () => {
    const { readers } = await on(list([locationJson()]));

    expect(await readers.list(never)).toEqual({ kind: 'unanswered', code: 'unbelievable_reply' });
  });
});

it('a reader that a page still leads is known by the refusal’s words, for it has no code', async () => {
  const type = 'invalid_request_error';
  const message = 'Reader is currently processing a transaction from a different integration mode.';
  const { readers } = await on(stripeError(400, { type, message }));

  const answer = await readers.processPaymentIntent(front, intent, config, key, never);

  expect(answer).toMatchObject({ kind: 'refused', code: 'different_integration_mode' });
});
