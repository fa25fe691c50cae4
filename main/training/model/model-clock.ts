/** The model's only source of time, so that a run can be replayed and days can pass in a moment. */
export interface ModelClock {
  /** Epoch milliseconds, UTC. */
  nowMs(): number;
}
