import type { PromiseName } from '../promises/verdicts.ts';
import { runSeeds } from '../run/run-seeds.ts';
import type { Guard } from './guard.ts';

export interface Detection {
  /** Whether the promise that the guard names was found broken. */
  readonly detected: boolean;
  /** Seeds until it was, or all that were tried. */
  readonly seedsNeeded: number;
  /** Other promises found broken on the way. */
  readonly alsoBroken: readonly PromiseName[];
}

/** Runs seeds until this promise is found broken. */
export async function detect(
  promise: PromiseName,
  { integration = 'sdk', backend = 'direct' }: Pick<Guard, 'integration' | 'backend'>,
  seeds: number,
  salesPerSeed: number,
): Promise<Detection> {
  const broken = new Set<PromiseName>();
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { violations } = await runSeeds({
      from: seed,
      count: 1,
      salesPerSeed,
      integration,
      backend,
    });
    for (const violation of violations) broken.add(violation.promise);
    if (broken.has(promise)) {
      broken.delete(promise);
      return { detected: true, seedsNeeded: seed, alsoBroken: [...broken] };
    }
  }
  return { detected: false, seedsNeeded: seeds, alsoBroken: [...broken] };
}
