import { afterEach, describe, expect, it } from 'vitest';
import { stripeCardsApi } from '../../main/backends/stripe/stripe-cards-api.ts';
import {
  customerId,
  kioskId,
  paymentIntentId,
  paymentMethodId,
  setupId,
  setupIntentId,
} from '../../main/domain/ids.ts';
import type { CardsApi } from '../../main/ports/cards-api.ts';
import type { Answer } from '../../main/ports/payments-api.ts';
import {
  attemptJson,
  cardJson,
  customerJson,
  listOf,
  searchOf,
  setupIntentJson,
} from './card-json.ts';
import {
  cutHalfWay,
  html,
  json,
  paymentIntentJson,
  reset,
  type Script,
  type ScriptedServer,
  scriptedServer,
  stripeError,
} from './scripted-server.ts';

const never = new AbortController().signal;
const key = 'foyer_setup_0000000001_create_1';
const mara = customerId('cus_0001');
const card = paymentMethodId('pm_0001');
const intent = paymentIntentId('pi_0001');
const setup = setupIntentId('seti_0001');
const request = {
  customerId: mara,
  setupId: setupId('setup_0000000001'),
  kioskId: kioskId('kiosk_0000000001'),
};
const details = { name: 'Mara Okafor', email: 'mara@example.com', phone: '+15550100' };

let server: ScriptedServer | null = null;

async function on(...scripts: Script[]): Promise<ScriptedServer & { cards: CardsApi }> {
  server = await scriptedServer(scripts);
  return { ...server, cards: stripeCardsApi({ stripe: server.stripe }) };
}

afterEach(async () => {
  await server?.close();
  server = null;
});

type Call = (cards: CardsApi) => Promise<Answer<unknown>>;

interface Case {
  readonly what: string;
  readonly call: Call;
  readonly reply: Script;
  readonly request: string;
  readonly sent: Record<string, string>;
}

const latestCharge = {
  object: 'charge',
  id: 'ch_0001',
  payment_method_details: { card_present: { generated_card: 'pm_0001', last4: '4242' } },
};

const reads: readonly Case[] = [
  {
    what: 'search for a member',
    call: (cards) => cards.searchCustomers('M-17', never),
    reply: searchOf([]),
    request: 'GET /v1/customers/search',
    sent: { query: "metadata['member']:'M-17'", limit: '100' },
  },
  {
    what: 'list of Customers',
    call: (cards) =>
      cards.listCustomers({ createdFromMs: 1_795_000_000_900, startingAfter: mara }, never),
    reply: listOf([]),
    request: 'GET /v1/customers',
    sent: { 'created[gte]': '1795000000', limit: '100', starting_after: 'cus_0001' },
  },
  {
    what: 'look at what a payment left behind',
    call: (cards) => cards.leftBehind(intent, never),
    reply: json(200, paymentIntentJson({ latest_charge: latestCharge })),
    request: 'GET /v1/payment_intents/pi_0001',
    sent: { 'expand[0]': 'latest_charge' },
  },
  {
    what: 'read of a card',
    call: (cards) => cards.readCard(card, never),
    reply: json(200, cardJson()),
    request: 'GET /v1/payment_methods/pm_0001',
    sent: {},
  },
  {
    what: 'list of a Customer’s cards',
    call: (cards) => cards.listCards(mara, never),
    reply: listOf([]),
    request: 'GET /v1/customers/cus_0001/payment_methods',
    sent: { type: 'card', limit: '100' },
  },
  {
    what: 'read of a SetupIntent',
    call: (cards) => cards.readSetupIntent(setup, never),
    reply: json(200, setupIntentJson()),
    request: 'GET /v1/setup_intents/seti_0001',
    sent: { 'expand[0]': 'latest_attempt.payment_method' },
  },
];

