/** What a figure should be; null: it is told, and nothing is asked of it. */
export type Target = { readonly atMost: number } | { readonly atLeast: number } | null;

/** One thing that was measured. */
export interface Figure {
  readonly name: string;
  /** Null when it could not be measured; `how` then says why. */
  readonly value: number | null;
  readonly unit: 'x' | 'ms' | 'min' | 's' | '/s' | 'MB' | 'syncs' | 'captures';
  readonly target: Target;
  /** What exactly was measured, and against what. */
  readonly how: string;
}

/** Null where there is no target; an unmeasured figure meets none. */
export function isMet({ value, target }: Figure): boolean | null {
  if (target === null) return null;
  if (value === null) return false;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

/** The target in words; empty without one. */
export function targetWords({ target, unit }: Figure): string {
  if (target === null) return '';
  return 'atMost' in target ? `≤ ${target.atMost} ${unit}` : `≥ ${target.atLeast} ${unit}`;
}

/** Three significant digits: what a run on another day would repeat. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** A part of the benchmark that could not run; the others still do. */
export function notMeasured(name: string, unit: Figure['unit'], error: unknown): Figure {
  const why = error instanceof Error ? error.message : String(error);
  return { name, value: null, unit, target: null, how: `Not measured: ${why}` };
}
