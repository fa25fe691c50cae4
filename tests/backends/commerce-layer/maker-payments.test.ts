import { describe, expect, it } from 'vitest';
import { readerId } from '../../../main/domain/ids.ts';
import type { PlatformFault } from '../../platforms/faults.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { frontReader } from '../../support/studio/test-studio.ts';
import { valueOf } from '../../stripe/value-of.ts';
import {
  about,
  create,
  kiosk,
  never,
  openCommerceKiosk,
  order,
  sale,
} from './commerce-layer-kiosk.ts';

it('Commerce Layer makes a card-present PaymentIntent that is held, and it is marked as this kiosk’s', async () => {
  await using commerce = await openCommerceKiosk();

  const { paymentIntent, clientSecret } = valueOf(await create(commerce));

  expect(paymentIntent).toMatchObject({
    amount: 2_800,
    currency: 'usd',
    acceptsCardPresent: true,
    saleId: sale,
    kioskId: kiosk,
  });
  const atStripe = await commerce.bench.studio.stripe.paymentIntents.retrieve(paymentIntent.id);
  expect(atStripe).toMatchObject({
    capture_method: 'manual',
    payment_method_types: ['card_present'],
    metadata: { sale, kiosk, order: 'hash' },
    client_secret: clientSecret,
  });
  expect(commerce.traces).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(commerce.bench.platform.bugs).toEqual([]);
});

it('both media types are JSON:API’s, and the token is a bearer’s', async () => {
  await using commerce = await openCommerceKiosk();
  await create(commerce);

  expect(commerce.bench.platform.received[0]).toMatchObject({
    method: 'POST',
    path: '/api/stripe_payments',
    headers: {
      accept: 'application/vnd.api+json',
      'content-type': 'application/vnd.api+json',
      authorization: `Bearer ${commerce.bench.platform.token}`,
    },
  });
});

it('a whole payment is tapped, captured and read at Stripe, of which Commerce Layer hears no more', async () => {
  await using commerce = await openCommerceKiosk();
  const { payments } = commerce.backend;
  const { paymentIntent } = valueOf(await create(commerce));
  await tapCard(commerce.bench, { paymentIntent: paymentIntent.id });

  await payments.capture(paymentIntent.id, { amount: 2_800, currency: 'usd' }, 'key', never);

  const read = valueOf(await payments.read(paymentIntent.id, never, about(paymentIntent)));
  expect(read.paymentIntent).toMatchObject({ status: 'succeeded', amountReceived: 2_800 });
  expect(commerce.bench.platform.received).toHaveLength(1);
});

it('a sale without an order is refused before any call', async () => {
  await using commerce = await openCommerceKiosk();
  const { backend } = commerce;

  const answer = await backend.payments.create(
    { total: { amount: 2_800, currency: 'usd' }, saleId: sale, kioskId: kiosk, orderHash: 'hash' },
    'key',
    never,
  );

  expect(answer).toMatchObject({ kind: 'refused', code: 'no_order' });
  expect(commerce.bench.platform.received).toEqual([]);
});

describe('a refusal', () => {
  it('of an order that is not there is told to staff in a sentence', async () => {
    await using commerce = await openCommerceKiosk();

    const answer = await create(commerce, { order: { ...order, id: 'another' } });

    expect(answer).toMatchObject({ kind: 'refused', status: 404, code: 'record_not_found' });
    expect(commerce.sentences).toEqual(['Commerce Layer does not know the order.']);
  });

  it('of the token is a denial, and told in a sentence', async () => {
    await using commerce = await openCommerceKiosk({ token: 'expired' });

    expect(await create(commerce)).toMatchObject({ kind: 'denied', code: 'unauthorized' });
    expect(commerce.sentences).toHaveLength(1);
  });
});

describe('amounts that do not agree', () => {
  /** The order is changed while its PaymentIntent is made. */
  async function mismatched(companionKey?: string) {
    const commerce = await openCommerceKiosk(companionKey === undefined ? {} : { companionKey });
    const { model } = commerce.bench.platform;
    const seeded = model.orders.get(order.id);
    if (seeded === undefined) throw new Error('The order was seeded.');
    // Read once for the PaymentIntent that is made, and later for what is told of it.
    const totals = [2_800, 3_000];
    Object.defineProperty(seeded, 'total', { get: () => totals.shift() ?? 3_000 });
    return commerce;
  }

  it('are refused, and what was made is cancelled first', async () => {
    await using commerce = await mismatched();

    expect(await create(commerce)).toMatchObject({ kind: 'refused', code: 'mismatched_amounts' });

    const [made] = (await commerce.bench.studio.stripe.paymentIntents.list()).data;
    expect(made).toMatchObject({ amount: 2_800, status: 'canceled', metadata: { sale, kiosk } });
  });

  it('are found as a cancelled PaymentIntent of this sale by who looks for it again', async () => {
    await using commerce = await mismatched();
    await create(commerce);

    const found = await commerce.backend.payments.lookUp(sale, 0, never, about(null));

    expect(valueOf(found)).toMatchObject({ status: 'canceled', saleId: sale, kioskId: kiosk });
  });

  it('are uncertain while what was made can’t be cancelled', async () => {
    await using commerce = await mismatched('sk_test_of_another_account');

    expect(await create(commerce)).toMatchObject({ kind: 'uncertain' });
  });
});

