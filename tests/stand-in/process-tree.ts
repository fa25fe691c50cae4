import { readdirSync, readFileSync } from 'node:fs';

/** A process as the kernel's table shows it. */
interface TableRow {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
}

function readRow(pid: number): TableRow | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces and parentheses of its own.
    const [state = '', parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent: Number(parent), state };
  } catch {
    return undefined;
  }
}

function table(): TableRow[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readRow(Number(name)) ?? []);
}

/** The process and all that descend from it, itself first. */
export function processTree(root: number): number[] {
  const rows = table();
  const found = [root];
  for (const pid of found) {
    found.push(...rows.filter((row) => row.parent === pid).map((row) => row.pid));
  }
  return found;
}

/** Every process whose environment mentions this text, wherever it stands in the tree now. */
export function processesMentioning(text: string): number[] {
  return table()
    .map((row) => row.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}

/** Those that still run. One that has ended and only waits to be reaped does not count. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const row = readRow(pid);
    return row !== undefined && row.state !== 'Z' && row.state !== 'X';
  });
}
