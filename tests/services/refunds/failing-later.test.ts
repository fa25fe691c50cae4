import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stripeRefundId } from '../../../main/domain/ids.ts';
import { EventStream } from '../../../main/services/event-stream.ts';
import { reportCsv } from '../../../main/services/report-csv.ts';
import { done, unanswered } from '../../support/fakes/fake-payments.ts';
import { captured, ourKiosk, ourSale, read } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { anEvent, dayMs, hourMs, KnownClock, minuteMs } from '../reconciler-bench.ts';
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
const first = stripeRefundId('re_0001');
let clock: KnownClock;
let stripe: RefundingStripe;
let bench: RefundBench;
let stream: EventStream;

beforeEach(() => {
  clock = new KnownClock();
  stripe = new RefundingStripe(captured, clock);
  bench = openRefunds(tempFolder(), { clock, payments: stripe, api: stripe.api });
  storePaid(bench);
  stream = new EventStream({
    ledger: bench.ledger,
    books: bench.books,
    payments: stripe,
    steps: bench.sales,
    clock,
    log: bench.log,
    kioskId: ourKiosk,
    mend: () => undefined,
    onSweepAsked: () => undefined,
    onRefundEvent: (event) => {
      bench.refunds.heard(event);
    },
    onEventsLost: () => {
      bench.refunds.lookAtAll();
    },
  });
});

afterEach(async () => {
  await bench.stop();
});

/** The account's events show this one, and the kiosk follows them. */
async function hear(type: string, id = first): Promise<void> {
  const event = anEvent(clock.nowMs(), { type, kioskId: null, stripeRefundId: id });
  stripe.listEvents = () => Promise.resolve(done({ entries: [event], hasMore: false }));
  await stream.follow(new AbortController().signal);
  await bench.run();
}

async function giveBack(): Promise<void> {
  await bench.refunds.ask(request);
  await bench.run();
}

async function failsLater(): Promise<void> {
  stripe.turn(first, 'failed', 'expired_or_canceled_card');
  await hear('refund.failed');
}

const closing = async (): Promise<unknown> => {
  const outcome = await bench.reconciler.close('Ada');
  return outcome.kind === 'refused' ? outcome.reasons : outcome.kind;
};

describe('a refund that was said to have succeeded and fails days later', () => {
  it('is read because of an event, and the money counts as the studio’s again', async () => {
    await giveBack();
    clock.jumpWall(6 * dayMs);

    await failsLater();

    expect(storedRefund(bench)).toMatchObject({
      state: 'failed',
      problem: 'expired_or_canceled_card',
    });
    expect(storedSale(bench)).toMatchObject({ givenBack: 0, paymentIntent: { amountRefunded: 0 } });
    expect(bench.refunds.offer(ourSale)?.most.amount).toBe(2_800);
  });

  it('is believed of no event, only of a read', async () => {
    await giveBack();

    await hear('refund.failed');

    expect(storedRefund(bench).state).toBe('succeeded');
    expect(storedSale(bench).givenBack).toBe(500);
  });

  it('is told to the sale once, however often it is heard of', async () => {
    await giveBack();
    await failsLater();
    await hear('refund.failed');

    const told = bench.ledger
      .historyOf(ourSale)
      .entries.filter(({ event }) => event.kind === 'not_given_back');
    expect(told).toHaveLength(1);
    expect(storedSale(bench).givenBack).toBe(0);
  });

  it('keeps the day open until staff have dealt with it', async () => {
    await giveBack();
    await failsLater();
    expect(await closing()).toContain('unresolved_money');

    expect(bench.refunds.acknowledge(ourRefund, ' ', 'paid in cash').kind).toBe('refused');
    expect(bench.refunds.acknowledge(ourRefund, 'Ada', '').kind).toBe('refused');
    expect(await closing()).toContain('unresolved_money');

    expect(bench.refunds.acknowledge(ourRefund, 'Ada', 'paid in cash').kind).toBe('asked');
    expect(await closing()).toBe('closed');
  });

  it('is counted again should it turn out otherwise', async () => {
    await giveBack();
    await failsLater();
    stripe.turn(first, 'succeeded');

    await hear('refund.updated');

    expect(storedRefund(bench).state).toBe('succeeded');
    expect(storedSale(bench)).toMatchObject({
      givenBack: 500,
      paymentIntent: { amountRefunded: 500 },
    });
  });

  it('is found when the events that told of it were lost', async () => {
    await giveBack();
    stripe.listEvents = () =>
      Promise.resolve(done({ entries: [anEvent(clock.nowMs())], hasMore: false }));
    await stream.follow(new AbortController().signal);
    stripe.turn(first, 'failed', 'lost_or_stolen_card');
    clock.jumpWall(31 * dayMs);
    stripe.listEvents = () => Promise.resolve(done({ entries: [], hasMore: false }));

    await stream.follow(new AbortController().signal);
    await bench.run();

    expect(storedRefund(bench).state).toBe('failed');
  });
});

