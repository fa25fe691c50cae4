import { parseArgs } from 'node:util';
import { type Figure, isMet, notMeasured } from '../bench/figure.ts';
import { figureTable } from '../bench/figure-table.ts';
import { parts } from '../bench/parts.ts';
import { fullScale, quickScale, type Scale } from '../bench/scale.ts';
import { versions } from '../bench/versions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { endWithParent } from './end-with-parent.ts';
import { projectRoot } from './run-command.ts';

/*
 * Measures what the kiosk promises about speed, against what the medium, SQLite and other queues can do in the same
 * run. Ends with 0 unless something could not be measured: a target that is missed is told, not punished.
 */

const usage = `npm run -s bench -- [--json] [--quick] [--only NAME]

  --json           print one JSON object and nothing else
  --quick          smaller rounds, fewer rows, no window: under a minute
  --only NAME      only the parts whose names contain NAME; --list names them
  --list           name the parts and do nothing`;

class Unusable extends Error {}

interface Plan {
  readonly json: boolean;
  readonly list: boolean;
  readonly only: string;
  readonly scale: Scale;
}

function readPlan(): Plan {
  const { values } = parse();
  if (values.help) throw new Unusable(usage);
  return {
    json: values.json,
    list: values.list,
    only: values.only,
    scale: values.quick ? quickScale : fullScale,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        only: { type: 'string', default: '' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Unusable(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

async function run({ json, only, scale }: Plan): Promise<void> {
  const folder = temporaryFolder();
  const stop = (): void => {
    folder.remove();
    process.exit(1);
  };
  process.once('SIGINT', stop);
  endWithParent(stop);
  try {
    const before = versions();
    if (before.inMemory && !json) console.log('The temporary folder is in memory: no sync counts.');
    const figures: Figure[] = [];
    const seconds: Record<string, number> = {};
    for (const part of parts.filter(({ name }) => name.includes(only))) {
      if (part.isFullOnly && !scale.withApp) continue;
      const startedMs = performance.now();
      try {
        figures.push(...(await part.measure(folder.path, scale)));
      } catch (error) {
        figures.push(notMeasured(part.name, 'ms', error));
      }
      seconds[part.name] = Math.round((performance.now() - startedMs) / 100) / 10;
      if (!json) console.log(`${part.name} (${seconds[part.name] ?? 0} s)`);
    }
    const measured = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
    if (json) {
      console.log(JSON.stringify({ figures: measured, versions: before, seconds }));
    } else {
      console.log(`\n${figureTable(figures)}\n`);
      console.log(
        Object.entries(before)
          .map(([name, value]) => `${name} ${String(value)}`)
          .join(', '),
      );
    }
    process.exitCode = figures.every(({ value }) => value !== null) ? 0 : 1;
  } finally {
    folder.remove();
  }
}

try {
  const plan = readPlan();
  process.chdir(projectRoot);
  if (plan.list) for (const { name } of parts) console.log(name);
  else await run(plan);
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
