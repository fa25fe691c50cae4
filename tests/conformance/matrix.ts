import { writeSync } from 'node:fs';
import { systems } from './joined-kiosk.ts';

const width = 25;

/** What became of one scenario behind one system. */
export type Cell = 'pass' | 'not supported' | 'FAILED';

/** Prints what became of each scenario behind each system, a line each, whoever swallows the console. */
export function printMatrix(names: readonly string[], cells: ReadonlyMap<string, Cell>): void {
  const column = Math.max(...names.map(({ length }) => length)) + 2;
  const head = ['conformance'.padEnd(column), ...systems.map((system) => system.padEnd(width))];
  const rows = names.map((name) => [
    name.padEnd(column),
    ...systems.map((system) => (cells.get(`${name}/${system}`) ?? '-').padEnd(width)),
  ]);
  for (const row of [head, ...rows]) writeSync(1, `conformance | ${row.join('').trimEnd()}\n`);
}
