import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { guards } from '../simulation/guards/all-guards.ts';
import type { Detection } from '../simulation/guards/detect.ts';
import type { Guard } from '../simulation/guards/guard.ts';
import { plantedSource } from '../simulation/guards/plant.ts';

/*
 * Takes the product's guards away one at a time, by changing a source text while Node loads it, and shows that the
 * simulation finds a broken promise for each. A guard whose absence nobody notices is untested or useless.
 */

const usage = `npm run -s guards -- [--seeds N] [--sales N] [--only TEXT] [--json]

  --seeds N    within how many seeds each must be noticed (default 1000)
  --sales N    customers in each seed (default 20)
  --only TEXT  only guards whose name holds TEXT
  --json       print one JSON array and nothing else on standard output`;

interface Row {
  readonly guard: string;
  readonly promise: string;
  readonly detected: boolean;
  readonly seeds_needed: number;
}

async function check(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      sales: { type: 'string', default: '20' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.error(usage);
    return 1;
  }
  const chosen = guards.filter(({ name }) => name.includes(values.only));
  if (chosen.length === 0) throw new Error(`No guard is called ${values.only}.`);
  for (const guard of chosen) plantedSource(guard);

  const rows: Row[] = [];
  const waiting = [...chosen];
  async function work(): Promise<void> {
    for (let guard = waiting.shift(); guard !== undefined; guard = waiting.shift()) {
      const { detected, seedsNeeded } = await inProcess(guard, values.seeds, values.sales);
      rows.push({ guard: guard.name, promise: guard.promise, detected, seeds_needed: seedsNeeded });
      if (!values.json) {
        const outcome = detected ? `noticed in seed ${String(seedsNeeded)}` : 'NOT NOTICED';
        console.log(`${guard.promise.padEnd(4)} ${guard.name}: ${outcome}`);
      }
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, () => work()));
  if (values.json) console.log(JSON.stringify(rows, null, 2));
  return rows.every(({ detected }) => detected) ? 0 : 1;
}

function inProcess(guard: Guard, seeds: string, sales: string): Promise<Detection> {
  const { promise, resolve, reject } = Promise.withResolvers<Detection>();
  const child = fork(
    new URL('../simulation/guards/guard-process.ts', import.meta.url),
    [guard.name, seeds, sales],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  child.once('message', (detection) => {
    // The other end is our own file.
    resolve(detection as Detection);
  });
  child.once('exit', (code) => {
    reject(new Error(`the process of "${guard.name}" ended with ${String(code)}`));
  });
  return promise;
}

try {
  process.exitCode = await check();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
