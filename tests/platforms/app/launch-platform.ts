import path from 'node:path';
import type { LaunchOptions } from '../../support/app.ts';
import type { PlatformApp } from './bundle-platform-app.ts';
import { type PlatformRun, platformRunEnvironment } from './platform-run.ts';

/** How an app with a platform is launched: for `launchApp`. A run with an order begins with its link. */
export function launchOptionsOf(
  { folder }: PlatformApp,
  dataDir: string,
  run: Omit<PlatformRun, 'recordFile'>,
  env: Readonly<Record<string, string>> = {},
): LaunchOptions {
  return {
    dataDir,
    folder,
    words: run.order === null ? [] : [linkOf(run.order)],
    env: { ...env, ...platformRunEnvironment({ ...run, recordFile: recordFileOf(dataDir) }) },
  };
}

/** Where such an app leaves the platform's record. */
export function recordFileOf(dataDir: string): string {
  return path.join(dataDir, 'platform-record.json');
}

function linkOf({ id, title, total, fromBalance }: NonNullable<PlatformRun['order']>): string {
  const query = new URLSearchParams({
    id,
    total: String(total),
    title,
    ...(fromBalance === 0 ? {} : { balance: String(fromBalance) }),
  });
  return `foyer://order?${query.toString()}`;
}
