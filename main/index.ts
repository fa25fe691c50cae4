import { app, Menu, session } from 'electron';
import { allowLocalNetworkOnly } from './electron/allow-local-network.ts';
import { registerAppScheme, serveApp } from './electron/app-scheme.ts';
import { openKioskWindow } from './electron/kiosk-window.ts';
import {
  closeWithWindow,
  comeForwardWhenStartedAgain,
  goOnAfterFaults,
} from './electron/lifecycle.ts';
import { findPaths } from './electron/paths.ts';
import { safeStorageSecrets } from './electron/safe-storage-secrets.ts';
import { openOrderLinks } from './electron/order-links.ts';
import { openKiosk } from './kiosk.ts';

// A terminal that went away must not take the kiosk with it.
process.stderr.on('error', () => undefined);

const { dataDir, distDir, resourcesDir } = findPaths();
app.enableSandbox();
registerAppScheme();

if (app.requestSingleInstanceLock()) {
  // Not awaited here: Electron is ready only after this module has been evaluated.
  app.whenReady().then(open).catch(giveUp);
} else {
  app.quit();
}

async function open(): Promise<void> {
  const kiosk = await openKiosk({
    dataDir,
    resourcesDir,
    environment: process.env,
    secrets: safeStorageSecrets(dataDir),
    stderr: (line) => process.stderr.write(`${line}\n`),
    versions: versions(),
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
