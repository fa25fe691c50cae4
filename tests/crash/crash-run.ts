import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dataFolder } from './data-folder.ts';
import { gather } from './evidence.ts';
import { KioskFile } from './kiosk-file.ts';
import { KioskLife } from './kiosk-life.ts';
import { leaksIn } from './leaks.ts';
import type { LedgerCards } from './ledger-cards.ts';
import type { KillOrder, OpenOrder, Shown } from './messages.ts';
import type { ProcessPool } from './process-pool.ts';
import type { Scenario } from './scenario.ts';
import { verdict } from './verdict.ts';
import { spareReader, World } from './world.ts';

/** What came of one run: a scenario, perhaps with a kill, and the recovery after it. */
export interface RunResult {
  /** Points that were passed by the life that was counted. */
  readonly points: number;
  /** The point that killed it, by number and name; null when it ran to its end. */
  readonly killedAt: string | null;
  /** How many processes were killed on the way. */
  readonly kills: number;
  readonly violations: readonly string[];
}

const resourcesDir = path.join(import.meta.dirname, '..', '..', 'resources');
const never: KillOrder = { kind: 'never' };

/**
 * Plays a scenario in a folder and a world of its own. With `killAt`, the process is killed at that point, another one
 * opens the same folder and finishes what was begun. A scenario with a first kill is killed there before anything, and
 * `killAt` counts the points of the recovery from it.
 */
export async function crashRun(
  scenario: Scenario,
  killAt: number | null,
  pool: ProcessPool,
): Promise<RunResult> {
  const folder = dataFolder();
  const file = new KioskFile(folder.path);
  const world = new World(scenario, file);
  await world.open();
  try {
    writeSettings(folder.path, scenario);
    return await new Run({ scenario, killAt, pool, dataDir: folder.path, file, world }).play();
  } finally {
    file.close();
    await world.close();
    folder.remove();
  }
}

function writeSettings(dataDir: string, scenario: Scenario): void {
  const { askBeforeCharging = false, captureMethod = 'manual' } = scenario;
  mkdirSync(dataDir, { recursive: true });
  const stripe = { captureMethod };
  const catalogue = scenario.isInCanada === true ? { catalogue: canadian(dataDir) } : {};
  const settings = { askBeforeCharging, stripe, ...catalogue, refunds: { askPin: false } };
  writeFileSync(path.join(dataDir, 'foyer.json'), JSON.stringify(settings));
}

/** The same things for Canadian dollars; the name of the file. */
function canadian(dataDir: string): string {
  const sold = readFileSync(path.join(resourcesDir, 'catalogue.example.json'), 'utf8');
  const name = 'canadian.json';
  writeFileSync(path.join(dataDir, name), sold.replace('"currency": "usd"', '"currency": "cad"'));
  return name;
}

interface RunOptions {
  readonly scenario: Scenario;
  readonly killAt: number | null;
  readonly pool: ProcessPool;
  readonly dataDir: string;
  readonly file: KioskFile;
  readonly world: World;
}

class Run {
  readonly #options: RunOptions;
  readonly #shown: Shown[] = [];
  readonly #leaks: string[] = [];
  readonly #mishaps: string[] = [];
  #kills = 0;

  constructor(options: RunOptions) {
    this.#options = options;
  }

  async play(): Promise<RunResult> {
    const { scenario, killAt } = this.#options;
    const { visits, firstKill, countsOpening = false } = scenario;
    const wanted: KillOrder = killAt === null ? never : { kind: 'at_point', nth: killAt };
    let counted: LifeEnd;
    if (firstKill === undefined) {
      const countsFrom = countsOpening ? 'opening' : 'first_sale';
      counted = await this.#live({ visits, kill: wanted, countsFrom });
    } else {
      const kill = { kind: 'at_name', name: firstKill.at, nth: firstKill.nth ?? 1 } as const;
      const first = await this.#live({ visits, kill, countsFrom: 'first_sale' });
      if (first.killedAt === null) this.#mishaps.push(`it never came to "${firstKill.at}"`);
      counted = await this.#live({ visits: [], kill: wanted, countsFrom: 'opening' });
    }
    if (counted.killedAt !== null) {
      const last = await this.#live({ visits: [], kill: never, countsFrom: 'opening' });
      if (last.killedAt !== null) this.#mishaps.push('the recovery was killed, unasked');
    }
    const violations = this.#judge(counted);
    return { points: counted.points, killedAt: counted.killedAt, kills: this.#kills, violations };
  }

  async #live(order: Pick<OpenOrder, 'visits' | 'kill' | 'countsFrom'>): Promise<LifeEnd> {
    const { pool, dataDir, file, world, scenario } = this.#options;
    const isChosen = scenario.hasSpare === true && order.visits.length > 0;
    const life = new KioskLife({ child: await pool.take(), world, file });
    const end = await life.live({
      ...order,
      spareReader: isChosen ? spareReader : null,
      hasMember: scenario.hasMember === true && order.visits.length > 0,
      dataDir,
      resourcesDir,
      environment: world.environment,
      clock: world.clock.setting,
    });
    file.close();
    this.#shown.push(...end.shown);
    this.#mishaps.push(...end.mishaps);
    this.#leaks.push(...leaksIn(dataDir, world.secrets()));
    if (end.killedAt === null) pool.giveBack(life.child);
    else this.#kills += 1;
    return end;
  }

  #judge(counted: LifeEnd): readonly string[] {
    const { scenario, file, world } = this.#options;
    const evidence = gather({
      world,
      file,
      shown: this.#shown,
      leaks: this.#leaks,
      mishaps: this.#mishaps,
    });
    const broken = verdict(evidence);
    if (counted.killedAt !== null || scenario.ends === null) return broken;
    const ends = evidence.file.sales.map(({ state }) => state);
    const isAsTold =
      ends.length === scenario.ends.length &&
      scenario.ends.every((wanted, index) => [wanted].flat().includes(ends[index] ?? ''));
    if (isAsTold) return [...broken, ...otherwiseLeft(scenario, evidence.cards)];
    const wanted = scenario.ends.map((end) => [end].flat().join(' or ')).join(', ');
    return [...broken, `it ended ${ends.join(', ')} and not ${wanted}`];
  }
}

function otherwiseLeft({ leaves }: Scenario, { cards, refunds }: LedgerCards): readonly string[] {
  if (leaves === undefined) return [];
  const attached = cards.filter(({ customer }) => customer !== null).length;
  const givenBack = refunds.reduce((sum, { amount }) => sum + amount, 0);
  const isAsTold = attached === leaves.cards && givenBack === leaves.givenBack;
  return isAsTold ? [] : [`it left ${attached} cards, and ${givenBack} was given back`];
}

type LifeEnd = Awaited<ReturnType<KioskLife['live']>>;
