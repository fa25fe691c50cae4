import type { Fault } from './fault.ts';

/** One customer, as the seed decided. Without faults they tap once and the card is good. */
export interface SalePlan {
  /** Counted from 0 in its seed; what is drawn for this sale depends on it. */
  readonly index: number;
  /** How long after the customer before has left, in milliseconds. */
  readonly gapMs: number;
  readonly lines: readonly { readonly itemId: string; readonly quantity: number }[];
  readonly faults: readonly Fault[];
}

/** Everything a seed decides before anything runs. */
export interface SeedPlan {
  readonly seed: number;
  readonly askBeforeCharging: boolean;
  readonly sales: readonly SalePlan[];
}
