import { expect, test } from 'vitest';
import { marianaTek } from '../../../main/backends/mariana-tek/mariana-tek.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { LivePaymentIntent } from '../../../main/ports/payments-api.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { marianaSeed } from '../../platforms/start-platform.ts';
import { valueOf } from '../../stripe/value-of.ts';
import {
  about,
  byCard,
  cartId,
  made,
  type MarianaBench,
  never,
  openMariana,
} from './mariana-bench.ts';

interface Made {
  readonly paymentIntent: PaymentIntentFacts;
  readonly clientSecret: string | null;
}

async function read(
  { mariana }: Pick<MarianaBench, 'mariana'>,
  { paymentIntent, clientSecret }: Made,
): Promise<LivePaymentIntent> {
  const last = paymentIntent;
  return valueOf(
    await mariana.payments.read(paymentIntent.id, never, about({ last, clientSecret })),
  );
}

test('a tapped card is charged, and the cart’s order tells that it is paid', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  await tapCard(bench, { paymentIntent: live.paymentIntent.id });

  const { paymentIntent } = await read(bench, live);

  expect(paymentIntent).toMatchObject({
    status: 'succeeded',
    amount: byCard,
    amountReceived: byCard,
    platform: { status: 'submitted', error: null },
  });
  expect(paymentIntent.platform?.orderId).toBe(
    bench.platform.model.shop.carts.get(cartId)?.orderId,
  );
  expect(paymentIntent).not.toHaveProperty('unseen');
});

test('a charge that the cart has not noticed yet is seen', async () => {
  await using bench = await openMariana();
  bench.platform.model.behaviour.noticesAfterPolls = 2;
  const live = await made(bench);
  await tapCard(bench, { paymentIntent: live.paymentIntent.id });

  const first = await read(bench, live);
  const second = await read(bench, live);

  expect(first.paymentIntent).toMatchObject({ status: 'succeeded', platform: { status: 'open' } });
  expect(second.paymentIntent.platform?.status).toBe('submitted');
});

test('a decline is seen with the charge that tells it from the next one', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  await tapCard(bench, { paymentIntent: live.paymentIntent.id }, 'charge_declined');

  const { paymentIntent } = await read(bench, live);

  expect(paymentIntent).toMatchObject({
    status: 'requires_payment_method',
    amountReceived: 0,
    lastPaymentError: { code: 'card_declined' },
    latestChargeId: expect.stringMatching(/^ch_/) as string,
    platform: { status: 'open' },
  });
});

test('a cart that failed after its card was charged shows both', async () => {
  await using bench = await openMariana();
  bench.platform.model.behaviour.failsAfterCharge = 'Cool T-Shirt is out of stock :(';
  const live = await made(bench);
  await tapCard(bench, { paymentIntent: live.paymentIntent.id });

  const { paymentIntent } = await read(bench, live);

  expect(paymentIntent).toMatchObject({
    status: 'succeeded',
    platform: { status: 'failed', orderId: null, error: 'Cool T-Shirt is out of stock :(' },
  });
});

test('without the secret only the cart is told, with what was known before', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  await tapCard(bench, { paymentIntent: live.paymentIntent.id });

  const read1 = await read(bench, { ...live, clientSecret: null });

  expect(read1.clientSecret).toBeNull();
  expect(read1.paymentIntent).toMatchObject({
    ...live.paymentIntent,
    unseen: true,
    platform: { status: 'submitted' },
  });
});

test('after a restart nobody knows which key goes with a secret, and only the cart is told', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  const { url, token } = bench.platform;
  const restarted = marianaTek({
    url,
    token,
    mode: 'test',
    location: marianaSeed.locationId,
    stripeUrl: bench.stripe.url,
  });

  const { paymentIntent } = await read({ mariana: restarted }, live);

  expect(paymentIntent).toMatchObject({ unseen: true, platform: { status: 'open' } });
});

test('a paid cart is told although Stripe can’t be reached, and any other is asked about again', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  const { paymentIntent: last, clientSecret } = live;
  await tapCard(bench, { paymentIntent: last.id });
  await read(bench, live);
  await bench.studio.server.close();

  const paid = await bench.mariana.payments.read(last.id, never, about({ last, clientSecret }));
  bench.platform.model.shop.carts.get(cartId)!.status = 'Failed';
  const failed = await bench.mariana.payments.read(last.id, never, about({ last, clientSecret }));

  expect(paid).toMatchObject({
    kind: 'done',
    value: { paymentIntent: { unseen: true, platform: { status: 'submitted' } } },
  });
  expect(failed).toMatchObject({ kind: 'unanswered' });
});

test('a secret that Stripe refuses shows nothing, and the cart is told alone', async () => {
  await using bench = await openMariana();
  const live = await made(bench);

  const { paymentIntent } = await read(bench, { ...live, clientSecret: 'pi_wrong_secret_x' });

  expect(paymentIntent).toMatchObject({ unseen: true, platform: { status: 'open' } });
});

test('a read without the cart, or of what was never seen, is refused', async () => {
  await using bench = await openMariana();
  const { paymentIntent } = await made(bench);
  const { payments } = bench.mariana;

  expect(await payments.read(paymentIntent.id, never, about({ order: null }))).toMatchObject({
    code: 'order_needed',
  });
  expect(await payments.read(paymentIntent.id, never)).toMatchObject({ code: 'order_needed' });
  expect(await payments.read(paymentIntent.id, never, about())).toMatchObject({
    code: 'never_seen',
  });
});

test('a token that expired in the middle of a sale is told, and the read is good again with a new one', async () => {
  await using bench = await openMariana();
  const live = await made(bench);
  bench.platform.faults.next({ kind: 'unauthorized' }, { on: 'payment_status' });
  const known = about({ last: live.paymentIntent, clientSecret: live.clientSecret });

  const denied = await bench.mariana.payments.read(live.paymentIntent.id, never, known);

  expect(denied).toEqual({ kind: 'denied', status: 401, code: 'unauthorized' });
  expect((await read(bench, live)).paymentIntent.platform?.status).toBe('open');
});