describe('a refund that is pending at Stripe', () => {
  beforeEach(async () => {
    stripe.beginsAs = 'pending';
    await giveBack();
  });

  it('counts as given back, and keeps no day open', async () => {
    expect(storedRefund(bench).state).toBe('pending');
    expect(bench.waiting(ourRefund)).toEqual([]);

    expect(await closing()).toBe('closed');
  });

  it('is looked at by itself once an hour', async () => {
    bench.refunds.findStuck();
    await bench.run();
    const looks = stripe.looks.length;
    bench.refunds.findStuck();
    await bench.run(hourMs - minuteMs);
    bench.refunds.findStuck();
    await bench.run();
    expect(stripe.looks).toHaveLength(looks);

    stripe.turn(first, 'succeeded');
    await bench.run(minuteMs);
    bench.refunds.findStuck();
    await bench.run();

    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('is read at once when an event speaks of it', async () => {
    stripe.turn(first, 'succeeded');

    await hear('refund.updated');

    expect(storedRefund(bench).state).toBe('succeeded');
  });

  it('goes on being read while Stripe does not answer', async () => {
    stripe.turn(first, 'succeeded');
    stripe.silences.push(unanswered, unanswered);

    bench.refunds.check(ourRefund);
    await bench.run(minuteMs);

    expect(storedRefund(bench).state).toBe('succeeded');
  });
});

describe('a refund whose answer was lost', () => {
  it('is found by the event of its being created', async () => {
    stripe.mishaps.push({
      answer: { kind: 'uncertain', status: 500, requestId: undefined },
      tookEffect: true,
    });
    stripe.silences.push(unanswered);
    await giveBack();
    expect(storedRefund(bench).state).toBe('asked');

    await hear('refund.created');

    expect(storedRefund(bench).stripeRefund?.id).toBe(first);
  });

  it('keeps the day open while it is being found out', async () => {
    stripe.mishaps.push({ answer: unanswered, tookEffect: true });
    await giveBack();

    expect(await closing()).toEqual(expect.arrayContaining(['unresolved_money', 'work_waiting']));
  });
});

describe('the day’s report', () => {
  const sums = (amount: number) => ({ count: 1, sums: [{ amount, currency: 'usd' }] });
  const none = { count: 0, sums: [] };

  it('shows what was taken whole, and what was given back as a sum and a line of its own', async () => {
    await giveBack();

    const report = bench.reconciler.report();

    expect(report.totals.find((total) => total.class === 'captured_ordered')).toMatchObject(
      sums(2_800),
    );
    expect(report.refunds).toMatchObject({ givenBack: sums(500), cameBack: none });
    expect(report.rows[0]).toMatchObject({ resolved: true, givenBack: { amount: 500 } });
    const [, sale, refund] = reportCsv(report).split('\r\n');
    expect(sale).toMatch(/^captured_ordered,yes,.*,28\.00,USD,paid,.*,5\.00,/);
    expect(refund).toMatch(/^given_back,yes,.*,5\.00,USD,succeeded,.*,re_0001,Ada,Grace,/);
  });

  it('does not show a sale of an earlier day again because it is given back', async () => {
    expect(await closing()).toBe('closed');
    clock.jumpWall(dayMs);
    await giveBack();

    const report = bench.reconciler.report();

    expect(report.rows).toEqual([]);
    expect(report.refunds.givenBack).toEqual(sums(500));
  });

  it('shows in the day of its failing what an earlier day had called given back', async () => {
    await giveBack();
    expect(await closing()).toBe('closed');
    clock.jumpWall(dayMs);
    await failsLater();
    bench.refunds.acknowledge(ourRefund, 'Ada', 'paid in cash');

    expect(bench.reconciler.report().refunds).toMatchObject({
      givenBack: none,
      cameBack: sums(500),
    });
    expect(await closing()).toBe('closed');

    clock.jumpWall(dayMs);
    await hear('refund.updated');
    expect(bench.reconciler.report().refunds).toMatchObject({ rows: [], cameBack: none });
  });

  it('still asks staff about a refund that somebody made on the dashboard', async () => {
    stripe.addForeign(700, captured.id);
    bench.sales.apply(ourSale, { kind: 'look_asked' });
    await bench.run();

    expect(bench.reconciler.overview()).toMatchObject([{ verdict: { class: 'amount_mismatch' } }]);
    expect(await closing()).toContain('unresolved_money');
  });

  it('asks staff about a payment that the cardholder’s bank disputes', () => {
    bench.sales.apply(ourSale, read({ ...captured, disputed: true }));

    const [row] = bench.reconciler.report().rows;

    expect(row).toMatchObject({ disputed: true, resolved: false });
  });
});