const changes: readonly Case[] = [
  {
    what: 'new Customer',
    call: (cards) => cards.createCustomer('M-17', key, never),
    reply: json(200, customerJson()),
    request: 'POST /v1/customers',
    sent: { 'metadata[member]': 'M-17' },
  },
  {
    what: 'change of a Customer',
    call: (cards) => cards.updateCustomer(mara, details, key, never),
    reply: json(200, customerJson()),
    request: 'POST /v1/customers/cus_0001',
    sent: details,
  },
  {
    what: 'change of a Customer of whom only the name is known',
    call: (cards) =>
      cards.updateCustomer(mara, { name: 'Mara Okafor', email: null, phone: null }, key, never),
    reply: json(200, customerJson()),
    request: 'POST /v1/customers/cus_0001',
    sent: { name: 'Mara Okafor' },
  },
  {
    what: 'card to keep',
    call: (cards) => cards.attachCard(card, mara, key, never),
    reply: json(200, cardJson()),
    request: 'POST /v1/payment_methods/pm_0001/attach',
    sent: { customer: 'cus_0001' },
  },
  {
    what: 'card to remove',
    call: (cards) => cards.detachCard(card, key, never),
    reply: json(200, cardJson({ customer: null })),
    request: 'POST /v1/payment_methods/pm_0001/detach',
    sent: {},
  },
  {
    what: 'new SetupIntent',
    call: (cards) => cards.createSetupIntent(request, key, never),
    reply: json(200, setupIntentJson()),
    request: 'POST /v1/setup_intents',
    sent: {
      customer: 'cus_0001',
      'allowed_payment_method_types[0]': 'card_present',
      usage: 'off_session',
      'metadata[setup]': 'setup_0000000001',
      'metadata[kiosk]': 'kiosk_0000000001',
      'expand[0]': 'latest_attempt.payment_method',
    },
  },
  {
    what: 'SetupIntent to cancel',
    call: (cards) => cards.cancelSetupIntent(setup, key, never),
    reply: json(200, setupIntentJson({ status: 'canceled' })),
    request: 'POST /v1/setup_intents/seti_0001/cancel',
    sent: { cancellation_reason: 'abandoned', 'expand[0]': 'latest_attempt.payment_method' },
  },
];

describe('what leaves the kiosk', () => {
  it.each(reads)('for a $what is what Stripe documents', async ({ call, reply, ...expected }) => {
    const { cards, received } = await on(reply);

    expect((await call(cards)).kind).toBe('done');

    const { pathname, searchParams } = new URL(received[0]!.url, 'http://x');
    expect(received).toHaveLength(1);
    expect(`${received[0]!.method} ${pathname}`).toBe(expected.request);
    expect(Object.fromEntries(searchParams)).toEqual(expected.sent);
  });

  it.each(changes)('for a $what is what Stripe documents', async ({ call, reply, ...expected }) => {
    const { cards, received } = await on(reply);

    expect((await call(cards)).kind).toBe('done');

    expect(received).toHaveLength(1);
    expect(`${received[0]!.method} ${received[0]!.url}`).toBe(expected.request);
    expect(Object.fromEntries(received[0]!.body)).toEqual(expected.sent);
  });

  it.each(changes)('for a $what carries exactly the stored key', async ({ call, reply }) => {
    const { cards, received } = await on(reply);

    await call(cards);

    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual([key]);
  });

  it('in a search keeps a member’s number inside its quotes', async () => {
    const { cards, received } = await on(searchOf([]));

    await cards.searchCustomers(String.raw`O'Neil\1`, never);

    const { searchParams } = new URL(received[0]!.url, 'http://x');
    expect(searchParams.get('query')).toBe(String.raw`metadata['member']:'O\'Neil\\1'`);
  });
});

