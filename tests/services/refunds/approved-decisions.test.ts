import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApprovalAnswer } from '../../../main/ports/approval.ts';
import {
  ApprovedDecisions,
  type DecisionRequest,
} from '../../../main/services/refunds/approved-decisions.ts';
import { aSale, captured, facts, held, ourSale, read } from '../../support/fakes/sales.ts';
import { tempFolders } from '../../support/fakes/temp-folder.ts';
import { hourMs, KnownClock, lives } from '../reconciler-bench.ts';
import { openRefunds, type RefundBench, storedSale } from './refund-bench.ts';
import { RefundingStripe } from './refunding-stripe.ts';

const tempFolder = tempFolders();
const request: DecisionRequest = {
  saleId: ourSale,
  decision: 'cancel',
  amount: null,
  by: ' Ada ',
  why: 'the class was cancelled',
  proof: '2749',
};
let bench: RefundBench;
let answer: ApprovalAnswer;
let asked: unknown[];
let decisions: ApprovedDecisions;

beforeEach(() => {
  const clock = new KnownClock();
  const stripe = new RefundingStripe(captured, clock);
  bench = openRefunds(tempFolder(), { clock, payments: stripe, api: stripe.api });
  bench.ledger.addSale(aSale(), clock.nowMs() - hourMs);
  answer = { kind: 'approved', by: 'staff PIN' };
  asked = [];
  decisions = new ApprovedDecisions({
    ledger: bench.ledger,
    reconciler: bench.reconciler,
    approval: {
      ask: (what) => {
        asked.push(what);
        return Promise.resolve(answer);
      },
    },
  });
});

afterEach(async () => {
  await bench.stop();
});

function live(...events: Parameters<RefundBench['sales']['apply']>[1][]): void {
  for (const event of events) bench.sales.apply(ourSale, event);
}

/** Held, and handed to a person because Stripe refused to take it. */
function refusedCapture(): void {
  live(
    ...lives.held(),
    { kind: 'step_refused', step: 'capture', code: 'amount_too_small', wasRepeated: false },
    read(held),
  );
  expect(storedSale(bench)).toMatchObject({ state: 'needs_staff', staffReason: 'capture_refused' });
}

describe('releasing a hold', () => {
  it('is asked of whoever approves it, and then carried out', async () => {
    live(...lives.held());
    expect(storedSale(bench).state).toBe('authorized');

    const outcome = await decisions.decide(request);

    expect(asked).toEqual([
      { what: 'void', amount: { amount: 2_800, currency: 'usd' }, by: 'Ada', proof: '2749' },
    ]);
    expect(outcome).toMatchObject({ kind: 'recorded', sale: { state: 'canceling' } });
    expect(bench.waiting(ourSale)).toContain('payment_intent.cancel');
  });

  it('that nobody approves changes nothing', async () => {
    live(...lives.held());
    const before = storedSale(bench);
    for (const why of ['proof_wanted', 'proof_wrong', 'locked_out'] as const) {
      answer = { kind: 'refused', why };

      expect(await decisions.decide(request)).toEqual({ kind: 'refused', why });
    }
    expect(storedSale(bench)).toEqual(before);
  });

  it('that came too late is refused, though it was approved', async () => {
    live(...lives.held());
    const deciding = decisions.decide(request);
    live({ kind: 'step_done', step: 'capture' }, read(captured));

    expect(await deciding).toEqual({ kind: 'refused', why: 'not_allowed' });
    expect(storedSale(bench).state).toBe('paid');
  });

  it('costs nobody a try of the PIN where it can’t be done anyhow', async () => {
    live(...lives.paid());

    expect(await decisions.decide(request)).toEqual({ kind: 'refused', why: 'not_allowed' });
    expect(await decisions.decide({ ...request, by: '' })).toMatchObject({ why: 'no_name' });
    expect(await decisions.decide({ ...request, why: '' })).toMatchObject({ why: 'no_reason' });
    expect(asked).toEqual([]);
  });
});

describe('taking a part of a hold', () => {
  const part: DecisionRequest = { ...request, decision: 'capture_part', amount: 1_500 };

  it('is approved, captured, and paid in full by that part', async () => {
    refusedCapture();

    await decisions.decide(part);

    expect(asked).toMatchObject([{ what: 'capture_part', amount: { amount: 1_500 } }]);
    expect(storedSale(bench)).toMatchObject({ state: 'authorized', captureAmount: 1_500 });

    // Stripe shows what was never taken as refunded.
    live(
      { kind: 'step_done', step: 'capture' },
      read(facts({ status: 'succeeded', amountReceived: 1_500, amountRefunded: 1_300 })),
    );
    expect(storedSale(bench).state).toBe('paid');
    expect(bench.reconciler.overview()).toEqual([]);
    const taken = bench.reconciler
      .report()
      .rows.map(({ amount, givenBack }) => [amount.amount, givenBack.amount]);
    expect(taken).toEqual([[1_500, 0]]);
  });

  it.each([null, 0, 2_801])('is refused for %s', async (amount) => {
    refusedCapture();

    expect(await decisions.decide({ ...part, amount })).toMatchObject({ why: 'not_allowed' });
    expect(asked).toEqual([]);
  });
});

it('what neither releases nor lessens money asks for no approval', async () => {
  refusedCapture();

  expect(await decisions.decide({ ...request, decision: 'capture', proof: null })).toMatchObject({
    kind: 'recorded',
  });
  expect(asked).toEqual([]);
});
