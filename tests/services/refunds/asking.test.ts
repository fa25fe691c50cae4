import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSale, captured, facts, held, otherSale, ourSale } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { hourMs, KnownClock, lives } from '../reconciler-bench.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  sentenceOf,
  storedRefund,
  storedSale,
  storePaid,
} from './refund-bench.ts';
import { RefundingStripe } from './refunding-stripe.ts';

const tempFolder = tempFolders();
let clock: KnownClock;
let stripe: RefundingStripe;
let bench: RefundBench;

function open(options: Partial<Parameters<typeof openRefunds>[1]> = {}): void {
  bench = openRefunds(tempFolder(), { clock, payments: stripe, api: stripe.api, ...options });
}

beforeEach(() => {
  clock = new KnownClock();
  stripe = new RefundingStripe(captured, clock);
});

afterEach(async () => {
  await bench.stop();
});

describe('what is offered', () => {
  it('is all that was taken, less what is on its way already', async () => {
    open();
    storePaid(bench);
    expect(bench.refunds.offer(ourSale)).toMatchObject({
      paid: { amount: 2_800, currency: 'usd' },
      most: { amount: 2_800, currency: 'usd' },
      sentence: null,
      way: 'by_api',
    });

    await bench.refunds.ask(request);

    const offer = bench.refunds.offer(ourSale);
    expect(offer?.most.amount).toBe(2_300);
    expect(offer?.refunds.map(({ refund }) => refund.id)).toEqual([ourRefund]);
  });

  it('is less by what somebody has refunded on the dashboard', () => {
    open();
    storePaid(bench, { ...captured, amountRefunded: 1_000 });

    expect(bench.refunds.offer(ourSale)?.most.amount).toBe(1_800);
  });

  it('counts the part of a hold that was never taken neither as paid nor as given back', () => {
    open();
    storePaid(bench);
    const partly = { ...captured, amountReceived: 1_500, amountRefunded: 1_300 };
    bench.sales.apply(ourSale, {
      kind: 'payment_intent_read',
      paymentIntent: partly,
      leftAt: Number.MAX_SAFE_INTEGER,
    });

    expect(bench.refunds.offer(ourSale)).toMatchObject({
      paid: { amount: 1_500 },
      most: { amount: 1_500 },
    });
  });

  it('is nothing of money that is only held: the hold is released instead', async () => {
    open();
    bench.ledger.addSale(aSale(), clock.nowMs() - hourMs);
    for (const event of lives.held()) bench.sales.apply(ourSale, event);
    expect(storedSale(bench).paymentIntent?.status).toBe(held.status);

    expect(bench.refunds.offer(ourSale)).toMatchObject({
      most: { amount: 0 },
      why: 'only_held',
    });
    expect(sentenceOf(await bench.refunds.ask(request))).toContain('Release the hold');
  });

  it('is nothing while the cardholder’s bank disputes the payment', async () => {
    open();
    storePaid(bench, { ...captured, disputed: true });

    expect(bench.refunds.offer(ourSale)?.why).toBe('disputed');
    expect((await bench.refunds.ask(request)).kind).toBe('refused');
  });

  it('is nothing where the system behind the kiosk gives nothing back', async () => {
    open({ api: null });
    storePaid(bench);

    expect(bench.refunds.offer(ourSale)).toMatchObject({
      most: { amount: 0 },
      why: 'not_supported',
    });
    expect((await bench.refunds.ask(request)).kind).toBe('refused');
    expect(bench.book.refundsOf(ourSale)).toEqual([]);
  });

  it('is nothing of a sale that is not known', async () => {
    open();

    expect(bench.refunds.offer(otherSale)).toBeNull();
    expect((await bench.refunds.ask(request)).kind).toBe('refused');
  });
});

