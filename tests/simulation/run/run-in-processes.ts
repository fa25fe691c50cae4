import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { BackendChoice } from '../plan/backend.ts';
import type { Integration } from '../plan/make-plan.ts';
import { addResult, emptyResult, type SimulationResult } from './result.ts';
import type { SeedRange } from './run-seeds.ts';

/** Handed out at a time: small enough that all processes end together. */
const seedsAtOnce = 16;

export interface ProcessesOptions {
  readonly from: number;
  readonly seeds: number;
  readonly salesPerSeed: number;
  /** Drawn by each seed unless given. */
  readonly integration: Integration | undefined;
  /** Drawn by each seed, direct Stripe mostly, unless given. */
  readonly backend: BackendChoice | undefined;
  readonly kiosks: 1 | 2;
  /** Hands out no more after this, in milliseconds of real time. */
  readonly limitMs: number;
  readonly onProgress: (sum: SimulationResult) => void;
}

/** Runs seeds in as many processes as there are cores. */
export async function runInProcesses(options: ProcessesOptions): Promise<SimulationResult> {
  const sum = emptyResult();
  const endAtMs = performance.now() + options.limitMs;
  const lastSeed = options.from + options.seeds;
  let next = options.from;

  async function work(): Promise<void> {
    const child = fork(new URL('./seed-process.ts', import.meta.url), { stdio: 'inherit' });
    try {
      while (next < lastSeed && performance.now() < endAtMs) {
        const count = Math.min(seedsAtOnce, lastSeed - next);
        const { salesPerSeed, integration, backend, kiosks } = options;
        const drawn = { integration, backend, kiosks };
        const range: SeedRange = { from: next, count, salesPerSeed, ...drawn };
        next += count;
        addResult(sum, await ask(child, range));
        options.onProgress(sum);
      }
    } finally {
      child.kill();
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, () => work()));
  sum.violations.sort((left, right) => left.seed - right.seed);
  return sum;
}

function ask(child: ChildProcess, range: SeedRange): Promise<SimulationResult> {
  const { promise, resolve, reject } = Promise.withResolvers<SimulationResult>();
  const answered = (result: unknown): void => {
    child.off('exit', died);
    // The other end is our own file.
    resolve(result as SimulationResult);
  };
  const died = (code: number | null): void => {
    child.off('message', answered);
    const { from, count } = range;
    reject(
      new Error(
        `the process of seeds ${String(from)} to ${String(from + count - 1)} ended with ${String(code)}`,
      ),
    );
  };
  child.once('message', answered);
  child.once('exit', died);
  child.send(range);
  return promise;
}
