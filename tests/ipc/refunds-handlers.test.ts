import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyLines } from '../../main/ipc/history-view.ts';
import { moneyRow } from '../../main/ipc/money-row.ts';
import { type RefundsHandlers, refundsHandlers } from '../../main/ipc/refunds-handlers.ts';
import { StaffSession } from '../../main/ipc/staff-session.ts';
import { refundHistories } from '../../main/services/refunds/refund-history.ts';
import { type CommandName, commandNames } from '../../preload/contract/channels.ts';
import { goodRequests } from '../contract/good-requests.ts';
import { hourMs, KnownClock } from '../services/reconciler-bench.ts';
import {
  openRefunds,
  ourRefund,
  type RefundBench,
  request,
  storedSale,
  storePaid,
} from '../services/refunds/refund-bench.ts';
import { RefundingStripe } from '../services/refunds/refunding-stripe.ts';
import { refused } from '../support/fakes/fake-payments.ts';
import { captured, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { FakePin } from './staff-pin-fake.ts';

const behindTheDoor = commandNames.filter((name) => name.startsWith('refunds:'));
const pin = '294716';
const tempFolder = tempFolders();
let stripe: RefundingStripe;
let bench: RefundBench;
let session: StaffSession;
let handlers: RefundsHandlers;

beforeEach(() => {
  const clock = new KnownClock();
  stripe = new RefundingStripe(captured, clock);
  bench = openRefunds(tempFolder(), { clock, payments: stripe, api: stripe.api });
  storePaid(bench);
  session = new StaffSession(new FakePin(pin), clock);
  handlers = refundsHandlers({
    session,
    refunds: bench.refunds,
    findSale: (id) => bench.ledger.findSale(id),
    dayFromMs: () => clock.nowMs() - hourMs,
    asksProof: true,
  });
});

afterEach(async () => {
  await bench.stop();
});

function ask(name: CommandName, body: unknown = goodRequests[name]): Promise<unknown> {
  const handle = handlers[name as keyof RefundsHandlers] as (request: unknown) => unknown;
  return Promise.resolve(handle(body));
}

it.each(behindTheDoor)('%s is refused while nobody has given the PIN', async (name) => {
  expect(await ask(name)).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect(bench.book.refundsOf(ourSale)).toEqual([]);
});

describe('once the PIN was given', () => {
  beforeEach(async () => {
    await session.unlock(pin);
  });

  it('the form proposes all that is left, and says that the PIN is asked for', async () => {
    expect(await ask('refunds:offer', { saleId: ourSale })).toMatchObject({
      ok: true,
      value: {
        saleId: ourSale,
        paid: { amount: 2_800, currency: 'usd' },
        most: { amount: 2_800 },
        sentence: null,
        asksProof: true,
        refunds: [],
      },
    });
  });

  it('a refund is asked for, listed, and never shows what was typed as proof', async () => {
    const asked = await ask('refunds:ask', request);
    await bench.run();
    const listed = await ask('refunds:list', {});

    expect(asked).toMatchObject({
      ok: true,
      value: { kind: 'asked', refund: { refundId: ourRefund, state: 'asked', by: 'Ada' } },
    });
    expect(listed).toMatchObject({
      ok: true,
      value: [{ state: 'succeeded', stripeRefundId: 're_0001', approvedBy: 'Grace' }],
    });
    expect(JSON.stringify([asked, listed])).not.toContain('2749');
  });

  it('what can’t be given back is told in a sentence', async () => {
    expect(await ask('refunds:ask', { ...request, amount: 2_801 })).toMatchObject({
      ok: true,
      value: { kind: 'refused', sentence: expect.stringContaining('28.00 USD') as string },
    });
  });

  it('a sale that is not there has no offer, and a refund that is not there no state', async () => {
    const notNow = { ok: false, error: { code: 'not_now' } };

    expect(await ask('refunds:offer', { saleId: 'sale_0mi1kqbas0nobodyknows1' })).toMatchObject(
      notNow,
    );
    expect(await ask('refunds:check', { refundId: ourRefund })).toMatchObject(notNow);
    expect(await ask('refunds:stop', { refundId: ourRefund })).toMatchObject({
      value: { kind: 'refused' },
    });
  });

  it('the list, which a page asks for by itself, does not keep the door open', async () => {
    for (let asked = 0; asked < 23; asked += 1) {
      await bench.clock.advance(5_000);
      await ask('refunds:list', {});
    }
    await bench.clock.advance(5_000);

    expect(session.isUnlocked).toBe(false);
  });
});

it('a sale’s line shows what was given back of it and what is left', async () => {
  await bench.refunds.ask(request);
  await bench.run();

  const pair = { sale: storedSale(bench), addedAtMs: 0, sighting: null };
  expect(moneyRow(bench.reconciler.judge(pair))).toMatchObject({
    resolved: true,
    amount: { amount: 2_800 },
    givenBack: { amount: 500, currency: 'usd' },
    refundable: { amount: 2_300, currency: 'usd' },
    disputed: false,
    pending: false,
  });
});

it('a sale’s history tells who asked for a refund, each call, and how it ended', async () => {
  stripe.mishaps.push({ answer: refused('charge_disputed'), tookEffect: false });
  await bench.refunds.ask(request);
  await bench.run();

  const lines = historyLines(
    bench.ledger.historyOf(ourSale),
    refundHistories(bench.ledger, bench.book, ourSale),
  );

  expect(lines).toContainEqual(
    expect.objectContaining({ what: 'refund.asked', by: 'Ada', why: 'the class was cancelled' }),
  );
  const call = lines.find(({ what }) => what === 'refund.create');
  expect(call?.answer).toMatchObject({ outcome: 'refused', code: 'charge_disputed' });
  expect(lines.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['giving_back', 'not_given_back']),
  );
});