describe('what an answer is', () => {
  const all = [...reads, ...changes];
  const broken: readonly (readonly [string, Script])[] = [
    ['a reply cut half-way', cutHalfWay],
    ['a connection that was reset', reset],
    ['an empty object', json(200, {})],
    ['a list of nothing', json(200, [])],
    ['a sign-in page that says 200', html(200)],
    ['a proxy’s 502', html(502)],
  ];

  it.each(all)('to a $what is none when it is broken', async ({ call }) => {
    for (const [what, script] of broken) {
      const { cards, close } = await on(script);
      expect((await call(cards)).kind, what).toBe('unanswered');
      await close();
    }
  });

  it.each(all)('to a $what keeps Stripe’s word for a refusal', async ({ call }) => {
    const type = 'invalid_request_error';
    const { cards } = await on(stripeError(404, { type, code: 'resource_missing' }));

    expect(await call(cards)).toMatchObject({
      kind: 'refused',
      status: 404,
      code: 'resource_missing',
    });
  });

  it.each(changes)('to a $what is unsure after a server error', async ({ call }) => {
    const { cards, received } = await on(stripeError(500, { type: 'api_error' }));

    expect(await call(cards)).toMatchObject({ kind: 'uncertain', status: 500 });
    expect(received).toHaveLength(1);
  });

  it('to a card the bank will not have kept is a refusal with its code', async () => {
    const { cards } = await on(stripeError(402, { type: 'card_error', code: 'card_declined' }));

    expect(await cards.attachCard(card, mara, key, never)).toMatchObject({
      kind: 'refused',
      status: 402,
      code: 'card_declined',
    });
  });

  const anothers: readonly (readonly [string, Call, unknown])[] = [
    [
      'a new Customer of another member',
      (cards) => cards.createCustomer('M-18', key, never),
      customerJson(),
    ],
    [
      'another Customer that was changed',
      (cards) => cards.updateCustomer(mara, details, key, never),
      customerJson({ id: 'cus_0002' }),
    ],
    ['another card', (cards) => cards.readCard(card, never), cardJson({ id: 'pm_0002' })],
    [
      'a card that was kept for somebody else',
      (cards) => cards.attachCard(card, mara, key, never),
      cardJson({ customer: 'cus_0002' }),
    ],
    [
      'a card that was not removed',
      (cards) => cards.detachCard(card, key, never),
      cardJson({ customer: 'cus_0001' }),
    ],
    [
      'another payment',
      (cards) => cards.leftBehind(intent, never),
      paymentIntentJson({ id: 'pi_0002', latest_charge: latestCharge }),
    ],
    [
      'another SetupIntent',
      (cards) => cards.readSetupIntent(setup, never),
      setupIntentJson({ id: 'seti_0002' }),
    ],
    [
      'a SetupIntent of another setup',
      (cards) => cards.createSetupIntent(request, key, never),
      setupIntentJson({ metadata: { setup: 'setup_0000000002' } }),
    ],
    [
      'a new SetupIntent without its secret',
      (cards) => cards.createSetupIntent(request, key, never),
      setupIntentJson({ client_secret: null }),
    ],
  ];

  it.each(anothers)('that shows %s is not believed', async (_what, call, reply) => {
    const { cards } = await on(json(200, reply));

    expect(await call(cards)).toEqual({ kind: 'unanswered', code: 'unbelievable_reply' });
  });

  it('tells the time that Stripe put on it', async () => {
    const dates: number[] = [];
    server = await scriptedServer([json(200, cardJson())]);
    const cards = stripeCardsApi({ stripe: server.stripe, onDate: (at) => dates.push(at) });

    await cards.readCard(card, never);

    expect(dates).toHaveLength(1);
  });
});

describe('what is read of a Customer', () => {
  it('is whose it is, how they are reached, and since when', async () => {
    const { cards } = await on(listOf([customerJson()], true));

    expect(await cards.listCustomers({ createdFromMs: 0, startingAfter: null }, never)).toEqual({
      kind: 'done',
      requestId: 'req_scripted',
      value: {
        hasMore: true,
        entries: [
          {
            id: mara,
            memberId: 'M-17',
            name: 'Mara Okafor',
            email: 'mara@example.com',
            phone: null,
            createdAtMs: 1_795_000_000_000,
          },
        ],
      },
    });
  });

  it('is not broken by somebody else’s with an odd name and odd metadata', async () => {
    const odd = customerJson({ name: { first: 'Mara' }, email: 12, phone: [], metadata: null });
    const { cards } = await on(listOf([odd]));

    expect(
      await cards.listCustomers({ createdFromMs: 0, startingAfter: null }, never),
    ).toMatchObject({
      value: { entries: [{ memberId: null, name: null, email: null, phone: null }] },
    });
  });

  it('by a search is matched again to the letter, on every page of it', async () => {
    const { cards, received } = await on(
      searchOf([customerJson(), customerJson({ metadata: { member: 'm-17' } })], 'token_2'),
      searchOf([customerJson({ id: 'cus_0003' })]),
    );

    expect(await cards.searchCustomers('M-17', never)).toMatchObject({
      kind: 'done',
      value: [{ id: 'cus_0001' }, { id: 'cus_0003' }],
    });
    const pages = received.map(({ url }) => new URL(url, 'http://x').searchParams.get('page'));
    expect(pages).toEqual([null, 'token_2']);
  });

  it('by a search that breaks off, never ends, or does not say where it goes on is no answer', async () => {
    const goesNowhere = json(200, { object: 'search_result', has_more: true, data: [] });
    for (const next of [reset, json(200, {}), searchOf([], 'token_3'), goesNowhere]) {
      const { cards, close } = await on(searchOf([customerJson()], 'token_2'), next);
      expect((await cards.searchCustomers('M-17', never)).kind).toBe('unanswered');
      await close();
    }
  });
});

