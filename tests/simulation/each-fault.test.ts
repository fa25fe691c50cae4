import { describe, expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import type { Fault } from './plan/fault.ts';
import { sampleFaults } from './plan/sample-faults.ts';
import type { SeedPlan } from './plan/sale-plan.ts';
import { faultNames } from './run/coverage.ts';
import { runPlan } from './run/run-seed.ts';

const folder = tempFolders();
/** A window of pages, not one sale, or a second sale after a first: seen in larger runs only. */
const needsMore = new Set(['reserve_given_up', 'crash_in_recovery_reader_commanded']);

/** The sale with the faults, and one after it with a card that is good. */
function planOf(faults: readonly Fault[]): SeedPlan {
  const sale = { gapMs: 500, lines: [{ itemId: 'mat', quantity: 1 }] };
  return {
    seed: 9,
    askBeforeCharging: false,
    readers: null,
    sales: [
      { ...sale, index: 0, faults },
      { ...sale, index: 1, gapMs: 90_000, faults: [] },
    ],
  };
}

describe('each thing that can go wrong', () => {
  it.each(faultNames.filter((name) => !needsMore.has(name)))(
    'happens, and breaks no promise: %s',
    async (name) => {
      const result = await runPlan(planOf(sampleFaults[name] ?? []), {
        folder: folder(),
        isTraced: false,
      });

      expect([...result.faults.keys()]).toContain(name);
      expect(result.violations).toEqual([]);
    },
  );
});

it('has a sample for every fault that is counted', () => {
  const missing = faultNames.filter((name) => !(name in sampleFaults) && !needsMore.has(name));

  expect(missing).toEqual([]);
});
