import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleKioskProcess } from '../crash/bundle.ts';
import { everyPoint, sampledPoints } from '../crash/campaign.ts';
import type { Scenario } from '../crash/scenario.ts';
import { scenarios } from '../crash/scenarios.ts';
import type { Tally } from '../crash/tally.ts';
import { endWithParent } from './end-with-parent.ts';

/*
 * Kills a real kiosk process before and after every commit, every request and every word to the reader of a sale, lets
 * another one finish what was begun, and looks for broken promises about money in Stripe's ledger, in the log of
 * requests and in the kiosk's file.
 */

const usage = `npm run crash-test -- [--scenario NAME] [--seconds N] [--seed S] [--lanes N] [--json]

  --scenario NAME  only this one, or all whose names contain NAME
  --seconds N      a sample that stops in time, instead of every point of every scenario
  --seed S         which sample (default 1)
  --lanes N        how many runs go on side by side (default: one for each core, four at most)
  --list           name the scenarios and do nothing
  --json           print one JSON object and nothing else`;

const lanesMax = 4;
/** What has begun when time is up may take so long to end; it is taken off the sample's time. Seconds. */
const lastRunSeconds = 2;

class Unusable extends Error {}

interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly seconds: number | null;
  readonly seed: number;
  readonly lanes: number;
  readonly json: boolean;
  readonly isListing: boolean;
}

function readPlan(): Plan {
  const { values } = parse();
  if (values.help) throw new Unusable(usage);
  return {
    scenarios: chosen(values.scenario),
    seconds: values.seconds === undefined ? null : whole('--seconds', values.seconds),
    seed: whole('--seed', values.seed),
    lanes: values.lanes === undefined ? lanesDefault() : whole('--lanes', values.lanes),
    json: values.json,
    isListing: values.list,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        scenario: { type: 'string' },
        seconds: { type: 'string' },
        seed: { type: 'string', default: '1' },
        lanes: { type: 'string' },
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Unusable(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function chosen(name: string | undefined): readonly Scenario[] {
  if (name === undefined) return scenarios;
  const exact = scenarios.filter((scenario) => scenario.name === name);
  const named =
    exact.length > 0 ? exact : scenarios.filter((scenario) => scenario.name.includes(name));
  if (named.length === 0) throw new Unusable(`No scenario is named ${name}. --list names them.`);
  return named;
}

function whole(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) {
    throw new Unusable(`${option} ${value} is no whole number from 1 on.`);
  }
  return number;
}

function lanesDefault(): number {
  return Math.min(lanesMax, availableParallelism());
}

function lineOf({ scenario, points, kills, violations }: Tally): string {
  const mark = violations.length === 0 ? '✓' : '✗';
  const head = `${mark} ${scenario} (${points} points, ${kills} kills)`;
  const broken = violations.map(({ point, what }) => `    ${point ?? 'undisturbed'}: ${what}`);
  return [head, ...broken].join('\n');
}

async function run(plan: Plan): Promise<void> {
  const startedMs = performance.now();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not only once: a shell and npm pass the same Ctrl+C on, each of them.
    process.on(signal, () => stopping.abort());
  }
  endWithParent(() => stopping.abort());
  const bundle = await bundleKioskProcess();
  const options = {
    scenarios: plan.scenarios,
    processFile: bundle.file,
    lanes: plan.lanes,
    signal: stopping.signal,
    onScenario: (tally: Tally) => {
      if (!plan.json) console.log(lineOf(tally));
    },
  };
  try {
    const tallies = await (plan.seconds === null
      ? everyPoint(options)
      : sampledPoints({
          ...options,
          seed: plan.seed,
          seconds: Math.max(1, plan.seconds - lastRunSeconds),
        }));
    report(plan, tallies, (performance.now() - startedMs) / 1_000);
    if (stopping.signal.aborted) throw new Unusable('It was stopped before its end.');
  } finally {
    bundle.remove();
  }
}

function report({ json }: Plan, tallies: readonly Tally[], seconds: number): void {
  const total = (of: (tally: Tally) => number): number =>
    tallies.reduce((sum, tally) => sum + of(tally), 0);
  const violations = tallies.flatMap((tally) => tally.violations);
  const points = total((tally) => tally.points);
  const kills = total((tally) => tally.kills);
  if (json) {
    console.log(JSON.stringify({ points, scenarios: tallies.length, kills, violations }));
  } else {
    const rate = kills === 0 ? '' : `, ${Math.round((seconds / kills) * 1_000)} ms a kill`;
    console.log(
      `${tallies.length} scenarios, ${points} points, ${kills} kills, ${violations.length} violations (${seconds.toFixed(0)} s${rate})`,
    );
  }
  process.exitCode = violations.length === 0 ? 0 : 1;
}

try {
  const plan = readPlan();
  if (plan.isListing) for (const { name } of plan.scenarios) console.log(name);
  else await run(plan);
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
