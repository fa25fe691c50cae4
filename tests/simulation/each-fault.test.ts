import { describe, expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import type { CardPlan } from './plan/card-plan.ts';
import type { Fault } from './plan/fault.ts';
import { keepsCard, sampleCardFaults } from './plan/sample-card-faults.ts';
import { sampleFaults } from './plan/sample-faults.ts';
import { sampleOrders } from './plan/sample-orders.ts';
import { sampleReaderFaults } from './plan/sample-reader-faults.ts';
import type { ReaderPlan, SeedPlan } from './plan/sale-plan.ts';
import { cardFaultNames } from './run/card-coverage.ts';
import { faultNames } from './run/coverage.ts';
import { orderFaultNames } from './run/platform-coverage.ts';
import { readerFaultNames } from './run/reader-coverage.ts';
import { runPlan } from './run/run-seed.ts';

const folder = tempFolders();
/** A window of pages, not one sale, or a second sale after a first: seen in larger runs only. */
const needsMore = new Set(['reserve_given_up', 'crash_in_recovery_reader_commanded']);
const readers: ReaderPlan = { hasSpare: true, isShared: false, collectEnds: 'succeeded' };
const ofOthers = new Set([...readerFaultNames, ...cardFaultNames, ...orderFaultNames]);

/** The sale with the faults, and one after it with a card that is good. */
function planOf(
  faults: readonly Fault[],
  led: ReaderPlan | null,
  card: CardPlan | null = null,
): SeedPlan {
  const sale = { gapMs: 500, lines: [{ itemId: 'mat', quantity: 1 }], card, order: null };
  return {
    seed: 9,
    behind: 'direct',
    askBeforeCharging: false,
    readers: led,
    second: null,
    waiting: null,
    cardsAttach: 'by_stripe',
    sales: [
      { ...sale, index: 0, faults },
      { ...sale, index: 1, gapMs: 90_000, faults: [] },
    ],
  };
}

async function happens(name: string, plan: SeedPlan): Promise<void> {
  const result = await runPlan(plan, { folder: folder(), isTraced: false });

  expect([...result.faults.keys()]).toContain(name);
  expect(result.violations).toEqual([]);
}

describe('each thing that can go wrong', () => {
  it.each(faultNames.filter((name) => !needsMore.has(name) && !ofOthers.has(name)))(
    'happens, and breaks no promise: %s',
    (name) => happens(name, planOf(sampleFaults[name] ?? [], null)),
  );

  it.each(cardFaultNames)('happens to who has a card kept, and breaks no promise: %s', (name) =>
    happens(name, planOf(sampleCardFaults[name] ?? [], null, keepsCard)),
  );

  it.each(readerFaultNames)(
    'happens at a reader that main leads, and breaks no promise: %s',
    (name) => happens(name, planOf(sampleReaderFaults[name] ?? [], readers)),
  );
});

it('has a sample for every fault that is counted', () => {
  const samples = { ...sampleFaults, ...sampleReaderFaults, ...sampleCardFaults, ...sampleOrders };
  const missing = faultNames.filter((name) => !(name in samples) && !needsMore.has(name));

  expect(missing).toEqual([]);
});
