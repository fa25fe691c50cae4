/** Time, injected, so that a run can be replayed and days can pass in a test. */
export interface Clock {
  /** Wall clock, epoch milliseconds UTC: for records. May jump. */
  nowMs(): number;
  /** Milliseconds of an arbitrary start that only grow: for durations. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}
