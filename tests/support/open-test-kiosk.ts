import path from 'node:path';
import { type Kiosk, type KioskOptions, openKiosk } from '../../main/kiosk.ts';
import type { SecretStore } from '../../main/ports/secret-store.ts';

const resourcesDir = path.join(import.meta.dirname, '..', '..', 'resources');

const emptySecrets: SecretStore = {
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new Error('There is no key store here.')),
};

/** The real kiosk under plain Node, with its real file and its training studio. */
export function openTestKiosk(
  dataDir: string,
  options: Partial<KioskOptions> = {},
): Promise<Kiosk> {
  return openKiosk({
    dataDir,
    resourcesDir,
    environment: {},
    secrets: emptySecrets,
    stderr: () => undefined,
    ...options,
  });
}
