import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app } from 'electron';

/** What the app sees from within its archive, kept for a test to read. */
async function lookAround() {
  const require = createRequire(import.meta.url);
  const Database = require('better-sqlite3') as new (path: string) => {
    prepare(sql: string): { get(): unknown };
  };
  const answeredByWorker = await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    moduleUrl: import.meta.url,
    names: readdirSync(app.getAppPath()),
    pageInSync: readFileSync(join(import.meta.dirname, 'index.html'), 'utf8').slice(0, 15),
    page: (await readFile(new URL('./index.html', import.meta.url), 'utf8')).slice(0, 15),
    row: new Database(':memory:').prepare('select 1 + 1 as sum').get(),
    answeredByWorker,
  };
}

Reflect.set(globalThis, 'seen', await lookAround());
await import('./main.ts');
