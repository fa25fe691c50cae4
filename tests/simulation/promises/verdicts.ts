/** The promises of design/money-safety.md. */
export const promises = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const;

export type PromiseName = (typeof promises)[number];

export interface Violation {
  readonly promise: PromiseName;
  /** One sentence. */
  readonly what: string;
  /** When, in milliseconds of the seed's own time. */
  readonly atMs: number;
}

/** Counts every check of every promise, and keeps the ones that failed. */
export class Verdicts {
  readonly checks: Record<PromiseName, number> = {
    P1: 0,
    P2: 0,
    P3: 0,
    P4: 0,
    P5: 0,
    P6: 0,
    P7: 0,
    P8: 0,
    P9: 0,
    P10: 0,
  };
  readonly violations: Violation[] = [];
  readonly #elapsedMs: () => number;

  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  /** Counts one check; `what` says in a sentence what is wrong when it does not hold. */
  check(promise: PromiseName, holds: boolean, what: () => string): void {
    this.checks[promise] += 1;
    if (holds) return;
    const said = what();
    if (this.violations.some((known) => known.what === said)) return;
    this.violations.push({ promise, what: said, atMs: this.#elapsedMs() });
  }
}
