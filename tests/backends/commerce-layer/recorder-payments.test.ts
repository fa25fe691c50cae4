import { describe, expect, it } from 'vitest';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { Answer } from '../../../main/ports/payments-api.ts';
import { tapCard } from '../../platforms/tap-card.ts';
import { valueOf } from '../../stripe/value-of.ts';
import {
  about,
  type CommerceKiosk,
  create,
  kiosk,
  never,
  openCommerceKiosk,
  order,
  sale,
  total,
} from './commerce-layer-kiosk.ts';

const openRecorder = (): Promise<CommerceKiosk> => openCommerceKiosk({ role: 'recorder' });

/** A payment that the kiosk made itself, tapped and captured. */
async function paid(commerce: CommerceKiosk): Promise<PaymentIntentFacts> {
  const { payments } = commerce.backend;
  const { paymentIntent } = valueOf(await create(commerce));
  await tapCard(commerce.bench, { paymentIntent: paymentIntent.id });
  await payments.capture(paymentIntent.id, total, 'key_capture', never, about(paymentIntent));
  return valueOf(await payments.read(paymentIntent.id, never, about(paymentIntent))).paymentIntent;
}

function record(
  { backend }: CommerceKiosk,
  last: PaymentIntentFacts,
): Promise<Answer<{ readonly agrees: boolean }>> {
  const answer = backend.payments.recordOrder?.(last.id, never, about(last));
  if (answer === undefined) throw new Error('A recorder records.');
  return answer;
}

it('the PaymentIntent is direct Stripe’s: made under its key, with its metadata, twice the same', async () => {
  await using commerce = await openRecorder();

  const first = valueOf(await create(commerce)).paymentIntent;
  const again = valueOf(await create(commerce)).paymentIntent;

  expect(again.id).toBe(first.id);
  expect(first).toMatchObject({ saleId: sale, kioskId: kiosk, amount: 2_800 });
  expect(commerce.bench.platform.received).toEqual([]);
  expect(commerce.backend.abilities).toMatchObject({ idempotency: 'keys', recordsOrder: true });
});

it('a paid PaymentIntent is recorded with its order, its secret read again for that', async () => {
  await using commerce = await openRecorder();
  const last = await paid(commerce);

  const answer = await record(commerce, last);

  expect(valueOf(answer)).toEqual({ agrees: true });
  const atStripe = await commerce.bench.studio.stripe.paymentIntents.retrieve(last.id);
  expect(commerce.bench.platform.model.payments).toMatchObject([
    {
      orderId: order.id,
      stripeId: last.id,
      clientSecret: atStripe.client_secret,
      reference: sale,
      referenceOrigin: 'foyer',
      metadata: { sale, kiosk },
    },
  ]);
});

it('an order that costs something else does not agree', async () => {
  await using commerce = await openRecorder();
  const last = await paid(commerce);
  commerce.bench.platform.model.seedOrder({ id: order.id, total: 3_000, currency: 'usd' });

  expect(valueOf(await record(commerce, last))).toEqual({ agrees: false });
});

describe('recorded again', () => {
  it('after a lost reply, it stays one record', async () => {
    await using commerce = await openRecorder();
    const last = await paid(commerce);
    commerce.bench.platform.faults.next({ kind: 'reply_lost' }, { method: 'POST' });

    const lost = await record(commerce, last);
    const again = await record(commerce, last);

    expect(lost).toMatchObject({ kind: 'unanswered' });
    expect(valueOf(again)).toEqual({ agrees: true });
    expect(commerce.bench.platform.model.payments).toHaveLength(1);
  });

  it('nothing is sent while the look for the first is not answered', async () => {
    await using commerce = await openRecorder();
    const last = await paid(commerce);
    commerce.bench.platform.faults.next({ kind: 'server_error', status: 503 });

    expect(await record(commerce, last)).toMatchObject({ kind: 'uncertain' });
    expect(commerce.bench.platform.model.payments).toEqual([]);
  });

  it('a record of another PaymentIntent of the sale is not taken for it', async () => {
    await using commerce = await openRecorder();
    const last = await paid(commerce);
    const other = await commerce.backend.payments.create(
      { total, saleId: sale, kioskId: kiosk, orderHash: 'hash', order },
      'foyer_sale_0000000001_create_2',
      never,
    );
    await record(commerce, valueOf(other).paymentIntent);

    await record(commerce, last);

    const recorded = commerce.bench.platform.model.payments.map(({ stripeId }) => stripeId);
    expect(recorded).toEqual([valueOf(other).paymentIntent.id, last.id]);
  });
});

it('an order that is gone is refused, in a sentence for staff', async () => {
  await using commerce = await openRecorder();
  const last = await paid(commerce);
  commerce.bench.platform.model.orders.clear();

  expect(await record(commerce, last)).toMatchObject({ kind: 'refused', code: 'record_not_found' });
  expect(commerce.sentences).toEqual(['Commerce Layer does not know the order.']);
});

it('a record of the other mode is refused', async () => {
  await using commerce = await openRecorder();
  const last = await paid(commerce);
  commerce.bench.platform.model.behaviour.mode = 'live';

  expect(await record(commerce, last)).toMatchObject({ kind: 'refused', code: 'wrong_mode' });
});
