import type { OutboxRow } from '../../ports/ledger.ts';

/** The number of the row's step. Refuses, by throwing, work that is not counted. */
export function ordinalOf({ work }: OutboxRow): number {
  if (!('ordinal' in work)) throw new Error('this work has no number');
  return work.ordinal;
}

/** How long the next try of a step waits that a look has shown undone: seconds at first, an hour in the end. Milliseconds. */
export function pauseMs(ordinal: number): number {
  return Math.min(3_600_000, 1_000 * 2 ** Math.min(ordinal, 12));
}
