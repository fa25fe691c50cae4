import { rmSync } from 'node:fs';
import type { BackendChoice } from '../plan/backend.ts';
import { type Integration, makeKiosksPlan } from '../plan/make-plan.ts';
import { fastFolder } from '../kiosk/disk.ts';
import { ProcessGone } from '../kiosk/kiosk-process.ts';
import { addSeed, emptyResult, type SimulationResult } from './result.ts';
import { runPlan, runSeed } from './run-seed.ts';

export interface SeedRange {
  readonly from: number;
  readonly count: number;
  readonly salesPerSeed: number;
  /** Drawn by each seed unless given. */
  readonly integration?: Integration | undefined;
  /** Drawn by each seed, direct Stripe mostly, unless given. */
  readonly backend?: BackendChoice | undefined;
  /** Two share one reader; one unless given. */
  readonly kiosks?: 1 | 2;
  /** Ends after the first seed with a violation. */
  readonly stopAtViolation?: boolean;
}

/** Runs seeds one after the other in this process and sums them up. */
export async function runSeeds(range: SeedRange): Promise<SimulationResult> {
  const folder = fastFolder();
  const sum = emptyResult();
  const strays: string[] = [];
  const watch = (reason: unknown): void => {
    if (!(reason instanceof ProcessGone)) strays.push(wordsOf(reason));
  };
  process.on('unhandledRejection', watch);
  try {
    for (let seed = range.from; seed < range.from + range.count; seed += 1) {
      const { salesPerSeed, integration, backend } = range;
      const options = { folder, isTraced: false, integration, backend };
      const ran =
        range.kiosks === 2
          ? runPlan(makeKiosksPlan(seed, salesPerSeed), options)
          : runSeed(seed, salesPerSeed, options);
      addSeed(sum, await ran);
      // Rejections that nobody took are told only when the event loop turns.
      await new Promise((resolve) => setImmediate(resolve));
      for (const stray of strays.splice(0)) {
        const what = `a promise of the kiosk was left rejected: ${stray}`;
        sum.violations.push({ seed, promise: 'P7', what });
      }
      if (range.stopAtViolation === true && sum.violations.length > 0) break;
    }
  } finally {
    process.off('unhandledRejection', watch);
    rmSync(folder, { recursive: true, force: true });
  }
  return sum;
}

function wordsOf(reason: unknown): string {
  return reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
}
