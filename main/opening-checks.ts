import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ClosedView } from '../preload/contract/kiosk.ts';
import type { Log } from './ports/log.ts';
import { liveFolders } from './settings/data-folder.ts';
import type { PlatformSettings } from './settings/platform-settings.ts';
import type { UsableKey } from './settings/secret-key.ts';
import { SettingsProblem } from './settings/settings-problem.ts';
import { unfinishedSales } from './storage/unfinished-sales.ts';

/** What was read, or the problem a person must mend. */
export function orProblem<Value>(read: () => Value): Value | SettingsProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingsProblem) return error;
    throw error;
  }
}

/** A kiosk that has taken real money and finds no key must not hand out classes for training cards. */
export function refuseToTrainAfterLive(
  key: UsableKey | null,
  platform: Pick<PlatformSettings, 'system'> | null,
  dataDir: string,
): void {
  if (key !== null || platform !== null) return;
  const former = liveFolders.find((folder) => existsSync(path.join(dataDir, folder, 'foyer.db')));
  if (former === undefined) return;
  throw new SettingsProblem(
    'stripe_key',
    { file: null, field: null },
    former === 'live'
      ? 'This kiosk has taken real payments and its live key is gone. Put the restricted key into foyer.json again, or choose a new data folder to train.'
      : 'This kiosk has taken real payments behind a platform that foyer.json no longer names. Put the section backend into foyer.json again, or choose a new data folder to train.',
  );
}

/**
 * What another system holds for sales of this kiosk is captured or released only while the kiosk is behind that system
 * (P6), so it does not leave one with payments on their way.
 */
export function refuseToLeaveHolds(dataDir: string, chosen: string): void {
  for (const folder of liveFolders) {
    const file = path.join(dataDir, folder, 'foyer.db');
    if (folder === chosen || !existsSync(file)) continue;
    const count = unfinishedSales(file) ?? 0;
    if (count === 0) continue;
    const which = folder === 'live' ? 'direct Stripe' : folder.replace(/-live$/, '');
    throw new SettingsProblem(
      'settings',
      { file: null, field: 'backend' },
      `This kiosk has ${count === 1 ? 'a payment' : `${String(count)} payments`} under way behind ${which}. Put the former settings back, let what is under way end there, and then change them.`,
    );
  }
}

/** The closed screen's words, for whoever reads the log. */
export function logClosed(log: Log, { file, field, sentence }: ClosedView): void {
  log.write('error', 'kiosk.closed', {
    file: file ?? 'environment',
    field: field ?? '',
    why: sentence,
  });
}
