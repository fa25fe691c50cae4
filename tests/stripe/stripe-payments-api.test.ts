import { afterEach, describe, expect, it } from 'vitest';
import { stripeClient } from '../../main/backends/stripe/stripe-client.ts';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import {
  chargeId,
  customerId,
  kioskId,
  paymentIntentId,
  paymentMethodId,
  saleId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { Answer, PaymentsApi } from '../../main/ports/payments-api.ts';
import {
  aKey,
  cutHalfWay,
  html,
  json,
  paymentIntentJson,
  reset,
  type Script,
  type ScriptedServer,
  scriptedServer,
  silence,
  stripeError,
} from './scripted-server.ts';

const never = new AbortController().signal;
const sale = saleId('sale_0000000001');
const kiosk = kioskId('kiosk_0000000001');
const intent = paymentIntentId('pi_0001');
const total = money(2_800, 'usd');
const mara = customerId('cus_0001');
const card = paymentMethodId('pm_0001');

let server: ScriptedServer | null = null;

async function on(...scripts: Script[]): Promise<ScriptedServer> {
  server = await scriptedServer(scripts);
  return server;
}

afterEach(async () => {
  await server?.close();
  server = null;
});

const create = (api: PaymentsApi, price = total): Promise<Answer<unknown>> =>
  api.create({ total: price, saleId: sale, kioskId: kiosk, orderHash: 'hash' }, aKey, never);

/** Every call that changes something, each with the key it was given. */
const changing: Readonly<Record<string, (api: PaymentsApi) => Promise<Answer<unknown>>>> = {
  create: (api) => create(api),
  capture: (api) => api.capture(intent, total, aKey, never),
  cancel: (api) => api.cancel(intent, aKey, never),
  confirm: (api) => api.confirm(intent, card, aKey, never),
  receipt: (api) => api.setReceiptEmail(chargeId('ch_0001'), 'mara@example.com', aKey, never),
};

describe('what leaves the kiosk', () => {
  it.each(Object.keys(changing))('a %s carries exactly the stored key', async (name) => {
    const { api, received } = await on(json(200, paymentIntentJson()));

    await changing[name]?.(api);

    expect(received).toHaveLength(1);
    expect(received[0]?.method).toBe('POST');
    expect(received[0]?.headers['idempotency-key']).toBe(aKey);
  });

  it('a create asks for a card at the reader, to be captured by hand, and says whose it is', async () => {
    const { api, received } = await on(json(200, paymentIntentJson()));

    await create(api);

    expect(received[0]?.url).toBe('/v1/payment_intents');
    expect(Object.fromEntries(received[0]?.body ?? [])).toEqual({
      amount: '2800',
      currency: 'usd',
      'allowed_payment_method_types[0]': 'card_present',
      capture_method: 'manual',
      'metadata[sale]': sale,
      'metadata[kiosk]': kiosk,
      'metadata[order]': 'hash',
    });
  });

  it('a create in Canada takes Interac too, which is never held, and holds every other card', async () => {
    const { api, received } = await on(json(200, paymentIntentJson({ currency: 'cad' })));

    await create(api, money(2_800, 'cad'));

    expect(Object.fromEntries(received[0]?.body ?? [])).toMatchObject({
      'allowed_payment_method_types[0]': 'card_present',
      'allowed_payment_method_types[1]': 'interac_present',
      capture_method: 'automatic',
      'payment_method_options[card_present][capture_method]': 'manual_preferred',
    });
  });

  it('a studio may take the money with the tap, without a hold', async () => {
    const { received, url } = await on(json(200, paymentIntentJson()));
    const stripe = stripeClient({
      secretKey: 'sk_test_scripted',
      apiBase: url,
      timeoutMs: 2_000,
    });

    await create(stripePaymentsApi({ stripe, location: null, captureMethod: 'automatic' }));

    const sent = Object.fromEntries(received[0]?.body ?? []);
    expect(sent).toMatchObject({ capture_method: 'automatic' });
    expect(Object.keys(sent).join()).not.toContain('manual_preferred');
  });

  it.each(['manual', 'automatic'] as const)(
    'a create that keeps the card says for whom and for what, beside a %s capture',
    async (captureMethod) => {
      const { received, stripe } = await on(json(200, paymentIntentJson()));
      const api = stripePaymentsApi({ stripe, location: null, captureMethod });

      await api.create(
        { total, saleId: sale, kioskId: kiosk, orderHash: 'hash', keepFor: mara },
        aKey,
        never,
      );

      expect(Object.fromEntries(received[0]?.body ?? [])).toEqual({
        amount: '2800',
        currency: 'usd',
        'allowed_payment_method_types[0]': 'card_present',
        capture_method: captureMethod,
        customer: 'cus_0001',
        setup_future_usage: 'off_session',
        'metadata[sale]': sale,
        'metadata[kiosk]': kiosk,
        'metadata[order]': 'hash',
      });
    },
  );

  it.each(['usd', 'cad'])(
    'a create for a card on file in %s asks no reader, takes the money at once, and charges nothing yet',
    async (currency) => {
      const { api, received } = await on(json(200, paymentIntentJson()));
      const storedCard = { customerId: mara, paymentMethodId: card };

      await api.create(
        {
          total: money(2_800, currency),
          saleId: sale,
          kioskId: kiosk,
          orderHash: 'hash',
          storedCard,
        },
        aKey,
        never,
      );

      expect(Object.fromEntries(received[0]?.body ?? [])).toEqual({
        amount: '2800',
        currency,
        'allowed_payment_method_types[0]': 'card',
        capture_method: 'automatic',
        customer: 'cus_0001',
        'metadata[sale]': sale,
        'metadata[kiosk]': kiosk,
        'metadata[order]': 'hash',
      });
    },
  );

  it('a charge to a card on file names the card, and that nobody is there', async () => {
    const { api, received } = await on(json(200, paymentIntentJson({ status: 'succeeded' })));

    await api.confirm(intent, card, aKey, never);

    expect(received[0]?.url).toBe('/v1/payment_intents/pi_0001/confirm');
    expect(Object.fromEntries(received[0]?.body ?? [])).toEqual({
      payment_method: 'pm_0001',
      off_session: 'true',
    });
  });

  it('a capture names the whole amount', async () => {
    const { api, received } = await on(json(200, paymentIntentJson({ status: 'succeeded' })));

    await api.capture(intent, total, aKey, never);

    expect(received[0]?.url).toBe('/v1/payment_intents/pi_0001/capture');
    expect(received[0]?.body.get('amount_to_capture')).toBe('2800');
  });

  it('names its version of Stripe, and tells Stripe nothing about how calls went', async () => {
    const { api, received } = await on(json(200, paymentIntentJson()));

    await api.read(intent, never);
    await api.read(intent, never);

    for (const { headers } of received) {
      expect(headers['stripe-version']).toMatch(/^2026-/);
      expect(headers['x-stripe-client-telemetry']).toBeUndefined();
      expect(headers.authorization).toBe('Bearer sk_test_scripted');
    }
  });

  it('a read asks for the charge with it', async () => {
    const { api, received } = await on(json(200, paymentIntentJson()));

    await api.read(intent, never);

    expect(decodeURIComponent(received[0]?.url ?? '')).toBe(
      '/v1/payment_intents/pi_0001?expand[0]=latest_charge',
    );
  });

  it('a reset connection is tried once more at most, under the same key', async () => {
    const { api, received } = await on(reset);

    const answer = await create(api);

    expect(answer).toEqual({ kind: 'unanswered', code: 'no_answer' });
    expect(received.length).toBeLessThanOrEqual(2);
    expect(new Set(received.map(({ headers }) => headers['idempotency-key']))).toEqual(
      new Set([aKey]),
    );
  });

  it('nothing is repeated after an answer, whatever it is', async () => {
    for (const status of [409, 429, 500, 503]) {
      const { api, received, close } = await scriptedServer([
        stripeError(status, { type: 'api_error' }),
      ]);
      await create(api);
      expect(received).toHaveLength(1);
      await close();
    }
  });
});

describe('what an answer is', () => {
  const cases: readonly (readonly [string, Script, Partial<Answer<unknown>>])[] = [
    ['a reply cut half-way', cutHalfWay, { kind: 'unanswered' }],
    ['a connection that was reset', reset, { kind: 'unanswered' }],
    ['an empty object', json(200, {}), { kind: 'unanswered' }],
    ['a list where a PaymentIntent should be', json(200, []), { kind: 'unanswered' }],
    ['a sign-in page that says 200', html(200), { kind: 'unanswered' }],
    ['a sign-in page that says 404', html(404), { kind: 'unanswered' }],
    ['a proxy’s 502', html(502), { kind: 'unanswered' }],
    ['a wrong key', stripeError(401, { type: 'invalid_request_error' }), { kind: 'denied' }],
    [
      'a key that may not do this',
      stripeError(403, { type: 'invalid_request_error', code: 'secret_key_required' }),
      { kind: 'denied', status: 403, code: 'secret_key_required' },
    ],
    [
      'a decline',
      stripeError(402, { type: 'card_error', code: 'card_declined' }),
      { kind: 'refused', status: 402, code: 'card_declined' },
    ],
    [
      'a step in the wrong state',
      stripeError(400, {
        type: 'invalid_request_error',
        code: 'payment_intent_unexpected_state',
      }),
      { kind: 'refused', status: 400, code: 'payment_intent_unexpected_state' },
    ],
    [
      'a key used for something else',
      stripeError(400, { type: 'idempotency_error' }),
      { kind: 'refused', status: 400, code: 'idempotency_error' },
    ],
    [
      'a PaymentIntent that is not there',
      stripeError(404, { type: 'invalid_request_error', code: 'resource_missing' }),
      { kind: 'refused', status: 404, code: 'resource_missing' },
    ],
    [
      'our own duplicate still under way',
      stripeError(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }),
      { kind: 'busy', status: 409, code: 'idempotency_key_in_use' },
    ],
    [
      'too many requests',
      stripeError(429, { type: 'invalid_request_error', code: 'rate_limit' }),
      { kind: 'busy', status: 429, code: 'rate_limit' },
    ],
    ['a server error', stripeError(500, { type: 'api_error' }), { kind: 'uncertain', status: 500 }],
    [
      'a fractional amount',
      json(200, paymentIntentJson({ amount: 28.5 })),
      { kind: 'unanswered', code: 'unbelievable_reply' },
    ],
    [
      'an amount in words',
      json(200, paymentIntentJson({ amount: '2800' })),
      { kind: 'unanswered', code: 'unbelievable_reply' },
    ],
    [
      'a status nobody knows',
      json(200, paymentIntentJson({ status: 'requires_patience' })),
      { kind: 'unanswered', code: 'unbelievable_reply' },
    ],
    [
      'another kind of object',
      json(200, paymentIntentJson({ object: 'setup_intent' })),
      { kind: 'unanswered', code: 'unbelievable_reply' },
    ],
    [
      'an id of another noun',
      json(200, paymentIntentJson({ id: 'ch_0001' })),
      { kind: 'unanswered', code: 'unbelievable_reply' },
    ],
  ];

  it.each(cases)('to a create: %s', async (_what, script, expected) => {
    const { api } = await on(script);

    expect(await create(api)).toMatchObject(expected);
  });

  it.each(cases.filter(([what]) => what !== 'a list where a PaymentIntent should be'))(
    'to a read: %s',
    async (_what, script, expected) => {
      const { api } = await on(script);

      expect(await api.read(intent, never)).toMatchObject(expected);
    },
  );

  it.each(Object.entries(changing))(
    'to a %s that says 200 and nothing else, or is cut half-way, is none',
    async (_what, call) => {
      for (const script of [json(200, {}), cutHalfWay]) {
        const { api, close } = await on(script);
        expect(await call(api)).toMatchObject({ kind: 'unanswered' });
        await close();
      }
    },
  );

  it.each(['card_declined', 'authentication_required', 'expired_card'])(
    'to a charge of a card on file that says %s is a refusal, which a read explains',
    async (code) => {
      const { api } = await on(stripeError(402, { type: 'card_error', code }));

      expect(await api.confirm(intent, card, aKey, never)).toMatchObject({
        kind: 'refused',
        status: 402,
        code,
      });
    },
  );

  it('that never comes ends by the time limit', async () => {
    server = await scriptedServer([silence], 80);

    expect(await create(server.api)).toEqual({ kind: 'unanswered', code: 'no_answer' });
  });

  it('from where nobody listens is none', async () => {
    const { api, close } = await scriptedServer([silence]);
    await close();

    expect(await create(api)).toEqual({ kind: 'unanswered', code: 'no_answer' });
  });

  it('is given up when the kiosk closes', async () => {
    const { api } = await on(silence);
    const closing = new AbortController();

    const answer = api.read(intent, closing.signal);
    closing.abort();

    expect(await answer).toEqual({ kind: 'unanswered', code: 'aborted' });
  });

  it('to a new PaymentIntent without its client secret is of no use', async () => {
    const { api } = await on(json(200, paymentIntentJson({ client_secret: null })));

    expect(await create(api)).toMatchObject({ kind: 'unanswered' });
  });
});

