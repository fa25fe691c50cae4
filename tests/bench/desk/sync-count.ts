import { readFileSync } from 'node:fs';
import path from 'node:path';
import { median } from '../statistics.ts';
import { markNames } from './mark.ts';
import { runMarkedSales } from './run-marked-sales.ts';

export interface SyncCount {
  readonly sales: number;
  /** Of the median sale. */
  readonly toCapture: number;
  readonly toApproved: number;
  readonly how: string;
}

/** Checkpoints sync too, once in hundreds of sales; the median leaves them out. */
const sales = 60;

/** Counts the syncs between the points of a sale as the kernel sees them, in a process of their own. */
export async function countSyncs(folder: string): Promise<SyncCount> {
  const log = path.join(folder, 'syncs.log');
  const watcher = [
    'strace',
    '-f',
    '-e',
    'trace=fsync,fdatasync,access',
    '-e',
    'signal=none',
    '-o',
    log,
  ];
  await runMarkedSales(path.join(folder, 'syncs', 'foyer.db'), sales, 'close', watcher);
  return {
    sales,
    ...counted(readFileSync(log, 'utf8').split('\n')),
    how: 'fsync and fdatasync by strace',
  };
}

function counted(lines: readonly string[]): { toCapture: number; toApproved: number } {
  const toCapture: number[] = [];
  const toApproved: number[] = [];
  let syncs: number | null = null;
  for (const line of lines) {
    if (line.includes(markNames.tapped)) syncs = 0;
    if (syncs === null) continue;
    if (/\bf(data)?sync\(/.test(line)) syncs += 1;
    if (line.includes(markNames.captureSent)) toCapture.push(syncs);
    if (!line.includes(markNames.approved)) continue;
    toApproved.push(syncs);
    syncs = null;
  }
  return { toCapture: median(toCapture), toApproved: median(toApproved) };
}
