import type { Fault } from '../plan/fault.ts';
import type { SeedPlan } from '../plan/sale-plan.ts';
import type { Violation } from '../promises/verdicts.ts';

/** A shrunk plan and what came of it, for a person to read. */
export function storyOf(
  plan: SeedPlan,
  violations: readonly Violation[],
  trace: readonly string[],
): string {
  const customers = [...plan.sales, ...(plan.second ?? [])].map(({ index, lines, faults }) => {
    const bought = lines
      .map(({ itemId, quantity }) => `${String(quantity)} × ${itemId}`)
      .join(', ');
    const happens = faults.length === 0 ? 'nothing special' : faults.map(wordsOf).join('; ');
    return `  Customer ${String(index)} buys ${bought}: ${happens}.`;
  });
  const broken = violations.map(({ promise, what, atMs }) => {
    return `  ${promise} after ${(atMs / 1_000).toFixed(1)} s: ${what}.`;
  });
  return [
    `Seed ${String(plan.seed)}, made as short as it still breaks:`,
    ...customers,
    ...broken,
    'What happened (milliseconds, then what):',
    ...trace.map((line) => `  ${line}`),
  ].join('\n');
}

/** The fault's name and its numbers. */
function wordsOf(fault: Fault): string {
  const details = Object.entries(fault)
    .filter(([name]) => name !== 'kind')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  return `${fault.kind.replaceAll('_', ' ')} (${details})`;
}