describe('what is read of a PaymentIntent', () => {
  it('is its facts, whose it is, and the card’s receipt fields', async () => {
    const charge = {
      object: 'charge',
      id: 'ch_0002',
      payment_method_details: {
        card_present: {
          brand: 'visa',
          last4: '4242',
          read_method: 'contactless_emv',
          capture_before: 1_795_200_000,
          receipt: { dedicated_file_name: 'A0000000031010', authorization_code: '123456' },
        },
      },
    };
    const { api } = await on(
      json(
        200,
        paymentIntentJson({
          status: 'requires_capture',
          amount_capturable: 2_800,
          latest_charge: charge,
        }),
      ),
    );

    const answer = await api.read(intent, never);

    expect(answer).toMatchObject({
      kind: 'done',
      requestId: 'req_scripted',
      value: {
        paymentIntent: {
          status: 'requires_capture',
          amountCapturable: 2_800,
          latestChargeId: 'ch_0002',
          captureBeforeMs: 1_795_200_000_000,
          saleId: sale,
          kioskId: kiosk,
          card: { brand: 'visa', last4: '4242', dedicatedFileName: 'A0000000031010' },
        },
      },
    });
    expect(
      JSON.stringify(answer.kind === 'done' ? answer.value.paymentIntent : null),
    ).not.toContain('_secret_');
  });

  it('is the brand and the last digits of a card on file, which no reader has read', async () => {
    const charge = {
      object: 'charge',
      id: 'ch_0003',
      payment_method_details: { card: { brand: 'mastercard', last4: '4444' } },
    };
    const { api } = await on(
      json(
        200,
        paymentIntentJson({
          status: 'succeeded',
          payment_method_types: ['card'],
          latest_charge: charge,
        }),
      ),
    );

    expect(await api.read(intent, never)).toMatchObject({
      value: {
        paymentIntent: {
          acceptsCardPresent: false,
          captureBeforeMs: null,
          card: { brand: 'mastercard', last4: '4444', readMethod: null, authorizationCode: null },
        },
      },
    });
  });

  it('tells the decline by its code, and which charge it was', async () => {
    const lastPaymentError = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'lost_card',
      message: 'not for the customer',
    };
    const { api } = await on(
      json(
        200,
        paymentIntentJson({ latest_charge: 'ch_0009', last_payment_error: lastPaymentError }),
      ),
    );

    expect(await api.read(intent, never)).toMatchObject({
      value: {
        paymentIntent: {
          latestChargeId: 'ch_0009',
          lastPaymentError: { code: 'card_declined', declineCode: 'lost_card' },
        },
      },
    });
  });
});

