import { expect, it } from 'vitest';
import { stripePaymentsApi } from '../../main/backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../../main/backends/stripe/stripe-readers-api.ts';
import { stripeRefundsApi } from '../../main/backends/stripe/stripe-refunds-api.ts';
import {
  chargeId,
  kioskId,
  type PaymentIntentId,
  paymentIntentId,
  readerId,
  refundId,
  saleId,
} from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { PaymentsApi } from '../../main/ports/payments-api.ts';
import type { ReadersApi } from '../../main/ports/readers-api.ts';
import type { RefundRequest, RefundsApi } from '../../main/ports/refunds-api.ts';
import { payInPerson, testCard } from '../training/support/cards-on-file.ts';
import { present } from '../training/support/server-driven.ts';
import { openTraining, type Training } from '../training/support/training.ts';
import { valueOf } from './value-of.ts';

const never = new AbortController().signal;
const front = readerId('tmr_front');

interface Kiosk extends Training {
  readonly payments: PaymentsApi;
  readonly atReader: ReadersApi;
  readonly refunds: RefundsApi;
}

/** The simulated Stripe over HTTP, and the kiosk's ways to it. */
async function openKiosk(): Promise<Kiosk> {
  const training = await openTraining();
  const { stripe } = training;
  return {
    ...training,
    payments: stripePaymentsApi({ stripe, location: null }),
    atReader: stripeReadersApi({ stripe }),
    refunds: stripeRefundsApi({ stripe }),
  };
}

/** A sale of 12.00 that was paid in full. */
async function paid(kiosk: Kiosk, card = 'visa'): Promise<PaymentIntentId> {
  const { paymentIntent } = await payInPerson(kiosk, card, { capture_method: 'automatic' });
  return paymentIntentId(paymentIntent.id);
}

function requestFor(id: PaymentIntentId, changes: Partial<RefundRequest> = {}): RefundRequest {
  return {
    refundId: refundId('refund_0000000001'),
    saleId: saleId('sale_0000000001'),
    kioskId: kioskId('kiosk_0000000001'),
    paymentIntentId: id,
    amount: 500,
    reason: 'requested_by_customer',
    ...changes,
  };
}

it('a part is given back once, however often the same request is sent', async () => {
  await using kiosk = await openKiosk();
  const intent = await paid(kiosk);

  const first = await kiosk.refunds.create(requestFor(intent), 'refund_1', never);
  const again = await kiosk.refunds.create(requestFor(intent), 'refund_1', never);

  expect(valueOf(again)).toEqual(valueOf(first));
  expect(valueOf(await kiosk.refunds.list(intent, never))).toEqual([
    expect.objectContaining({
      status: 'succeeded',
      amount: 500,
      refundId: 'refund_0000000001',
      kioskId: 'kiosk_0000000001',
    }),
  ]);
  expect(valueOf(await kiosk.payments.read(intent, never)).paymentIntent.amountRefunded).toBe(500);
});

it('more than is left is refused, and nothing is given back for it', async () => {
  await using kiosk = await openKiosk();
  const intent = await paid(kiosk);
  await kiosk.refunds.create(requestFor(intent, { amount: 1_000 }), 'refund_1', never);

  const more = { amount: 300, refundId: refundId('refund_0000000002') };
  const answer = await kiosk.refunds.create(requestFor(intent, more), 'refund_2', never);

  expect(answer).toMatchObject({ kind: 'refused', status: 400 });
  expect(valueOf(await kiosk.refunds.list(intent, never))).toHaveLength(1);
});

it('a refund that fails days after it succeeded is read as failed, and an event says to look', async () => {
  await using kiosk = await openKiosk();
  const intent = await paid(kiosk, 'refund_fail');
  const made = valueOf(await kiosk.refunds.create(requestFor(intent), 'refund_1', never));

  kiosk.clock.advance(3_600_000);
  const read = valueOf(await kiosk.refunds.read(made.id, never));
  const listed = await kiosk.payments.listEvents({ createdFromMs: 0, startingAfter: null }, never);

  expect(made.status).toBe('succeeded');
  expect(read.status).toBe('failed');
  expect(read.failureReason).not.toBeNull();
  expect(valueOf(listed).entries).toContainEqual(
    expect.objectContaining({
      type: 'refund.failed',
      stripeRefundId: made.id,
      paymentIntentId: intent,
      kioskId: 'kiosk_0000000001',
    }),
  );
});

it('a refund that takes its time is pending first, and succeeds later', async () => {
  await using kiosk = await openKiosk();
  const intent = await paid(kiosk, 'refund_pending');
  const made = valueOf(await kiosk.refunds.create(requestFor(intent), 'refund_1', never));

  kiosk.clock.advance(3_600_000);

  expect(made.status).toBe('pending');
  expect(valueOf(await kiosk.refunds.read(made.id, never)).status).toBe('succeeded');
});

it('a disputed payment is read as disputed, and an event says to look', async () => {
  await using kiosk = await openKiosk();
  const intent = await paid(kiosk, 'disputed');

  kiosk.clock.advance(3_600_000);
  const read = valueOf(await kiosk.payments.read(intent, never));
  const listed = await kiosk.payments.listEvents({ createdFromMs: 0, startingAfter: null }, never);

  expect(read.paymentIntent.disputed).toBe(true);
  expect(valueOf(listed).entries).toContainEqual(
    expect.objectContaining({ type: 'charge.dispute.created', paymentIntentId: intent }),
  );
});

it('Interac is given back to the card itself: by the reader it is, without it it is refused', async () => {
  await using kiosk = await openKiosk();
  const { paymentIntent, charge } = await payInPerson(kiosk, 'interac', {
    currency: 'cad',
    capture_method: 'automatic',
    allowed_payment_method_types: ['card_present', 'interac_present'],
  });
  const intent = paymentIntentId(paymentIntent.id);
  const refund = { charge: chargeId(charge.id), amount: money(500, 'cad') };

  const withoutCard = await kiosk.refunds.create(requestFor(intent), 'refund_1', never);
  const config = { customerMayCancel: true };
  const asked = await kiosk.atReader.refundPayment(front, refund, config, 'prompt_1', never);
  await present(kiosk, {
    type: 'interac_present',
    interac_present: { number: testCard('interac').number },
  });
  const seen = await kiosk.atReader.read(front, never);

  expect(withoutCard.kind).toBe('refused');
  expect(valueOf(asked).action).toMatchObject({
    kind: 'refund_payment',
    status: 'in_progress',
    object: charge.id,
  });
  expect(valueOf(seen).action).toMatchObject({ status: 'succeeded', object: charge.id });
  expect(valueOf(await kiosk.refunds.list(intent, never))).toMatchObject([
    { status: 'succeeded', amount: 500, refundId: null },
  ]);
});
