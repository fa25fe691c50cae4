import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { build } from './build.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { run } from './run-command.ts';

/*
 * All checks of the project, as the build server runs them. Ends with one line of counts; a type check, a lint run
 * or a build counts as one check, a test as one.
 */

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Check {
  readonly name: string;
  readonly run: () => Promise<Counts & { readonly output: string }>;
}

const reports = mkdtempSync(path.join(tmpdir(), 'foyer-check-'));

/** A command that is right or wrong as a whole. */
function whole(name: string, program: string, ...args: string[]): Check {
  return {
    name,
    run: async () => {
      const { code, output } = await run(program, args);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
    },
  };
}

/** A proof that says how much it has tried; those lines are shown, so that nobody has to believe it. */
function proof(name: string, told: RegExp, tool: string, ...args: string[]): Check {
  return {
    name,
    run: async () => {
      const { code, output } = await run('node', [`tests/tools/${tool}.ts`, ...args]);
      for (const line of output.split('\n')) {
        if (code === 0 && told.test(line)) console.log(`  ${name}: ${line}`);
      }
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, output };
    },
  };
}

/** The tables of reader errors and of what each system does are made of what the tests observed, to be read. */
function showTable(output: string): void {
  for (const line of output.split('\n')) {
    if (/^(reader error|conformance) \| /.test(line)) console.log(line);
  }
}

const vitestReport = z.looseObject({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
});

function vitest(name: string): Check {
  const file = path.join(reports, 'vitest.json');
  return {
    name,
    run: async () => {
      const { code, output } = await run('vitest', [
        'run',
        '--config=tests/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
      ]);
      showTable(output);
      return counted(code, output, () => {
        const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
        const { numPassedTests, numFailedTests, numPendingTests } = report;
        return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
      });
    },
  };
}

const playwrightReport = z.looseObject({
  stats: z.looseObject({
    expected: z.int(),
    unexpected: z.int(),
    flaky: z.int(),
    skipped: z.int(),
  }),
});

function playwright(name: string, config: string): Check {
  const file = path.join(reports, `${name.replaceAll(/\W+/g, '-')}.json`);
  return {
    name,
    run: async () => {
      const { code, output } = await run(
        'playwright',
        ['test', `--config=${config}`, '--reporter=list,json'],
        { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file } },
      );
      return counted(code, output, () => {
        const { stats } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
        const { expected, unexpected, flaky, skipped } = stats;
        return { passed: expected, failed: unexpected + flaky, skipped };
      });
    },
  };
}

/** A runner that failed without naming a test has failed once; one that ran nothing has failed, too. */
function counted(
  code: number,
  output: string,
  read: () => Counts,
): Counts & { readonly output: string } {
  try {
    const counts = read();
    const isSilentFailure = code !== 0 && counts.failed === 0;
    const ranNothing = counts.passed + counts.failed === 0;
    return { ...counts, failed: counts.failed + (isSilentFailure || ranNothing ? 1 : 0), output };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, output };
  }
}

const building: Check = {
  name: 'build',
  run: async () => {
    try {
      await build();
      return { passed: 1, failed: 0, skipped: 0, output: '' };
    } catch (error) {
      const output = error instanceof Error ? error.message : String(error);
      return { passed: 0, failed: 1, skipped: 0, output };
    }
  },
};

/** The lanes of one stage run side by side, the checks of a lane and the stages one after another. */
const stages: readonly (readonly (readonly Check[])[])[] = [
  [
    [whole('lint', 'eslint', '.', '--max-warnings', '0')],
    [
      whole('types: domain', 'tsc', '-p', 'main/domain'),
      whole('types: main', 'tsc', '-p', 'main'),
      whole('types: preload', 'tsc', '-p', 'preload'),
      whole('types: tests', 'tsc', '-p', 'tests'),
      whole(
        'types: renderer',
        'svelte-check',
        '--tsconfig',
        'renderer/tsconfig.json',
        '--fail-on-warnings',
      ),
      whole(
        'import rules',
        'depcruise',
        '--config',
        'tests/architecture/import-rules.cjs',
        'main',
        'preload',
        'renderer',
      ),
    ],
  ],
  [[building, whole('nothing unused', 'knip')], [whole('format', 'prettier', '--check', '.')]],
  [[vitest('unit and integration')]],
  [[playwright('screens in a browser', 'tests/renderer/playwright.config.ts')]],
  [[playwright('the app', 'tests/app/playwright.config.ts')]],
  // Each of these takes both cores for itself.
  [
    [
      proof(
        'simulation',
        /^\d+ sales in|^No promise/,
        'simulate',
        '--seconds',
        '60',
        '--seeds',
        '1000000',
      ),
      proof('crash points', /^\d+ scenarios,/, 'crash-test', '--seconds', '45'),
    ],
  ],
];

async function perform(check: Check): Promise<Counts> {
  const startedMs = performance.now();
  const { output, ...counts } = await check.run();
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const mark = counts.failed === 0 ? '✓' : '✗';
  const numbers = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
  // The closing line must be the only one of its form.
  console.log(`${mark} ${check.name} (${numbers}; ${seconds} s)`);
  if (counts.failed > 0) console.log(output);
  return counts;
}

async function inTurn(checks: readonly Check[]): Promise<readonly Counts[]> {
  const counts: Counts[] = [];
  for (const check of checks) counts.push(await perform(check));
  return counts;
}

try {
  await ensureBrowser();
  const all: Counts[] = [];
  for (const lanes of stages) all.push(...(await Promise.all(lanes.map(inTurn))).flat());
  const total = (key: keyof Counts): number => all.reduce((sum, counts) => sum + counts[key], 0);
  console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);
  process.exitCode = total('failed') === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
