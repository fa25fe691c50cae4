import { noChecks, type PromiseName, promises, type Violation } from '../promises/verdicts.ts';
import type { SeedResult } from './world.ts';

export interface SeedViolation extends Pick<Violation, 'promise' | 'what'> {
  readonly seed: number;
}

/** What many seeds came to. Plain data, so that it crosses from one process to another. */
export interface SimulationResult {
  seeds: number;
  sales: number;
  steps: number;
  crashes: number;
  readonly faults: Record<string, number>;
  readonly outcomes: Record<string, number>;
  readonly states: Record<string, number>;
  readonly promises: Record<PromiseName, number>;
  readonly violations: SeedViolation[];
}

export function emptyResult(): SimulationResult {
  return {
    seeds: 0,
    sales: 0,
    steps: 0,
    crashes: 0,
    faults: {},
    outcomes: {},
    states: {},
    promises: noChecks(),
    violations: [],
  };
}

export function addSeed(sum: SimulationResult, seed: SeedResult): void {
  addResult(sum, {
    seeds: 1,
    sales: seed.sales,
    steps: seed.steps,
    crashes: seed.crashes,
    faults: Object.fromEntries(seed.faults),
    outcomes: Object.fromEntries(seed.outcomes),
    states: Object.fromEntries(seed.states),
    promises: seed.checks,
    violations: seed.violations.map(({ promise, what }) => ({ seed: seed.seed, promise, what })),
  });
}

export function addResult(sum: SimulationResult, more: SimulationResult): void {
  sum.seeds += more.seeds;
  sum.sales += more.sales;
  sum.steps += more.steps;
  sum.crashes += more.crashes;
  addCounts(sum.faults, more.faults);
  addCounts(sum.outcomes, more.outcomes);
  addCounts(sum.states, more.states);
  for (const promise of promises) sum.promises[promise] += more.promises[promise];
  sum.violations.push(...more.violations);
}

function addCounts(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}

/** With the keys in order, so that two runs of the same seeds print the same. */
export function inOrder(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
