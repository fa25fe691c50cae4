import { writeSync } from 'node:fs';
import { systems } from './joined-kiosk.ts';

const width = 16;

/** Prints what became of each scenario behind each system, a line each, whoever swallows the console. */
export function printMatrix(
  names: readonly string[],
  cells: ReadonlyMap<string, 'pass' | 'not supported'>,
): void {
  const column = Math.max(...names.map(({ length }) => length)) + 2;
  const head = ['conformance'.padEnd(column), ...systems.map((system) => system.padEnd(width))];
  const rows = names.map((name) => [
    name.padEnd(column),
    ...systems.map((system) => (cells.get(`${name}/${system}`) ?? 'FAILED').padEnd(width)),
  ]);
  for (const row of [head, ...rows]) writeSync(1, `conformance | ${row.join('').trimEnd()}\n`);
}
