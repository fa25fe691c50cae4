import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busy, denied, refused, unanswered, uncertain } from '../../support/fakes/fake-payments.ts';
import { captured, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { hourMs, KnownClock, minuteMs } from '../reconciler-bench.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  storedRefund,
  storedSale,
  storePaid,
} from './refund-bench.ts';
import { RefundingStripe } from './refunding-stripe.ts';

const tempFolder = tempFolders();
const keyOf = (ordinal: number): string => `foyer_${ourRefund}_refund_${ordinal}`;
let folder: string;
let clock: KnownClock;
let stripe: RefundingStripe;
let bench: RefundBench;

function open(boot = 'boot_0000000001'): RefundBench {
  return openRefunds(folder, { clock, payments: stripe, api: stripe.api, boot });
}

beforeEach(() => {
  folder = tempFolder();
  clock = new KnownClock();
  stripe = new RefundingStripe(captured, clock);
  bench = open();
  storePaid(bench);
});

afterEach(async () => {
  await bench.stop();
});

describe('a refund', () => {
  it('is made under a key of its own, and the payment is read again', async () => {
    await bench.refunds.ask(request);
    await bench.run();

    expect(stripe.keys).toEqual([keyOf(1)]);
    expect(storedRefund(bench)).toMatchObject({
      state: 'succeeded',
      stripeRefund: { id: 're_0001' },
    });
    expect(storedSale(bench).paymentIntent?.amountRefunded).toBe(500);
    expect(bench.reconciler.overview()).toEqual([]);
  });

  it('whose answer is lost after it took effect is made once', async () => {
    stripe.mishaps.push({ answer: unanswered, tookEffect: true });

    await bench.refunds.ask(request);
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1), keyOf(1)]);
    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('whose request is lost on its way is repeated under the same key', async () => {
    stripe.mishaps.push(
      { answer: unanswered, tookEffect: false },
      { answer: busy, tookEffect: false },
    );

    await bench.refunds.ask(request);
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1), keyOf(1), keyOf(1)]);
    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('that a fault of Stripe’s carried out all the same is found by its name, and not made again', async () => {
    stripe.mishaps.push({ answer: uncertain, tookEffect: true });

    await bench.refunds.ask(request);
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1)]);
    expect(stripe.looks).toContain('list');
    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench)).toMatchObject({
      state: 'succeeded',
      stripeRefund: { id: 're_0001' },
    });
  });

  it('that a fault of Stripe’s did not carry out is made under a new key, after a look', async () => {
    stripe.mishaps.push({ answer: uncertain, tookEffect: false });

    await bench.refunds.ask(request);
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1), keyOf(2)]);
    expect(stripe.looks[0]).toBe('list');
    expect(stripe.refunds).toHaveLength(1);
  });

  it('is not taken for another of the same amount that somebody made on the dashboard', async () => {
    stripe.addForeign(500, captured.id);
    stripe.mishaps.push({ answer: uncertain, tookEffect: false });

    await bench.refunds.ask(request);
    await bench.run(minuteMs);

    expect(storedRefund(bench).stripeRefund?.id).toBe('re_0002');
    expect(stripe.refunds).toHaveLength(2);
  });

  it('whose look is not answered is not asked for anew before one is', async () => {
    stripe.mishaps.push({ answer: uncertain, tookEffect: true });
    stripe.silences.push(unanswered, refused('resource_missing'), denied);

    await bench.refunds.ask(request);
    await bench.run();
    expect(stripe.keys).toEqual([keyOf(1)]);
    expect(storedRefund(bench).state).toBe('asked');

    await bench.run(5 * minuteMs);
    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('that Stripe refuses ends so, and the money counts as the studio’s again', async () => {
    stripe.mishaps.push({ answer: refused('charge_disputed'), tookEffect: false });

    await bench.refunds.ask(request);
    await bench.run();

    expect(storedRefund(bench)).toMatchObject({ state: 'refused', problem: 'charge_disputed' });
    expect(storedSale(bench).givenBack).toBe(0);
    expect(bench.refunds.offer(ourSale)?.most.amount).toBe(2_800);
  });

  it('that this key may not make is refused at once', async () => {
    stripe.mishaps.push({ answer: denied, tookEffect: false });

    await bench.refunds.ask(request);
    await bench.run();

    expect(storedRefund(bench)).toMatchObject({ state: 'refused', problem: 'api_key_expired' });
    expect(bench.waiting(ourRefund)).toEqual([]);
  });

  it('that a repeat finds refused is looked for before anybody is told so', async () => {
    stripe.mishaps.push(
      { answer: unanswered, tookEffect: true },
      { answer: refused('charge_already_refunded'), tookEffect: false },
    );

    await bench.refunds.ask({ ...request, amount: 2_800 });
    await bench.run(minuteMs);

    expect(storedRefund(bench).state).toBe('succeeded');
    expect(stripe.refunds).toHaveLength(1);
  });
});

