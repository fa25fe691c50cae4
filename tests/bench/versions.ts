import { readFileSync, statfsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { projectRoot } from '../tools/run-command.ts';

/** What the figures were measured on and with. */
export interface Versions {
  readonly node: string;
  readonly sqlite: string;
  readonly 'better-sqlite3': string;
  readonly plainjob: string;
  readonly openworkflow: string;
  readonly stripe: string;
  readonly cpu: string;
  readonly cpus: number;
  /** Of the last minute; above the number of CPUs the times (not the ratios) are those of a busy machine. */
  readonly load: number;
  /** True: what is synced here reaches no medium, and nothing measured in milliseconds of sync means anything. */
  readonly inMemory: boolean;
}

const tmpfsMagic = 0x01021994;
const packageFile = z.object({ version: z.string() });

function versionOf(name: string): string {
  const file = path.join(projectRoot, 'node_modules', name, 'package.json');
  return packageFile.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

export function versions(): Versions {
  const db = new Database(':memory:');
  const sqlite = z
    .object({ version: z.string() })
    .parse(db.prepare('select sqlite_version() as version').get());
  db.close();
  return {
    node: process.version,
    sqlite: sqlite.version,
    'better-sqlite3': versionOf('better-sqlite3'),
    plainjob: versionOf('plainjob'),
    openworkflow: versionOf('openworkflow'),
    stripe: versionOf('stripe'),
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: availableParallelism(),
    load: loadavg()[0] ?? 0,
    inMemory: statfsSync(tmpdir()).type === tmpfsMagic,
  };
}