it('an amount other than the sale’s is told by the PaymentIntent itself', async () => {
  await using commerce = await openCommerceKiosk();
  const { model } = commerce.bench.platform;
  model.seedOrder({ id: order.id, total: 2_750, currency: 'usd' });

  expect(valueOf(await create(commerce)).paymentIntent.amount).toBe(2_750);
});

describe('another mode', () => {
  it('is refused', async () => {
    await using commerce = await openCommerceKiosk();
    commerce.bench.platform.model.behaviour.mode = 'live';

    expect(await create(commerce)).toMatchObject({ kind: 'refused', code: 'wrong_mode' });
  });

  it('is refused where only its publishable key shows it', async () => {
    await using commerce = await openCommerceKiosk();
    commerce.bench.platform.model.behaviour.publishableKey = 'pk_live_1';

    expect(await create(commerce)).toMatchObject({ kind: 'refused', code: 'wrong_mode' });
  });
});

describe('a lost reply', () => {
  const losses: readonly (readonly [PlatformFault, object])[] = [
    [{ kind: 'reply_lost' }, { kind: 'unanswered' }],
    [{ kind: 'cut' }, { kind: 'unanswered', code: 'not_understood' }],
    [{ kind: 'html' }, { kind: 'unanswered', code: 'not_understood' }],
    [{ kind: 'server_error', status: 502, after: true }, { kind: 'uncertain' }],
  ];

  it.each(losses)(
    '(%j) is found again by the sale’s reference, and marked then',
    async (fault, told) => {
      await using commerce = await openCommerceKiosk();
      commerce.bench.platform.faults.next(fault);
      const lost = await create(commerce);

      const found = valueOf(
        await commerce.backend.payments.lookUp(sale, Date.now(), never, about(null)),
      );

      expect(lost).toMatchObject(told);
      expect(found).toMatchObject({ amount: 2_800, saleId: sale, kioskId: kiosk });
      expect(commerce.bench.platform.model.payments).toHaveLength(1);
    },
  );

  it('of a request that never arrived is found to be none', async () => {
    await using commerce = await openCommerceKiosk();
    commerce.bench.platform.faults.next({ kind: 'request_lost' });
    await create(commerce);

    const found = await commerce.backend.payments.lookUp(sale, 0, never, about(null));

    expect(valueOf(found)).toBeNull();
  });

  it('is not found under another’s reference origin', async () => {
    await using commerce = await openCommerceKiosk();
    const { platform } = commerce.bench;
    const body = {
      data: {
        type: 'stripe_payments',
        attributes: { reference: sale, reference_origin: 'webshop' },
        relationships: { order: { data: { type: 'orders', id: order.id } } },
      },
    };
    await fetch(`${platform.url}/api/stripe_payments`, {
      method: 'POST',
      headers: {
        accept: 'application/vnd.api+json',
        'content-type': 'application/vnd.api+json',
        authorization: `Bearer ${platform.token}`,
      },
      body: JSON.stringify(body),
    });

    const found = await commerce.backend.payments.lookUp(sale, 0, never, about(null));

    expect(platform.model.payments).toHaveLength(1);
    expect(valueOf(found)).toBeNull();
  });
});

it('a PaymentIntent that could not be marked is uncertain', async () => {
  await using commerce = await openCommerceKiosk({ companionKey: 'sk_test_of_another_account' });

  expect(await create(commerce)).toMatchObject({ kind: 'uncertain', status: 401 });
});

describe('a probe', () => {
  it('is done when both answer and take what they are shown', async () => {
    await using commerce = await openCommerceKiosk();

    expect(await commerce.backend.payments.probe(never)).toMatchObject({ kind: 'done' });
  });

  it.each([{ token: 'expired' }, { companionKey: 'sk_test_of_another_account' }])(
    'is denied with %j',
    async (changes) => {
      await using commerce = await openCommerceKiosk(changes);

      expect(await commerce.backend.payments.probe(never)).toMatchObject({ kind: 'denied' });
    },
  );
});

it('readers, refunds and connection tokens are Stripe’s own, and no cards are kept', async () => {
  await using commerce = await openCommerceKiosk();
  const { backend } = commerce;

  expect(valueOf(await backend.readers.read(readerId(frontReader), never)).id).toBe(frontReader);
  expect(valueOf(await backend.payments.createConnectionToken(never))).toMatch(/^pst_/);
  expect(backend.cards).toBeNull();
  expect(backend.abilities).toMatchObject({ idempotency: 'none', order: 'required', tips: false });
});