describe('what is read of a card', () => {
  it('is which card it is, whose, and for what it may be shown', async () => {
    const { cards } = await on(json(200, cardJson()));

    expect(await cards.readCard(card, never)).toMatchObject({
      kind: 'done',
      value: {
        id: card,
        customerId: mara,
        brand: 'visa',
        last4: '4242',
        expMonth: 12,
        expYear: 2_031,
        fingerprint: 'fp_visa',
        allowRedisplay: 'limited',
        wallet: null,
      },
    });
  });

  it.each([
    ['its own word', { wallet: { type: 'apple_pay' } }],
    [
      'the tap it came from',
      {
        generated_from: {
          payment_method_details: { card_present: { wallet: { type: 'apple_pay' } } },
        },
      },
    ],
  ])('is the phone it came from, by %s', async (_what, shown) => {
    const { cards } = await on(json(200, cardJson({}, shown)));

    expect(await cards.readCard(card, never)).toMatchObject({ value: { wallet: 'apple_pay' } });
  });

  it('counts a hint that makes no sense as not told, and what it may be shown for as the least', async () => {
    const odd = {
      brand: 12,
      last4: null,
      fingerprint: '',
      wallet: 'yes',
      generated_from: 'charge',
    };
    const { cards } = await on(json(200, cardJson({ allow_redisplay: 'often' }, odd)));

    expect(await cards.readCard(card, never)).toMatchObject({
      value: {
        brand: 'unknown',
        last4: '····',
        fingerprint: null,
        allowRedisplay: 'unspecified',
        wallet: null,
      },
    });
  });

  it.each([
    ['the card of the tap itself', cardJson({ type: 'card_present' })],
    ['one with a month that is none', cardJson({}, { exp_month: 13 })],
    ['one without a year', cardJson({}, { exp_year: null })],
    ['one of somebody who is no Customer', cardJson({ customer: 'acct_1' })],
  ])('is not believed of %s', async (_what, reply) => {
    const { cards } = await on(json(200, reply));

    expect(await cards.readCard(card, never)).toMatchObject({ kind: 'unanswered' });
  });

  it('by a list is read to its end', async () => {
    const { cards, received } = await on(
      listOf([cardJson(), cardJson({ id: 'pm_0002' })], true),
      listOf([cardJson({ id: 'pm_0003' })]),
    );

    expect(await cards.listCards(mara, never)).toMatchObject({
      kind: 'done',
      value: [{ id: 'pm_0001' }, { id: 'pm_0002' }, { id: 'pm_0003' }],
    });
    expect(new URL(received[1]!.url, 'http://x').searchParams.get('starting_after')).toBe(
      'pm_0002',
    );
  });

  it('by a list that breaks off, or never ends, is no answer: a part would pass for all', async () => {
    for (const next of [cutHalfWay, json(200, {}), listOf([cardJson()], true), listOf([], true)]) {
      const { cards, close } = await on(listOf([cardJson()], true), next);
      expect((await cards.listCards(mara, never)).kind).toBe('unanswered');
      await close();
    }
  });
});

