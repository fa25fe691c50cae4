import { afterEach, beforeEach, expect, it } from 'vitest';
import { stripePaymentsApi } from '../../../main/backends/stripe/stripe-payments-api.ts';
import { stripeReadersApi } from '../../../main/backends/stripe/stripe-readers-api.ts';
import { stripeRefundsApi } from '../../../main/backends/stripe/stripe-refunds-api.ts';
import { attemptIdOf, paymentIntentId, readerId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import { EventStream } from '../../../main/services/event-stream.ts';
import { valueOf } from '../../stripe/value-of.ts';
import { ourKiosk, ourSale, totalAmount } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { testCard } from '../../training/support/cards-on-file.ts';
import { present, promptFor } from '../../training/support/server-driven.ts';
import { openTraining, type Training } from '../../training/support/training.ts';
import { dayMs, hourMs, KnownClock } from '../reconciler-bench.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  storedRefund,
  storedSale,
  storePaid,
} from './refund-bench.ts';

const tempFolder = tempFolders();
const never = new AbortController().signal;
const front = readerId('tmr_front');
const firstTry = attemptIdOf(ourRefund, 1);
let training: Training;
let clock: KnownClock;
let payments: PaymentsApi;
let bench: RefundBench;
let stream: EventStream;

beforeEach(async () => {
  training = await openTraining();
  clock = new KnownClock(training.clock.nowMs());
  const { stripe } = training;
  payments = stripePaymentsApi({ stripe, location: null });
  bench = openRefunds(tempFolder(), { clock, payments, api: stripeRefundsApi({ stripe }) });
  stream = new EventStream({
    ledger: bench.ledger,
    books: bench.books,
    payments,
    steps: bench.sales,
    clock,
    log: bench.log,
    kioskId: ourKiosk,
    mend: () => undefined,
    onSweepAsked: () => undefined,
    onRefundEvent: (event) => {
      bench.refunds.heard(event);
    },
  });
});

afterEach(async () => {
  await bench.stop();
  await training.close();
});

function pass(ms: number): void {
  training.clock.advance(ms);
  clock.jumpWall(ms);
}

/** The sale was paid at the front reader with this card. */
async function pay(card: string, currency = 'usd'): Promise<PaymentIntentFacts> {
  const { number, type } = testCard(card);
  const { id } = await promptFor(training, {
    amount: totalAmount,
    currency,
    capture_method: 'automatic',
    allowed_payment_method_types:
      currency === 'cad' ? ['card_present', 'interac_present'] : ['card_present'],
    metadata: { sale: ourSale, kiosk: ourKiosk },
  });
  await present(training, { type, [type]: { number } });
  const { paymentIntent } = valueOf(await payments.read(paymentIntentId(id), never));
  return paymentIntent;
}

it('a refund is made once, whatever is repeated, and shows on the payment', async () => {
  storePaid(bench, await pay('visa'));

  await bench.refunds.ask(request);
  const row = bench.ledger.nextDue(clock.nowMs(), new Set());
  if (row === null) throw new Error('nothing is due');
  // The first answer is never stored.
  await bench.carryOut(row, never);
  await bench.workOff();

  expect((await training.stripe.refunds.list()).data.map(({ amount }) => amount)).toEqual([500]);
  expect(storedRefund(bench).state).toBe('succeeded');
  expect(storedSale(bench).paymentIntent?.amountRefunded).toBe(500);
});

it('a refund that the bank sends back days later is heard of, and the money is the studio’s again', async () => {
  storePaid(bench, await pay('refund_fail'));
  await bench.refunds.ask(request);
  await bench.workOff();
  expect(storedRefund(bench).state).toBe('succeeded');
  await stream.follow(never);
  await bench.workOff();

  pass(2 * dayMs);
  await stream.follow(never);
  await bench.workOff();

  expect(storedRefund(bench)).toMatchObject({
    state: 'failed',
    problem: 'expired_or_canceled_card',
  });
  expect(storedSale(bench)).toMatchObject({ givenBack: 0, paymentIntent: { amountRefunded: 0 } });
});

it('a refund that is pending at first is heard of when it has succeeded', async () => {
  storePaid(bench, await pay('refund_pending'));
  await bench.refunds.ask(request);
  await bench.workOff();
  expect(storedRefund(bench).state).toBe('pending');
  await stream.follow(never);
  await bench.workOff();

  pass(2 * hourMs);
  await stream.follow(never);
  await bench.workOff();

  expect(storedRefund(bench).state).toBe('succeeded');
});

it('a dispute is heard of, and the sale is one for staff', async () => {
  const { id } = await pay('visa');
  storePaid(bench, valueOf(await payments.read(id, never)).paymentIntent);
  await stream.follow(never);
  await bench.workOff();
  const charge = storedSale(bench).paymentIntent?.latestChargeId ?? '';
  await training.stripe.rawRequest(
    'POST',
    `/v1/test_helpers/training/charges/${charge}/dispute`,
    {},
  );

  await stream.follow(never);
  await bench.workOff();

  expect(storedSale(bench).paymentIntent?.disputed).toBe(true);
  expect(bench.reconciler.overview()).toHaveLength(1);
  expect(bench.refunds.offer(ourSale)?.why).toBe('disputed');
});

it('Interac is given back to the card at a reader that main leads', async () => {
  storePaid(bench, await pay('interac', 'cad'));
  await bench.refunds.ask(request);
  await bench.workOff();
  const { state, way, chargeId, amount } = storedRefund(bench);
  expect([state, way]).toEqual(['presenting', 'in_person']);
  if (chargeId === null) throw new Error('the charge is not known');

  bench.steps.apply(ourRefund, { kind: 'reader_called', attemptId: firstTry, steps: 'one_step' });
  const readers = stripeReadersApi({ stripe: training.stripe });
  const ask = { charge: chargeId, amount };
  await readers.refundPayment(front, ask, { customerMayCancel: true }, 'key_1', never);
  await present(training, { type: 'interac_present' });
  const hint = { kind: 'processed' } as const;
  bench.steps.apply(ourRefund, { kind: 'reader_finished', attemptId: firstTry, hint });
  await bench.workOff();

  expect(storedRefund(bench).state).toBe('succeeded');
  expect(storedSale(bench)).toMatchObject({
    givenBack: 500,
    paymentIntent: { amountRefunded: 500 },
  });
});

it('Interac that is refunded without the card is refused, and nothing is lost of the count', async () => {
  const paid = await pay('interac', 'cad');
  // As if the brand had not been known when it was asked for.
  storePaid(bench, { ...paid, card: null });
  await bench.refunds.ask(request);
  await bench.workOff();

  expect(storedRefund(bench)).toMatchObject({ state: 'refused', way: 'by_api' });
  expect(storedSale(bench).givenBack).toBe(0);
});
