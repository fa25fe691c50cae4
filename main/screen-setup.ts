import type { Catalogue } from './domain/catalogue.ts';
import type { FixedPart } from './ipc/snapshots.ts';
import type { Backend } from './open-backend.ts';
import type { Settings } from './settings/read-settings.ts';

/** What of every snapshot is fixed when the kiosk opens. */
export function screenSetup(
  settings: Settings,
  backend: Backend,
  catalogue: Catalogue | null,
): FixedPart {
  return {
    mode: backend.mode,
    studio: { name: settings.studioName },
    currency: catalogue?.currency ?? 'usd',
    theme: settings.theme,
    locale: settings.locale,
    reader: { side: settings.readerSide, ...backend.reader },
    training: backend.studio === null ? null : { autoPresent: settings.trainingCard },
  };
}
