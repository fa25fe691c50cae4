/** The page's clock, taken as an argument so that a test can turn the hands itself. */
export interface Timers {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls back once, `ms` from now; returns what `cancel` takes. */
  after(ms: number, call: () => void): number;
  cancel(timer: number): void;
}

/** The browser's own clock and timers. */
export const browserTimers: Timers = {
  // eslint-disable-next-line no-restricted-properties -- The page's one real clock; everything else takes Timers.
  now: () => Date.now(),
  after: (ms, call) => window.setTimeout(call, ms),
  cancel: (timer) => {
    window.clearTimeout(timer);
  },
};
