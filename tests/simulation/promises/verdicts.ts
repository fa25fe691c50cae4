/**
 * The ten promises about a sale, and those about cards on file and money given back:
 *
 * - C1: one Refund for each request, and never more given back than was received.
 * - C2: no card is kept or charged without a consent that stands, and what was taken back is detached.
 * - C3: every card that was to be kept, and could be, is kept: once, and after its payment.
 * - C4: a member has one Customer.
 * - C5: nothing is called paid, kept or given back before that was read, and a charge does not wait beyond its time.
 *
 * And those about a selling platform:
 *
 * - O1: an order has one PaymentIntent that can be paid, ever, and one charge.
 * - O2: where the platform settles, what it says of its order makes a sale paid; only what it declares is asked of it.
 * - O3: a charged card whose order is not finished is never called not charged: the sale is paid, or staff are told.
 * - O4: a paid sale is recorded with its order once, or staff are told.
 */
export const promises = [
  ...(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10'] as const),
  ...(['C1', 'C2', 'C3', 'C4', 'C5'] as const),
  ...(['O1', 'O2', 'O3', 'O4'] as const),
] as const;

export type PromiseName = (typeof promises)[number];

export interface Violation {
  readonly promise: PromiseName;
  /** One sentence. */
  readonly what: string;
  /** When, in milliseconds of the seed's own time. */
  readonly atMs: number;
}

/** Of each promise none yet. */
export function noChecks(): Record<PromiseName, number> {
  // The names are the keys.
  return Object.fromEntries(promises.map((name) => [name, 0])) as Record<PromiseName, number>;
}

/** Counts every check of every promise, and keeps the ones that failed. */
export class Verdicts {
  readonly checks = noChecks();
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
