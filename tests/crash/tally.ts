import type { RunResult } from './crash-run.ts';

/** A promise that was broken, and where. */
export interface Violation {
  readonly scenario: string;
  /** The point that was killed, by number and name; null in the undisturbed run. */
  readonly point: string | null;
  readonly what: string;
}

/** What came of one scenario so far. */
export class Tally {
  readonly scenario: string;
  /** Points of the undisturbed run. */
  points = 0;
  kills = 0;
  readonly violations: Violation[] = [];

  constructor(scenario: string) {
    this.scenario = scenario;
  }

  add(result: RunResult): void {
    this.kills += result.kills;
    for (const what of result.violations) {
      this.violations.push({ scenario: this.scenario, point: result.killedAt, what });
    }
  }
}
