import type { Ledger } from '../model/ledger.ts';
import type { ArmedFaults } from '../model/terminal/armed-faults.ts';
import type { CollectedCard } from './collected-card.ts';
import type { SdkFault } from './reader-fault.ts';

/** Waits; rejects when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** What every command of every reader works with. */
export interface Bench {
  readonly ledger: Ledger;
  readonly sleep: Sleep;
  readonly faults: ArmedFaults<SdkFault>;
  readonly collected: Map<string, CollectedCard>;
}
