import type { BackendChoice } from '../plan/backend.ts';
import { type Integration, makePlan } from '../plan/make-plan.ts';
import type { SeedPlan } from '../plan/sale-plan.ts';
import { type SeedResult, World, type WorldOptions } from './world.ts';

/** Runs one seed from beginning to end. The same seed gives the same run. */
export function runSeed(
  seed: number,
  salesPerSeed: number,
  options: WorldOptions & {
    readonly integration?: Integration | undefined;
    readonly backend?: BackendChoice | undefined;
  },
): Promise<SeedResult> {
  return runPlan(makePlan(seed, salesPerSeed, options.integration, options.backend), options);
}

export function runPlan(plan: SeedPlan, options: WorldOptions): Promise<SeedResult> {
  return new World(plan, options).run();
}
