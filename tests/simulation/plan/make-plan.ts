import { Chance } from '../time/chance.ts';
import { drawFaults } from './draw-faults.ts';
import type { SalePlan, SeedPlan } from './sale-plan.ts';

const itemIds = ['drop-in', 'mat', 'pass'] as const;

/** The plan of a seed. Each sale draws from a stream of its own, so that fewer sales are the same sales. */
export function makePlan(seed: number, salesPerSeed: number): SeedPlan {
  const chance = new Chance(seed, 1);
  return {
    seed,
    askBeforeCharging: chance.happens(0.3),
    sales: Array.from({ length: salesPerSeed }, (_, index) => makeSale(seed, index)),
  };
}

function makeSale(seed: number, index: number): SalePlan {
  const chance = new Chance(seed, 2, index);
  return {
    index,
    gapMs: chance.happens(0.02) ? chance.whole(60_000, 3_600_000) : chance.whole(1_000, 60_000),
    lines: [{ itemId: chance.pick(itemIds), quantity: chance.whole(1, 3) }],
    faults: chance.happens(0.2) ? drawFaults(chance) : [],
  };
}
