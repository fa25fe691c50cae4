import { expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { makeKiosksPlan } from './plan/make-plan.ts';
import { runPlan } from './run/run-seed.ts';

const folder = tempFolders();
/** More of them: `npm run simulate -- --kiosks 2 --seeds 5000 --sales 3`. */
const seeds = 50;

it(`lets two kiosks share a reader in ${String(seeds)} seeded interleavings, and breaks no promise`, async () => {
  let taken = 0;
  let paid = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const result = await runPlan(makeKiosksPlan(seed, 3), { folder: folder(), isTraced: false });

    expect(result.violations, `seed ${String(seed)}`).toEqual([]);
    taken += result.faults.get('prompt_taken_by_kiosk') ?? 0;
    paid += result.outcomes.get('paid') ?? 0;
  }

  // They do come into each other's way, and both sell.
  expect(taken).toBeGreaterThan(0);
  expect(paid).toBeGreaterThan(seeds);
});