describe('what a payment left behind', () => {
  const charged = (details: unknown): Script =>
    json(
      200,
      paymentIntentJson({
        latest_charge: { object: 'charge', id: 'ch_0001', payment_method_details: details },
      }),
    );

  it.each([
    [
      'a card that can be kept',
      { card_present: { generated_card: 'pm_0001', last4: '4242', wallet: null } },
      { generatedCard: card, wallet: null, last4: '4242' },
    ],
    [
      'a phone’s card that can be kept',
      { card_present: { generated_card: { id: 'pm_0001' }, wallet: { type: 'google_pay' } } },
      { generatedCard: card, wallet: 'google_pay', last4: null },
    ],
    [
      'nothing of a phone',
      { card_present: { generated_card: null, last4: '4242', wallet: { type: 'apple_pay' } } },
      { generatedCard: null, wallet: 'apple_pay', last4: '4242' },
    ],
    [
      'nothing of an Interac card',
      { card_present: null, interac_present: { generated_card: null, last4: '1933' } },
      { generatedCard: null, wallet: null, last4: '1933' },
    ],
  ])('is %s', async (_what, shown, expected) => {
    const { cards } = await on(charged(shown));

    expect(await cards.leftBehind(intent, never)).toMatchObject({ kind: 'done', value: expected });
  });

  it.each([
    ['no charge yet', json(200, paymentIntentJson())],
    ['a charge that is not written out', json(200, paymentIntentJson({ latest_charge: 'ch_1' }))],
    ['no word on how it was paid', charged(null)],
    ['a payment that was not in person', charged({ card: { last4: '4242' } })],
    ['a card that is none', charged({ card_present: { generated_card: 'ch_0001' } })],
  ])('is not known of one that shows %s', async (_what, script) => {
    const { cards } = await on(script);

    expect(await cards.leftBehind(intent, never)).toEqual({
      kind: 'unanswered',
      code: 'unbelievable_reply',
    });
  });
});

describe('what is read of a SetupIntent', () => {
  it('is whose it is, the card that came of it, and its secret apart', async () => {
    const { cards } = await on(
      json(
        200,
        setupIntentJson({
          status: 'succeeded',
          latest_attempt: attemptJson({ generated_card: 'pm_0001' }),
        }),
      ),
    );

    expect(await cards.readSetupIntent(setup, never)).toEqual({
      kind: 'done',
      requestId: 'req_scripted',
      value: {
        clientSecret: 'seti_0001_secret_abcdefghijkl',
        setupIntent: {
          id: setup,
          status: 'succeeded',
          customerId: mara,
          lastError: null,
          latestAttemptId: 'setatt_0001',
          generatedCard: card,
          wallet: null,
          setupId: 'setup_0000000001',
          kioskId: 'kiosk_0000000001',
        },
      },
    });
  });

  it('is that no card came of it, and which phone was tapped', async () => {
    const tap = { object: 'payment_method', card_present: { wallet: { type: 'apple_pay' } } };
    const attempt = attemptJson({ generated_card: null }, { payment_method: tap });
    const { cards } = await on(
      json(200, setupIntentJson({ status: 'succeeded', latest_attempt: attempt })),
    );

    expect(await cards.readSetupIntent(setup, never)).toMatchObject({
      value: { setupIntent: { generatedCard: null, wallet: 'apple_pay' } },
    });
  });

  it('is why the last card was refused, and by which attempt', async () => {
    const { cards } = await on(
      json(
        200,
        setupIntentJson({
          last_setup_error: {
            type: 'card_error',
            code: 'setup_intent_authentication_failure',
            decline_code: 'lost_card',
          },
          latest_attempt: attemptJson({ generated_card: null }, { payment_method: 'pm_tap' }),
        }),
      ),
    );

    expect(await cards.readSetupIntent(setup, never)).toMatchObject({
      value: {
        setupIntent: {
          lastError: { code: 'setup_intent_authentication_failure', declineCode: 'lost_card' },
          latestAttemptId: 'setatt_0001',
        },
      },
    });
  });

  it.each([
    ['has a status nobody knows', setupIntentJson({ status: 'requires_patience' })],
    ['does not write its attempt out', setupIntentJson({ latest_attempt: 'setatt_0001' })],
    ['succeeded without an attempt', setupIntentJson({ status: 'succeeded' })],
    [
      'succeeded and does not show the card’s part in it',
      setupIntentJson({ status: 'succeeded', latest_attempt: attemptJson(null) }),
    ],
    [
      'left behind what is no card',
      setupIntentJson({ latest_attempt: attemptJson({ generated_card: 'ch_0001' }) }),
    ],
    ['is of another kind', setupIntentJson({ object: 'payment_intent' })],
  ])('is not believed when it %s', async (_what, reply) => {
    const { cards } = await on(json(200, reply));

    expect(await cards.readSetupIntent(setup, never)).toEqual({
      kind: 'unanswered',
      code: 'unbelievable_reply',
    });
  });
});
