import { app, Menu, session } from 'electron';
import { allowLocalNetworkOnly } from './allow-local-network.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { openKioskWindow } from './kiosk-window.ts';
import { closeWithWindow, comeForwardWhenStartedAgain, goOnAfterFaults } from './lifecycle.ts';
import { findPaths, type Paths } from './paths.ts';
import { safeStorageSecrets } from './safe-storage-secrets.ts';
import { openOrderLinks } from './order-links.ts';
import { type KioskOptions, openKiosk } from '../kiosk.ts';

/** What of the kiosk a program of ours may bring itself; the rest comes from Electron and this computer. */
export type OwnParts = Pick<KioskOptions, 'openBackend'>;

/**
 * Runs the kiosk in this Electron process, from its start to its last window. Must be called before `app` is ready.
 * A second copy hands over to the first and quits; a kiosk that can't open says why on standard error, and exits.
 */
export function runKiosk(own: OwnParts = {}): void {
  // A terminal that went away must not take the kiosk with it.
  process.stderr.on('error', () => undefined);
  const paths = findPaths();
  app.enableSandbox();
  registerAppScheme();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // Not awaited here: Electron is ready only after its main module has been evaluated.
  app
    .whenReady()
    .then(() => open(paths, own))
    .catch(giveUp);
}

async function open({ dataDir, distDir, resourcesDir }: Paths, own: OwnParts): Promise<void> {
  const kiosk = await openKiosk({
    dataDir,
    resourcesDir,
    environment: process.env,
    secrets: safeStorageSecrets(dataDir),
    stderr: (line) => process.stderr.write(`${line}\n`),
    versions: versions(),
    ...own,
  });
  goOnAfterFaults(kiosk.log);
  openOrderLinks(kiosk);
  closeWithWindow(kiosk);
  Menu.setApplicationMenu(null);
  allowLocalNetworkOnly(session.defaultSession);
  serveApp(`${distDir}/renderer`, kiosk.mode);
  comeForwardWhenStartedAgain(await openKioskWindow(kiosk, distDir));
}

/** The stand-in has no Electron to name. */
function versions(): Record<string, string> {
  const known: Readonly<Record<string, string | undefined>> = process.versions;
  const named = ['electron', 'chrome', 'node'].flatMap((name): [string, string][] => {
    const version = known[name];
    return version === undefined ? [] : [[name, version]];
  });
  return Object.fromEntries([['foyer', app.getVersion()], ...named]);
}

function giveUp(error: unknown): void {
  process.stderr.write(
    `Foyer could not open: ${error instanceof Error ? error.message : 'unknown fault'}\n`,
  );
  app.exit(1);
}
