import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { run } from '../../tools/run-command.ts';
import type { Figure } from '../figure.ts';
import type { Scale } from '../scale.ts';
import { bundled } from './bundle.ts';

/** In bytes. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
}

const memory = z.object({ rss: z.number(), heapUsed: z.number() });
const report = z.object({ atStart: memory, afterFew: memory, afterAll: memory });
const megabyte = 1_000_000;

/** What the main process holds after a long time of selling, against a bare Node. */
export async function measureMemory(folder: string, scale: Scale): Promise<readonly Figure[]> {
  const program = await bundled(fileURLToPath(new URL('./memory-of-sales.ts', import.meta.url)));
  try {
    const bare = await rssOfBareNode();
    const data = path.join(folder, 'memory');
    mkdirSync(data);
    const sales = scale.salesForMemory;
    const { code, output } = await run('node', [
      '--expose-gc',
      program.file,
      path.join(data, 'foyer.db'),
      String(sales),
    ]);
    if (code !== 0) throw new Error(output);
    const { afterFew, afterAll } = report.parse(JSON.parse(output));
    const how = `the bundled main process without Electron, ${sales} sales through the Desk, after 21 s of rest and a garbage collection`;
    const megabytes = (name: string, bytes: number, target: Figure['target'] = null): Figure => ({
      name,
      value: bytes / megabyte,
      unit: 'MB',
      target,
      how,
    });
    return [
      megabytes(`main process above a bare Node after ${sales} sales`, afterAll.rss - bare, {
        atMost: 40,
      }),
      megabytes(`main process after ${sales} sales, resident`, afterAll.rss),
      megabytes(`main process after ${sales} sales, JavaScript heap`, afterAll.heapUsed),
      megabytes('main process after 100 sales, resident', afterFew.rss),
      megabytes('main process after 100 sales, JavaScript heap', afterFew.heapUsed),
    ];
  } finally {
    program.remove();
  }
}

async function rssOfBareNode(): Promise<number> {
  const { output } = await run('node', ['-e', 'console.log(process.memoryUsage().rss)']);
  return z.coerce.number().positive().parse(output.trim());
}
