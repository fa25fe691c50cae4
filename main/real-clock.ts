import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './ports/clock.ts';

/** The machine's own time. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};
