import { setTimeout as sleep } from 'node:timers/promises';
import { openBenchDesk } from '../desk/bench-desk.ts';
import { connectReader, sell } from '../desk/sell.ts';
import type { Memory } from './measure-memory.ts';

/* A process that sells and prints what memory it holds: at the start, after a few sales, and after all of them. */

const [, , file = '', sales = '0'] = process.argv;
const fewSales = 100;
/** Each request's own limit holds its memory until it has passed, answered or not. In milliseconds. */
const limitsPassMs = 21_000;

function memory(): Memory {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

const atStart = memory();
const desk = openBenchDesk(file);
await connectReader(desk);
let sold = 0;
const sellUntil = async (count: number): Promise<Memory> => {
  for (; sold < count; sold += 1) await sell(desk);
  return memory();
};
const afterFew = await sellUntil(fewSales);
await sellUntil(Number(sales));
await sleep(limitsPassMs);
const afterAll = memory();
await desk.close();
process.stdout.write(JSON.stringify({ atStart, afterFew, afterAll }));
