import { platformNeeds } from './platform-needs.ts';
import type { PlatformSettings } from './platform-settings.ts';

/**
 * The name of the folder, in the data folder, with all that a kiosk of this mode remembers. Each system has its own:
 * histories stay apart, and whoever switches back finds the old one.
 */
export function dataFolderOf(
  mode: 'training' | 'test' | 'live',
  platform: Pick<PlatformSettings, 'system'> | null,
): string {
  return platform === null ? mode : `${platform.system}-${mode}`;
}

/** The folders that hold sales of real money, whichever system took it. */
export const liveFolders: readonly string[] = [
  'live',
  ...Object.keys(platformNeeds).map((system) => `${system}-live`),
];