describe('a request that waited for more than twenty hours', () => {
  it('is looked for first, and found', async () => {
    stripe.mishaps.push({ answer: unanswered, tookEffect: true });
    await bench.refunds.ask(request);
    await bench.run();
    await bench.stop();
    await clock.advance(21 * hourMs);

    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1)]);
    expect(stripe.looks).toContain('list');
    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('is sent under a new key when it was never carried out', async () => {
    stripe.mishaps.push({ answer: unanswered, tookEffect: false });
    await bench.refunds.ask(request);
    await bench.run();
    await bench.stop();
    await clock.advance(21 * hourMs);

    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run(minuteMs);

    expect(stripe.keys).toEqual([keyOf(1), keyOf(2)]);
    expect(stripe.refunds).toHaveLength(1);
  });
});

describe('a kiosk that dies', () => {
  const moments = [
    'before it is sent',
    'before it takes effect',
    'before the answer is stored',
  ] as const;

  it.each(moments)('%s gives the money back once', async (moment) => {
    if (moment !== 'before it is sent') {
      // The process is gone before any answer: the row is handed out and never settled.
      const tookEffect = moment === 'before the answer is stored';
      stripe.mishaps.push({ answer: { kind: 'unanswered', code: 'aborted' }, tookEffect });
    }
    await bench.refunds.ask(request);
    if (moment !== 'before it is sent') await bench.run();
    await bench.stop();

    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run(minuteMs);

    expect(stripe.refunds).toHaveLength(1);
    expect(new Set(stripe.keys)).toEqual(new Set([keyOf(1)]));
    expect(storedRefund(bench).state).toBe('succeeded');
    expect(storedSale(bench)).toMatchObject({
      givenBack: 500,
      paymentIntent: { amountRefunded: 500 },
    });
  });

  it('right after the answer was stored still reads the payment again', async () => {
    await bench.refunds.ask(request);
    const row = bench.ledger.nextDue(clock.nowMs(), new Set());
    if (row === null) throw new Error('nothing is due');
    const { store } = await bench.carryOut(row, new AbortController().signal);
    const call = { status: null, code: null, requestId: null, durationMs: 1 };
    store(() => {
      bench.ledger.finish(row, 'done', { outcome: 'done', ...call }, clock.nowMs());
    });
    expect(storedSale(bench).paymentIntent?.amountRefunded).toBe(0);
    await bench.stop();

    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run();

    expect(stripe.keys).toHaveLength(1);
    expect(storedSale(bench).paymentIntent?.amountRefunded).toBe(500);
  });

  it('with its work lost from the outbox looks for the refund before it is asked for anew', async () => {
    stripe.mishaps.push({ answer: unanswered, tookEffect: true });
    await bench.refunds.ask(request);
    await bench.run();
    bench.database.db.exec(
      "update outbox set state = 'done', ended_at_ms = 0 where state = 'waiting'",
    );
    await bench.stop();

    bench = open('boot_0000000002');
    bench.refunds.start();
    await bench.run();

    expect(stripe.keys).toEqual([keyOf(1)]);
    expect(stripe.refunds).toHaveLength(1);
    expect(storedRefund(bench).state).toBe('succeeded');
  });
});
