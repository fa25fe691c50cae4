import { expect, test } from 'vitest';
import { valueOf } from '../../stripe/value-of.ts';
import { chargeId } from '../../../main/domain/ids.ts';
import { about, made, never, openMariana, theOrder, toCreate } from './mariana-bench.ts';

test('the location of an order’s reader is told by the order', async () => {
  await using bench = await openMariana();

  const location = valueOf(await bench.mariana.payments.locationOf!(theOrder, never));

  expect(location).toBe(bench.stripe.location);
});

test('a connection token is given for an order, and not without one', async () => {
  await using bench = await openMariana();
  const { payments } = bench.mariana;

  expect(valueOf(await payments.createConnectionToken(never, theOrder))).toMatch(/^pst_test_/);
  expect(await payments.createConnectionToken(never)).toMatchObject({
    kind: 'refused',
    code: 'order_needed',
  });
  expect(bench.asked('connection_token')).toBe(1);
});

test('the cheapest call shows whether the token is taken', async () => {
  await using bench = await openMariana();
  const { payments } = bench.mariana;

  expect(await payments.probe(never)).toMatchObject({ kind: 'done', value: null });
  bench.platform.faults.next({ kind: 'unauthorized' });
  expect(await payments.probe(never)).toMatchObject({ kind: 'denied', code: 'unauthorized' });
  expect(bench.platform.received.map(({ method }) => method)).toEqual(['GET', 'GET']);
});

test('what its document does not offer is declared so, refused, and asked of nobody', async () => {
  await using bench = await openMariana();
  const { payments, abilities, refunds, cards, readers } = bench.mariana;
  const { paymentIntent } = await made(bench);
  const { id } = paymentIntent;
  const asked = bench.platform.received.length;

  const answers = [
    await payments.capture(id, toCreate.total, 'key', never, about()),
    await payments.cancel(id, 'key', never, about()),
    await payments.listPaymentIntents(
      { createdFromMs: 0, createdToMs: 1, startingAfter: null },
      never,
    ),
    await payments.listEvents({ createdFromMs: 0, startingAfter: null }, never),
    await payments.setReceiptEmail(chargeId('ch_0001'), 'a@example.com', 'key', never),
  ];

  for (const answer of answers) {
    expect(answer).toMatchObject({ kind: 'refused', code: 'not_supported' });
  }
  expect(bench.platform.received).toHaveLength(asked);
  expect(abilities).toMatchObject({
    idempotency: 'none',
    order: 'required',
    settles: 'platform',
    list: false,
    events: false,
    refunds: false,
    receiptEmail: false,
    tips: false,
    readers: 'listed',
    connectionToken: 'with_order',
    cards: { keepWithSale: false, keepAlone: true, charge: false, remove: false, postalCode: true },
  });
  expect([refunds, cards, readers]).toEqual([null, null, null]);
  expect(payments).not.toHaveProperty('recordOrder');
});

test('a card on file is not charged here', async () => {
  await using bench = await openMariana();
  const storedCard = { customerId: 'cus_0001', paymentMethodId: 'pm_0001' };

  const answer = await bench.mariana.payments.create(
    { ...toCreate, storedCard: storedCard as NonNullable<typeof toCreate.storedCard> },
    'key',
    never,
  );

  expect(answer).toMatchObject({ kind: 'refused', code: 'not_supported' });
});

test('the time is taken from its replies, and from Stripe’s', async () => {
  const heard: number[] = [];
  await using bench = await openMariana({ onDate: (atMs) => heard.push(atMs) });

  await made(bench);

  // The configuration, the PaymentIntent and Stripe’s own look at it.
  expect(heard).toHaveLength(3);
});

test('nothing secret of a call stands in the address of a call to the platform', async () => {
  await using bench = await openMariana();
  const { paymentIntent, clientSecret } = await made(bench);
  await bench.mariana.payments.read(
    paymentIntent.id,
    never,
    about({ last: paymentIntent, clientSecret }),
  );

  for (const { path, query, body } of bench.platform.received) {
    expect(`${path}?${query}${body}`).not.toContain(clientSecret);
    expect(query).toBe('');
  }
});
