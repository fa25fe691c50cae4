import { fileURLToPath } from 'node:url';
import { type Finished, run } from '../../tools/run-command.ts';

const child = fileURLToPath(new URL('./marked-sales.ts', import.meta.url));

/** Sells in a process of its own that closes its file at the end, or is killed instead. */
export async function runMarkedSales(
  file: string,
  sales: number,
  end: 'close' | 'kill',
  watcher: readonly string[] = [],
): Promise<Finished> {
  const [program = 'node', ...watched] = watcher.length === 0 ? [] : [...watcher, 'node'];
  const finished = await run(program, [...watched, child, file, String(sales), end]);
  if (end === 'close' && finished.code !== 0) throw new Error(finished.output);
  return finished;
}