describe('looking a sale up', () => {
  const page = (ids: readonly string[], hasMore: boolean, mine?: string): Script =>
    json(200, {
      object: 'list',
      url: '/v1/payment_intents',
      has_more: hasMore,
      data: ids.map((id) =>
        paymentIntentJson({
          id,
          metadata: id === mine ? { sale, kiosk } : { sale: 'sale_someoneelse', kiosk },
        }),
      ),
    });

  it('goes through every page since the sale began, a day early, and matches by itself', async () => {
    const { api, received } = await on(
      page(['pi_aaa', 'pi_bbb'], true),
      page(['pi_ccc', 'pi_ddd'], false, 'pi_ddd'),
      json(200, paymentIntentJson({ id: 'pi_ddd', metadata: { sale, kiosk } })),
    );

    const answer = await api.lookUp(sale, 1_795_000_000_000, never);

    expect(answer).toMatchObject({ kind: 'done', value: { id: 'pi_ddd', saleId: sale } });
    const [first, second] = received.map(({ url }) => new URL(url, 'http://x').searchParams);
    expect(first?.get('created[gte]')).toBe(String(1_795_000_000 - 86_400));
    expect(first?.get('limit')).toBe('100');
    expect(second?.get('starting_after')).toBe('pi_bbb');
  });

  it('says "none" only when it saw the last page', async () => {
    const { api } = await on(page(['pi_aaa'], true), page(['pi_bbb'], false));

    expect(await api.lookUp(sale, 0, never)).toMatchObject({ kind: 'done', value: null });
  });

  it('knows nothing when a page is missing', async () => {
    for (const broken of [
      reset,
      html(200),
      json(200, {}),
      stripeError(500, { type: 'api_error' }),
      stripeError(429, { type: 'invalid_request_error', code: 'rate_limit' }),
    ]) {
      const { api, close } = await scriptedServer([page(['pi_aaa'], true), broken]);
      expect((await api.lookUp(sale, 0, never)).kind).not.toBe('done');
      await close();
    }
  });

  it('does not walk for ever', async () => {
    let count = 0;
    const endless: Script = (response, request) => {
      count += 1;
      page([`pi_${String(count).padStart(5, '0')}`], true)(response, request);
    };
    const { api } = await on(endless);

    expect(await api.lookUp(sale, 0, never)).toMatchObject({ kind: 'unanswered' });
    expect(count).toBeLessThanOrEqual(100);
  });
});

describe('a connection token', () => {
  it('is bound to the studio’s location and is taken only when it is one', async () => {
    const { api, received } = await on(
      json(200, { object: 'terminal.connection_token', secret: 'pst_test_abc' }),
      json(200, { object: 'terminal.connection_token', secret: 'not a token' }),
    );

    expect(await api.createConnectionToken(never)).toMatchObject({
      kind: 'done',
      value: 'pst_test_abc',
    });
    expect(received[0]?.body.get('location')).toBe('tml_studio');
    expect(await api.createConnectionToken(never)).toMatchObject({ kind: 'unanswered' });
  });
});
