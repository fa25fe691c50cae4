import { writeFileSync } from 'node:fs';
import { openBackend } from '../../../main/open-backend.ts';
import { backendSection, platformSettings } from '../../../main/settings/platform-settings.ts';
import { trainingPublishableKey } from '../../../main/training/training-publishable-key.ts';
import { openTrainingStudio } from '../../../main/training/training-studio.ts';
import type { PlatformRun } from './platform-run.ts';
import { runPlatform } from './run-platform.ts';

/**
 * Opens the product's own adapter for the platform of this run, by its settings and over HTTP, with a training studio
 * for the Stripe behind both and for the reader: the page finds the simulated SDK, as in training. What the platform
 * knows is left in the run's file when the kiosk is closed.
 */
export function openRun(run: PlatformRun): typeof openBackend {
  return async (options) => {
    const { folder, clock, settings, log } = options;
    const studio = await openTrainingStudio({
      folder,
      clock,
      card: settings.trainingCard,
      onBug: (error) => {
        log.write('error', 'training.fault', { why: String(error) });
      },
    });
    const { url, secretKey, location, reader } = studio;
    const publishableKey = trainingPublishableKey;
    const platform = await runPlatform(run, { url, secretKey, publishableKey, location });
    const section = backendSection.parse(platform.section);
    const backend = await openBackend({
      ...options,
      key: { secretKey, mode: 'test' },
      settings: {
        ...settings,
        platform: platformSettings(section, undefined),
        stripe: { ...settings.stripe, apiBase: url, location, reader },
      },
    });
    return {
      ...backend,
      mode: 'training',
      studio,
      close: async () => {
        await backend.close();
        writeFileSync(run.recordFile, JSON.stringify(platform.record()));
        await platform.close();
        await studio.close();
      },
    };
  };
}
