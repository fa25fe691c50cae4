import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumFlags } from '../../support/chromium.ts';
import { locateApp, packagedAppBeside } from './app-location.ts';
import { extractArchive } from './asar-archive.ts';
import { readInsideArchive } from './asar-paths.ts';
import { chromiumSwitches } from './chromium-switches.ts';
import { startChromium } from './chromium-process.ts';
import type { ChromiumProcess } from './chromium-process.ts';
import { readCommandLine } from './command-line.ts';
import { openRelay } from './debugging-relay.ts';
import { assembleElectron } from './electron.ts';
import type { Assembled } from './electron.ts';
import { exportsKey } from './export-names.ts';
import { serveElectronModule } from './module-hooks.ts';

/** How long an app's own first script may take. */
const appCodeLimitMs = 15_000;

/** Chromium's own version, or words for "unknown", from an answer such as `Chrome/150.0.1.2`. */
function versionIn(product: string): string {
  return product.slice(product.indexOf('/') + 1);
}

/** Like Electron, reports what nobody caught and goes on; the app may listen and decide. */
function reportUncaught(): void {
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    console.error('A JavaScript error occurred in the main process\n', error);
  });
}

async function loadApp(main: string): Promise<void> {
  try {
    await import(pathToFileURL(main).href);
  } catch (error) {
    console.error('A JavaScript error occurred in the main process\n', error);
    process.exit(1);
  }
}

async function bringUpChromium(
  assembled: Assembled,
  scratch: string,
  switches: ReadonlyMap<string, string>,
): Promise<ChromiumProcess> {
  const debugging = switches.has('remote-debugging-port');
  const chromium = await startChromium({
    scratch,
    debugging,
    switches: chromiumSwitches(switches),
  });
  const { product } = await chromium.connection.browser.send('Browser.getVersion');
  Object.defineProperty(process.versions, 'chrome', {
    value: versionIn(product),
    enumerable: true,
    configurable: true,
  });
  await assembled.connect(chromium.connection);
  console.error(
    `Foyer is running on the stand-in for Electron (Node ${process.versions.node} + ` +
      `Chromium ${versionIn(product)}): Electron's own binary was not found.`,
  );
  if (chromium.debuggerUrl !== undefined) {
    const url = await openRelay(chromium.debuggerUrl, {
      onDebuggerNavigation: (targetId) => {
        assembled.contents.ofTarget(targetId)?.expectDebuggerNavigation();
      },
    });
    console.error(`\nDevTools listening on ${url}`);
  }
  return chromium;
}

/** Runs an app on the stand-in. `executable` is the path by which the app knows itself. */
export async function runApp(executable: string, args: readonly string[]): Promise<void> {
  const packaged = packagedAppBeside(executable);
  const commandLine = readCommandLine(args, packaged !== undefined);
  const scratch = mkdtempSync(join(tmpdir(), 'stand-in-'));
  process.once('exit', () => {
    rmSync(scratch, { recursive: true, force: true });
  });
  const archive = packaged ?? commandLine.appPath;
  if (archive?.endsWith('.asar') === true) {
    const folder = join(scratch, 'app');
    mkdirSync(folder);
    extractArchive(archive, folder);
    readInsideArchive({ archive, folder });
  }
  const location = locateApp(executable, commandLine.appPath);
  const chromiumVersions = { ...process.versions, electron: __ELECTRON_VERSION__ };
  Object.defineProperties(process, {
    type: { value: 'browser', enumerable: true },
    resourcesPath: { value: location.resourcesPath, enumerable: true },
    ...(location.isPackaged ? {} : { defaultApp: { value: true, enumerable: true } }),
  });
  Object.defineProperty(process.versions, 'electron', {
    value: __ELECTRON_VERSION__,
    enumerable: true,
  });
  process.argv = [executable, ...args];
  process.execPath = executable;
  const assembled = assembleElectron({
    location,
    executable,
    switches: commandLine.switches,
    versions: chromiumVersions,
    hasDisplay: !chromiumFlags().includes('--headless=new'),
  });
  Reflect.set(globalThis, Symbol.for(exportsKey), assembled.exports);
  serveElectronModule(new URL('./commonjs/electron.js', import.meta.url).href);
  reportUncaught();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // As in Electron, an app that listens for the signal takes it over.
      if (process.listenerCount(signal) === 1) assembled.app.quit();
    });
  }
  const require = createRequire(import.meta.url);
  for (const name of commandLine.preloadModules) require(name);

  // Electron is ready only after the main script has run to its end; one that waits for `ready`
  // there waits for ever. Said rather than suffered.
  const limit = setTimeout(() => {
    console.error(
      'The main script has not ended: it may await app.whenReady() at its top level, and there ' +
        'Electron would hang.',
    );
    process.exit(1);
  }, appCodeLimitMs);
  await loadApp(location.main);
  clearTimeout(limit);
  if (assembled.app.isEnding) return;
  const chromium = await bringUpChromium(assembled, scratch, commandLine.switches);
  void chromium.connection.closed.then(() => {
    if (assembled.app.isEnding) return;
    console.error('Chromium has gone away, and the stand-in with it.');
    assembled.app.exit(1);
  });
  mkdirSync(assembled.app.getPath('userData'), { recursive: true });
  assembled.app.start();
}
