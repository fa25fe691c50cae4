import path from 'node:path';
import type { Figure } from '../figure.ts';
import { megabytesOf, seededFile } from '../file/seeded-files.ts';
import { rawSync } from '../raw-sync.ts';
import { inTurn, timesOf } from '../rounds.ts';
import type { Scale } from '../scale.ts';
import { median, pairedRatio, quantile } from '../statistics.ts';
import { type BenchDesk, openBenchDesk } from './bench-desk.ts';
import { connectReader, sell, type Watch } from './sell.ts';
import { countSyncs } from './sync-count.ts';

const warmUpSales = 100;
/** As many as a sale has: a busy machine lets both wait as often. */
const syncsBesideASale = 4;

const what =
  'router, handlers, Desk, SQLite file, log and Stripe’s client as in the kiosk, HTTP answered in the process';

/** Our own work in one sale after the reader said yes, with a reader and a network that take no time. */
export async function measureSale(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const files = {
    few: await seededFile(folder, scale.fewRows),
    many: await seededFile(folder, scale.manyRows),
  };
  const desks = { few: await ready(files.few), many: await ready(files.many) };
  const sync = rawSync(path.join(folder, 'sale-sync'));
  const cpu = cpuBetween();
  const contenders = {
    few: () => sell(desks.few, cpu.watch),
    many: () => sell(desks.many),
    sync: async () => median(await timesOf(syncsBesideASale, () => sync.overwrite())),
  };
  await inTurn(warmUpSales, contenders);
  const { few, many, sync: syncs } = await inTurn(scale.sales, contenders);
  sync.close();
  await desks.few.close();
  await desks.many.close();

  const captured = few.map(({ toCapture }) => toCapture);
  const capturedMany = many.map(({ toCapture }) => toCapture);
  const approved = few.map(({ toApproved }) => toApproved);
  const how = `${what}; ${scale.sales} sales on each file, in turn with the raw sync`;
  const size = `${Math.round(megabytesOf(files.many))} MB`;
  const ms = (name: string, value: number, target: Figure['target'] = null): Figure => ({
    name,
    value,
    unit: 'ms',
    target,
    how,
  });
  return [
    ms('own work, reader’s yes to capture sent, median', median(captured), { atMost: 1 }),
    {
      name: 'own work, reader’s yes to capture sent, in raw syncs',
      value: pairedRatio(captured, syncs),
      unit: 'x',
      target: { atMost: 7 },
      how: `÷ one 4 KiB overwrite and fsync beside it; ${how}`,
    },
    {
      name: `own work, ${scale.manyRows} against ${scale.fewRows} stored sales`,
      value: median(capturedMany) / median(captured),
      unit: 'x',
      target: { atMost: 1.05 },
      how: `medians to capture sent; the larger file has ${size}; ${how}`,
    },
    ...(await syncFigures(folder)),
    ms('own work, reader’s yes to capture sent, p95', quantile(captured, 0.95)),
    ms('own work, reader’s yes to capture sent, p99', quantile(captured, 0.99)),
    ms('own work, reader’s yes to approved, median', median(approved)),
    ms('own work, reader’s yes to approved, CPU, mean', cpu.meanMs()),
    ms('own work, reader’s yes to approved, p95', quantile(approved, 0.95)),
    ms('own work, reader’s yes to approved, p99', quantile(approved, 0.99)),
    ms(`own work to capture sent, ${scale.manyRows} stored sales, median`, median(capturedMany)),
    ms('raw sync beside the sales', median(syncs)),
    {
      name: `file of ${scale.manyRows} paid sales`,
      value: megabytesOf(files.many),
      unit: 'MB',
      target: null,
      how: 'each with its journal, outbox, attempt and calls',
    },
  ];
}

async function syncFigures(folder: string): Promise<readonly Figure[]> {
  const counted = await countSyncs(folder);
  const how = `${counted.how}, over ${counted.sales} sales`;
  return [
    {
      name: 'syncs, reader’s yes to capture sent',
      value: counted.toCapture,
      unit: 'syncs',
      target: { atMost: 2 },
      how,
    },
    {
      name: 'syncs, reader’s yes to approved',
      value: counted.toApproved,
      unit: 'syncs',
      target: null,
      how,
    },
  ];
}

async function ready(file: string): Promise<BenchDesk> {
  const desk = openBenchDesk(file);
  await connectReader(desk);
  return desk;
}

/** The thread's CPU time between the two points: what a busy machine does not stretch. Counted in ticks, so only its mean says anything. */
function cpuBetween(): { readonly watch: Watch; meanMs(): number } {
  let startedAt = process.threadCpuUsage();
  let spentUs = 0;
  let sales = 0;
  return {
    watch: {
      tapped: () => {
        startedAt = process.threadCpuUsage();
      },
      approved: () => {
        const { user, system } = process.threadCpuUsage(startedAt);
        spentUs += user + system;
        sales += 1;
      },
    },
    meanMs: () => spentUs / sales / 1_000,
  };
}
