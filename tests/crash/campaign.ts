import { crashRun } from './crash-run.ts';
import { ProcessPool } from './process-pool.ts';
import type { Scenario } from './scenario.ts';
import { seededChance, shuffled } from './seeded-chance.ts';
import { Tally } from './tally.ts';

/** A killed run may pass more points than the undisturbed one; this many times as many is no variation any more. */
const pointsFactorMax = 3;

export interface CampaignOptions {
  readonly scenarios: readonly Scenario[];
  /** The kiosk's process, bundled. */
  readonly processFile: string;
  /** How many runs go on side by side. */
  readonly lanes: number;
  readonly signal: AbortSignal;
  readonly onScenario: (tally: Tally) => void;
}

/** Every scenario, killed once at each of its points: the first, the second… until a run passes through untouched. */
export async function everyPoint(options: CampaignOptions): Promise<readonly Tally[]> {
  const waiting = [...options.scenarios];
  const tallies: Tally[] = [];
  await inLanes(options, async (pool) => {
    const scenario = waiting.shift();
    if (scenario === undefined) return false;
    const tally = await undisturbed(scenario, pool);
    tallies.push(tally);
    for (let nth = 1; nth <= tally.points * pointsFactorMax; nth += 1) {
      if (options.signal.aborted) break;
      const result = await crashRun(scenario, nth, pool);
      tally.add(result);
      if (result.killedAt === null) break;
    }
    options.onScenario(tally);
    return true;
  });
  return tallies;
}

export interface SampleOptions extends CampaignOptions {
  readonly seed: number;
  /** No run begins after so many seconds. */
  readonly seconds: number;
}

/** Scenario after scenario in an order of the seed's, each killed at one point of the seed's, until time is up. */
export async function sampledPoints(options: SampleOptions): Promise<readonly Tally[]> {
  const { scenarios, seed, seconds } = options;
  const chance = seededChance(seed);
  const endsMs = performance.now() + seconds * 1_000;
  const known = new Map<string, Promise<Tally>>();
  let round: Scenario[] = [];
  await inLanes(options, async (pool) => {
    if (performance.now() >= endsMs) return false;
    if (round.length === 0) round = shuffled(scenarios, chance);
    const scenario = round.pop();
    if (scenario === undefined) return false;
    const share = chance();
    const knowing = known.get(scenario.name) ?? undisturbed(scenario, pool);
    known.set(scenario.name, knowing);
    const tally = await knowing;
    const nth = 1 + Math.floor(share * tally.points);
    tally.add(await crashRun(scenario, nth, pool));
    return true;
  });
  const tallies = await Promise.all(known.values());
  for (const tally of tallies) options.onScenario(tally);
  return tallies;
}

async function undisturbed(scenario: Scenario, pool: ProcessPool): Promise<Tally> {
  const tally = new Tally(scenario.name);
  const result = await crashRun(scenario, null, pool);
  tally.points = result.points;
  tally.add(result);
  return tally;
}

/** Runs `work` in each lane again and again until it says that there is no more. */
async function inLanes(
  { lanes, processFile, signal }: CampaignOptions,
  work: (pool: ProcessPool) => Promise<boolean>,
): Promise<void> {
  const lane = async (): Promise<void> => {
    const pool = new ProcessPool(processFile);
    try {
      while (!signal.aborted && (await work(pool)));
    } finally {
      await pool.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
