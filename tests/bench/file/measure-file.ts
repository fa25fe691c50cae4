import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteCare } from '../../../main/storage/sqlite-care.ts';
import { openBenchDesk, type BenchDesk } from '../desk/bench-desk.ts';
import { runMarkedSales } from '../desk/run-marked-sales.ts';
import { connectReader, lines, sell } from '../desk/sell.ts';
import type { Figure } from '../figure.ts';
import type { Scale } from '../scale.ts';
import { median } from '../statistics.ts';
import { seededFile } from './seeded-files.ts';

const openings = 7;
const salesBetween = 100;
/** What else the process does shows in a time of this length, in milliseconds. */
const stillMs = 2_000;
const lookEveryMs = 1;

/** Opening and backing up a file of very many sales. */
export async function measureFile(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const file = await seededFile(folder, scale.manyRows);
  const sales = `${scale.manyRows} sales`;
  const opened: number[] = [];
  for (let go = 0; go < openings; go += 1) opened.push(await opening(file));
  await runMarkedSales(file, 50, 'kill');
  const afterKill = await opening(file);

  const how =
    'settings, catalogue, openDatabase, ledger, books, Desk.start and checkout.start; the file’s first pages are in the system’s memory';
  return [
    {
      name: `opening ${sales} to the first sale`,
      value: median(opened),
      unit: 'ms',
      target: { atMost: 50 },
      how: `${how}; median of ${openings}`,
    },
    {
      name: `opening ${sales} after SIGKILL to the first sale`,
      value: afterKill,
      unit: 'ms',
      target: { atMost: 50 },
      how: `${how}; once, with the log of 50 sales that a killed process left`,
    },
    ...(await backupFigures(file, sales)),
  ];
}

/** From nothing to a sale on the screen and on disk, in milliseconds. */
async function opening(file: string): Promise<number> {
  const startedMs = performance.now();
  const desk = openBenchDesk(file);
  const answer = await desk.ask('sale:start', { lines });
  const ms = performance.now() - startedMs;
  if (!answer.ok) throw new Error('no sale could be started');
  const { saleId } = answer.value as { saleId: string };
  await desk.ask('sale:cancel', { saleId });
  await desk.close();
  return ms;
}

async function backupFigures(file: string, sales: string): Promise<readonly Figure[]> {
  const desk = openBenchDesk(file);
  await connectReader(desk);
  const still = await held(() => sleep(stillMs));
  const first = await held(() => backUp(desk));
  for (let sale = 0; sale < salesBetween; sale += 1) await sell(desk);
  const next = await held(() => backUp(desk));
  await desk.close();
  const how = 'StorageCare.backUp as the kiosk calls it: in a thread of its own, synced on return';
  return [
    {
      name: `backup of ${sales} after ${salesBetween} more`,
      value: next.ms,
      unit: 'ms',
      target: { atMost: 1_000 },
      how,
    },
    { name: `first full backup of ${sales}`, value: first.ms, unit: 'ms', target: null, how },
    ...[
      ['nothing', still] as const,
      ['the first backup', first] as const,
      ['the next backup', next] as const,
    ].map(([during, { longestMs }]) => ({
      name: `main thread held at most, during ${during}`,
      value: longestMs,
      unit: 'ms' as const,
      target: null,
      how: 'how late a timer of one millisecond came, at most',
    })),
  ];
}

function backUp({ database }: BenchDesk): Promise<void> {
  return sqliteCare(database, { nowMs: () => Date.now() }).backUp();
}

/** How long the work took, and the longest time in which the main thread came to nothing else. */
async function held(work: () => Promise<unknown>): Promise<{ ms: number; longestMs: number }> {
  let lastMs = performance.now();
  let longestMs = 0;
  const look = setInterval(() => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - lookEveryMs);
    lastMs = nowMs;
  }, lookEveryMs);
  const startedMs = performance.now();
  await work();
  clearInterval(look);
  return { ms: performance.now() - startedMs, longestMs };
}
