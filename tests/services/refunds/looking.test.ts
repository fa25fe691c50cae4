import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { denied, refused, unanswered } from '../../support/fakes/fake-payments.ts';
import { captured } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  storedRefund,
  storePaid,
} from './refund-bench.ts';
import { RefundingStripe } from './refunding-stripe.ts';
import { hourMs, KnownClock, minuteMs } from '../reconciler-bench.ts';

const tempFolder = tempFolders();
const keyOf = (ordinal: number): string => `foyer_${ourRefund}_refund_${ordinal}`;
let clock: KnownClock;
let stripe: RefundingStripe;
let bench: RefundBench;

beforeEach(() => {
  clock = new KnownClock();
  stripe = new RefundingStripe(captured, clock);
  bench = openRefunds(tempFolder(), { clock, payments: stripe, api: stripe.api });
  storePaid(bench);
});

afterEach(async () => {
  await bench.stop();
});

/** The first request left, and nobody knows yet whether Stripe will carry it out. */
async function askedWithoutAnswer(): Promise<void> {
  stripe.mishaps.push({ answer: unanswered, tookEffect: false });
  await bench.refunds.ask(request);
  await bench.run();
  expect(storedRefund(bench).state).toBe('asked');
}

describe('a refund whose request may still be on its way', () => {
  it('keeps its key when staff ask what became of it: the first request may arrive late', async () => {
    await askedWithoutAnswer();

    expect(bench.refunds.check(ourRefund)).toBe(true);
    await bench.run(hourMs);

    expect(new Set(stripe.keys)).toEqual(new Set([keyOf(1)]));
    expect(storedRefund(bench).state).toBe('succeeded');
    expect(stripe.refunds).toHaveLength(1);
  });

  it('keeps its key when an event tells of another refund of the same payment', async () => {
    await askedWithoutAnswer();
    const other = stripe.addForeign(300, captured.id);

    bench.refunds.heard({
      id: 'evt_0001',
      type: 'refund.created',
      createdAtMs: clock.nowMs(),
      paymentIntentId: captured.id,
      kioskId: null,
      readerId: null,
      stripeRefundId: other.id,
    });
    await bench.run(minuteMs);

    expect(new Set(stripe.keys)).toEqual(new Set([keyOf(1)]));
  });
});

describe('a refund that was asked for anew', () => {
  it('is looked for once more when that request may have been carried out, too', async () => {
    stripe.mishaps.push(
      { answer: unanswered, tookEffect: false },
      { answer: refused('balance_insufficient'), tookEffect: false },
      { answer: unanswered, tookEffect: true },
      { answer: denied, tookEffect: false },
    );

    await bench.refunds.ask(request);
    await bench.run(hourMs);

    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench)).toMatchObject({
      state: 'succeeded',
      stripeRefund: { id: 're_0001' },
    });
  });
});
