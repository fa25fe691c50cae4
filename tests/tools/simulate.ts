import { rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fastFolder } from '../simulation/kiosk/disk.ts';
import { type BackendChoice, backends } from '../simulation/plan/backend.ts';
import { type Integration, makeKiosksPlan, makePlan } from '../simulation/plan/make-plan.ts';
import type { SeedPlan } from '../simulation/plan/sale-plan.ts';
import { fullCoverageSeeds, holesOf } from '../simulation/run/coverage.ts';
import { inOrder, type SeedViolation, type SimulationResult } from '../simulation/run/result.ts';
import { runInProcesses } from '../simulation/run/run-in-processes.ts';
import { runPlan } from '../simulation/run/run-seed.ts';
import { shrink } from '../simulation/run/shrink.ts';
import { storyOf } from '../simulation/run/story.ts';

/*
 * Runs the product's own money code under a virtual clock in a world that goes wrong in every way a seed can think of,
 * and checks every promise against the payment system's ledger, the wire and the file. The same seed is the same run.
 */

const usage = `npm run -s simulate -- [--seeds N] [--seed S] [--sales N] [--seconds N] [--trace FILE] [--json]

  --seeds N     how many seeds (default 200)
  --seed S      the first of them (default 1)
  --sales N     customers in each seed (default 40)
  --seconds N   hand out no more seeds after this time
  --trace FILE  run only the first seed and write everything that happened to FILE
  --integration sdk|server_driven
                only this one; else each seed draws it
  --backend direct|mariana-tek|portal|commerce-layer|all
                only this system behind the kiosk, or all of them evenly; else each seed draws it,
                direct Stripe mostly
  --kiosks 2    two kiosks that share one reader, each with that many customers
  --json        print one JSON object and nothing else on standard output`;

interface Options {
  readonly seeds: number;
  readonly seed: number;
  readonly sales: number;
  readonly seconds: number;
  readonly trace: string | null;
  readonly integration: Integration | undefined;
  readonly backend: BackendChoice | undefined;
  readonly kiosks: 1 | 2;
  readonly json: boolean;
}

class Unusable extends Error {}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      sales: { type: 'string', default: '40' },
      seconds: { type: 'string', default: '86400' },
      trace: { type: 'string' },
      integration: { type: 'string' },
      backend: { type: 'string' },
      kiosks: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) throw new Unusable(usage);
  return {
    seeds: whole('--seeds', values.seeds),
    seed: whole('--seed', values.seed),
    sales: whole('--sales', values.sales),
    seconds: whole('--seconds', values.seconds),
    trace: values.trace ?? null,
    integration: integration(values.integration),
    backend: backend(values.backend),
    kiosks: kiosks(values.kiosks),
    json: values.json,
  };
}

function kiosks(text: string): 1 | 2 {
  if (text === '1') return 1;
  if (text === '2') return 2;
  throw new Unusable(`--kiosks takes 1 or 2.\n\n${usage}`);
}

function planOf(seed: number, { sales, integration, backend, kiosks }: Options): SeedPlan {
  if (kiosks === 2) return makeKiosksPlan(seed, sales);
  return makePlan(seed, sales, integration, backend);
}

function whole(name: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Unusable(`${name} takes a whole number from 1 on.\n\n${usage}`);
  return Number(text);
}

function integration(text: string | undefined): Integration | undefined {
  if (text === undefined || text === 'sdk' || text === 'server_driven') return text;
  throw new Unusable(`--integration takes sdk or server_driven.\n\n${usage}`);
}

function backend(text: string | undefined): BackendChoice | undefined {
  const choice = [...backends, 'all' as const].find((one) => one === text);
  if (choice !== undefined || text === undefined) return choice;
  throw new Unusable(`--backend takes ${backends.join(', ')} or all.\n\n${usage}`);
}

async function traceOne(options: Options, file: string): Promise<number> {
  const { seed } = options;
  const folder = fastFolder();
  try {
    const { trace, violations } = await runPlan(planOf(seed, options), { folder, isTraced: true });
    writeFileSync(file, `${trace.join('\n')}\n`);
    for (const { promise, what } of violations) console.error(`${promise}: ${what}`);
    console.error(`${String(trace.length)} lines of seed ${String(seed)} are in ${file}.`);
    return violations.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Finds the shortest plan that breaks the same promise and tells what happens in it. */
async function tellStory({ seed, promise }: SeedViolation, options: Options): Promise<void> {
  const folder = fastFolder();
  try {
    const plan = await shrink(planOf(seed, options), promise, folder);
    const { violations, trace } = await runPlan(plan, { folder, isTraced: true });
    console.error(`\n${storyOf(plan, violations, trace)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(result: SimulationResult, ms: number, isJson: boolean): void {
  const { seeds, sales, steps, crashes, promises, violations } = result;
  const faults = inOrder(result.faults);
  const outcomes = inOrder(result.outcomes);
  const states = inOrder(result.states);
  if (isJson) {
    console.log(
      JSON.stringify(
        { seeds, sales, steps, crashes, faults, outcomes, states, promises, violations, ms },
        null,
        2,
      ),
    );
    return;
  }
  console.log(
    `${String(sales)} sales in ${String(seeds)} seeds: ${String(steps)} steps, ${String(crashes)} crashes, ${(ms / 1_000).toFixed(1)} s.`,
  );
  console.log('Faults', faults);
  console.log('Outcomes', outcomes);
  console.log('Checks of each promise', promises);
  console.log(violations.length === 0 ? 'No promise was broken.' : 'BROKEN');
}

async function simulate(): Promise<number> {
  const options = readOptions();
  if (options.trace !== null) return traceOne(options, options.trace);
  const startedMs = performance.now();
  const result = await runInProcesses({
    from: options.seed,
    seeds: options.seeds,
    salesPerSeed: options.sales,
    integration: options.integration,
    backend: options.backend,
    kiosks: options.kiosks,
    limitMs: options.seconds * 1_000,
    onProgress: ({ seeds, violations }) => {
      if (process.stderr.isTTY) {
        process.stderr.write(`\r${String(seeds)} seeds, ${String(violations.length)} violations `);
      }
    },
  });
  print(result, Math.round(performance.now() - startedMs), options.json);
  const [first] = result.violations;
  if (first !== undefined) {
    for (const { seed, promise, what } of result.violations.slice(0, 20)) {
      console.error(`seed ${String(seed)}: ${promise}: ${what}`);
    }
    await tellStory(first, options);
    return 1;
  }
  // One integration alone meets only its own faults, and so does one system.
  const isDrawn = options.integration === undefined && options.backend === undefined;
  const isWhole = options.kiosks === 1 && isDrawn && result.seeds >= fullCoverageSeeds;
  const holes = isWhole ? holesOf(result) : [];
  for (const hole of holes) console.error(`A hole in the simulation: ${hole}.`);
  return holes.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await simulate();
} catch (error) {
  console.error(error instanceof Unusable ? error.message : error);
  process.exitCode = 1;
}