describe('a request', () => {
  it('is stored with its work and the sale’s count before anything is sent', async () => {
    open();
    storePaid(bench);

    await bench.refunds.ask(request);

    expect(storedRefund(bench)).toMatchObject({
      state: 'asked',
      amount: { amount: 500, currency: 'usd' },
      by: 'Ada',
      why: 'the class was cancelled',
      approvedBy: 'Grace',
    });
    expect(storedSale(bench).givenBack).toBe(500);
    expect(bench.waiting(ourRefund)).toEqual(['refund.create']);
    expect(stripe.keys).toEqual([]);
  });

  it('that is sent twice is one refund, also when both are sent at once', async () => {
    open();
    storePaid(bench);

    const [first, second] = await Promise.all([
      bench.refunds.ask(request),
      bench.refunds.ask(request),
    ]);
    const third = await bench.refunds.ask({ ...request, amount: 900 });
    await bench.run();

    expect([first.kind, second.kind, third.kind]).toEqual(['asked', 'asked', 'asked']);
    expect(stripe.refunds.map(({ amount }) => amount)).toEqual([500]);
    expect(storedSale(bench).givenBack).toBe(500);
    expect(bench.ledger.historyOf(ourSale).entries.map(({ event }) => event.kind)).toContain(
      'giving_back',
    );
  });

  it('is taken up to the total in parts, and not for a cent more', async () => {
    open();
    storePaid(bench);
    await bench.refunds.ask({ ...request, requestId: 'request00002', amount: 1_500 });
    await bench.refunds.ask({ ...request, requestId: 'request00003', amount: 1_000 });

    const tooMuch = await bench.refunds.ask({ ...request, requestId: 'request00004', amount: 301 });
    const rest = await bench.refunds.ask({ ...request, requestId: 'request00005', amount: 300 });
    const nothing = await bench.refunds.ask({ ...request, requestId: 'request00006', amount: 1 });
    await bench.run();

    expect(sentenceOf(tooMuch)).toContain('3.00 USD');
    expect(rest.kind).toBe('asked');
    expect(nothing.kind).toBe('refused');
    expect(stripe.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(2_800);
  });

  it('that was approved while another took what was left is refused', async () => {
    open();
    storePaid(bench);

    // Both are judged before either is approved.
    const both = await Promise.all([
      bench.refunds.ask({ ...request, requestId: 'request00002', amount: 2_800 }),
      bench.refunds.ask({ ...request, requestId: 'request00003', amount: 2_000 }),
    ]);

    expect(both.map(({ kind }) => kind)).toEqual(['asked', 'refused']);
    expect(bench.book.refundsOf(ourSale)).toHaveLength(1);
    expect(storedSale(bench).givenBack).toBe(2_800);
  });

  it('needs a name and a reason, and neither is asked of whoever approves it', async () => {
    open();
    storePaid(bench);

    expect((await bench.refunds.ask({ ...request, by: '  ' })).kind).toBe('refused');
    expect((await bench.refunds.ask({ ...request, why: '\n' })).kind).toBe('refused');
    expect(bench.approvals).toEqual([]);
  });

  it('is not carried out without an approval, and the next try may be', async () => {
    let right = false;
    open({
      approve: () =>
        right ? { kind: 'approved', by: 'staff PIN' } : { kind: 'refused', why: 'proof_wrong' },
    });
    storePaid(bench);

    expect(sentenceOf(await bench.refunds.ask(request))).toContain('not the staff PIN');
    expect(storedSale(bench).givenBack).toBeUndefined();
    expect(bench.book.findRefund(ourRefund)).toBeNull();

    right = true;
    expect((await bench.refunds.ask(request)).kind).toBe('asked');
    expect(bench.approvals.map(({ what, proof }) => [what, proof])).toEqual([
      ['refund', '2749'],
      ['refund', '2749'],
    ]);
  });

  it('keeps its proof out of the file', async () => {
    open();
    storePaid(bench);

    await bench.refunds.ask({ ...request, proof: '73519' });

    expect(JSON.stringify(storedRefund(bench))).not.toContain('73519');
    expect(JSON.stringify(bench.lines)).not.toContain('73519');
  });

  it('that can’t be stored leaves neither a refund nor a count', async () => {
    open();
    storePaid(bench);
    bench.database.db.exec(
      "create temp trigger full before insert on outbox begin select raise(abort, 'full'); end",
    );

    await expect(bench.refunds.ask(request)).rejects.toThrow('full');

    expect(bench.book.findRefund(ourRefund)).toBeNull();
    expect(storedSale(bench).givenBack).toBeUndefined();
  });
});

it('money that was taken although the sale was cancelled is given back, and then nothing is left to settle', async () => {
  open();
  bench.ledger.addSale(aSale(), clock.nowMs() - hourMs);
  for (const event of lives.created()) bench.sales.apply(ourSale, event);
  bench.sales.apply(ourSale, { kind: 'customer_canceled' });
  bench.sales.apply(ourSale, {
    kind: 'payment_intent_read',
    paymentIntent: facts({ ...captured }),
    leftAt: Number.MAX_SAFE_INTEGER,
  });
  expect(storedSale(bench)).toMatchObject({ staffReason: 'paid_after_cancel' });
  expect(bench.reconciler.overview()).toHaveLength(1);

  await bench.refunds.ask({ ...request, amount: 2_800 });
  await bench.run();

  expect(storedSale(bench).paymentIntent?.amountRefunded).toBe(2_800);
  expect(bench.reconciler.overview()).toEqual([]);
});
