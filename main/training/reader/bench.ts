import type { Ledger } from '../model/ledger.ts';
import type { CollectedCard } from './collected-card.ts';
import type { ArmedFaults } from './reader-fault.ts';

/** Waits; rejects when the signal aborts. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** How long a reader takes, in milliseconds. */
export interface ReaderTimings {
  readonly readingMs: number;
  readonly authorizingMs: number;
}

/** A card that is shown by itself a while after the prompt. */
export interface AutoPresent {
  /** A name of Stripe's table of test cards. */
  readonly testPaymentMethod: string;
  readonly afterMs: number;
}

/** What every command of every reader works with. */
export interface Bench {
  readonly ledger: Ledger;
  readonly sleep: Sleep;
  readonly timings: ReaderTimings;
  readonly faults: ArmedFaults;
  readonly collected: Map<string, CollectedCard>;
  autoPresent: AutoPresent | null;
}
