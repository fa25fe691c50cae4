import { describe, expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import type { Behind } from './plan/backend.ts';
import type { Call, CallFault, Fault } from './plan/fault.ts';
import { planOfSample, sampleOrders } from './plan/sample-orders.ts';
import { orderFaultNames } from './run/platform-coverage.ts';
import { runPlan } from './run/run-seed.ts';
import type { SeedResult } from './run/world.ts';

const folder = tempFolders();

function run(sample: Parameters<typeof planOfSample>[0]): Promise<SeedResult> {
  return runPlan(planOfSample(sample), { folder: folder(), isTraced: false });
}

describe('an order of a platform', () => {
  it.each(orderFaultNames)('breaks no promise where this happens: %s', async (name) => {
    const result = await run(sampleOrders[name]!);

    expect([...result.faults.keys()]).toContain(name);
    expect(result.violations).toEqual([]);
  });

  it('is paid behind each platform when nothing goes wrong', async () => {
    for (const behind of platforms) {
      const { outcomes } = await run({ behind });

      expect(Object.fromEntries(outcomes), behind).toEqual({ paid: 2 });
    }
  });

  it('leaves its failure to staff when the card was charged before', async () => {
    const { outcomes } = await run(sampleOrders['order_failed_after_charge']!);

    expect(Object.fromEntries(outcomes)).toEqual({ needs_staff: 1, paid: 1 });
  });
});

const platforms = ['mariana_tek', 'portal', 'commerce_maker', 'commerce_recorder'] as const;

const ways: readonly ((at: { call: Call; nth: number; times: number }) => CallFault)[] = [
  (at) => ({ ...at, kind: 'request_lost', quickly: true }),
  (at) => ({ ...at, kind: 'answer_lost', quickly: true }),
  (at) => ({ ...at, kind: 'answer_lost', quickly: false }),
  (at) => ({ ...at, kind: 'request_late', lateMs: 5_000 }),
  (at) => ({ ...at, kind: 'answer_slow', slowMs: 9_000 }),
  (at) => ({ ...at, kind: 'request_twice', apartMs: 40 }),
  (at) => ({ ...at, kind: 'rate_limited' }),
  (at) => ({ ...at, kind: 'worked_on_long', longMs: 40_000 }),
  (at) => ({ ...at, kind: 'server_error_before' }),
  (at) => ({ ...at, kind: 'server_error_after' }),
  (at) => ({ ...at, kind: 'odd_reply' }),
];

/** Of each platform, the calls that direct Stripe does not know or that carry no key there. */
const calls: Readonly<Record<Exclude<Behind, 'direct'>, readonly Call[]>> = {
  mariana_tek: ['create', 'status', 'look_up'],
  portal: ['create', 'stamp', 'capture'],
  commerce_maker: ['create', 'stamp', 'look_up'],
  commerce_recorder: ['record_look', 'record'],
};

describe('a call to a platform', () => {
  for (const behind of platforms) {
    it.each(calls[behind])(`of ${behind} may go wrong in every way: %s`, async (call) => {
      // What was lost is looked for.
      const before: readonly Fault[] =
        call === 'look_up'
          ? [{ kind: 'answer_lost', call: 'create', nth: 1, times: 1, quickly: true }]
          : [];
      for (const way of ways) {
        // A create leaves once, whatever befalls it.
        const fault = way({ call, nth: 1, times: call === 'create' ? 1 : 2 });
        const plan = planOfSample({ behind, faults: [...before, fault] });
        const alone = { ...plan, sales: plan.sales.slice(0, 1) };
        const result = await runPlan(alone, { folder: folder(), isTraced: false });

        expect([...result.faults.keys()], fault.kind).toContain(fault.kind);
        expect(result.violations, fault.kind).toEqual([]);
      }
    });
  }
});
