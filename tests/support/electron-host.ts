import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { prepareStandIn } from '../stand-in/prepare.ts';

/** What an app is run on: Electron's own binary, or the stand-in for it. */
export interface ElectronHost {
  readonly kind: 'electron' | 'stand-in';
  readonly executablePath: string;
  /** The folder that holds the executable; electron-builder takes it as `electronDist`. */
  readonly distPath: string;
  /**
   * The variables by which the `electron` package, and so Playwright's `_electron.launch`, finds
   * this host. They count in the process that launches, not in the one that is launched.
   */
  readonly env: Readonly<Record<string, string>>;
}

export interface ElectronHostOptions {
  /** Tries once to download Electron's binary when there is none. */
  readonly download?: boolean;
  /** How long that try may take, in milliseconds; 60 seconds unless given. */
  readonly downloadLimitMs?: number;
}

const require = createRequire(import.meta.url);
const electronPackage = dirname(require.resolve('electron/package.json'));

/** Where the binary lies within Electron's folder, by platform. */
const binaryNames: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hostIn(distPath: string, kind: ElectronHost['kind']): ElectronHost {
  const executablePath = join(distPath, binaryNames[process.platform] ?? 'electron');
  return { kind, executablePath, distPath, env: { ELECTRON_OVERRIDE_DIST_PATH: distPath } };
}

/** Electron's own binary, where the environment or the package says it lies. */
function findElectron(): ElectronHost | undefined {
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = [...(chosen ? [chosen] : []), join(electronPackage, 'dist')];
  return folders
    .filter((folder) => !existsSync(join(folder, 'stand-in')))
    .map((folder) => hostIn(folder, 'electron'))
    .find((host) => isExecutable(host.executablePath));
}

/** Runs the package's own download once, without a word, and gives it up after the limit. */
async function download(limitMs: number): Promise<void> {
  const child = spawn(process.execPath, [join(electronPackage, 'install.js')], {
    stdio: 'ignore',
    timeout: limitMs,
    killSignal: 'SIGKILL',
  });
  await new Promise<void>((resolve) => {
    child.once('error', () => {
      resolve();
    });
    child.once('exit', () => {
      resolve();
    });
  });
}

function electronVersion(): string {
  const described = readFileSync(join(electronPackage, 'package.json'), 'utf8');
  return /"version": "([^"]+)"/.exec(described)?.[1] ?? 'unknown';
}

/**
 * Finds what the app can be run on: Electron's own binary when it is there, else the stand-in,
 * which is prepared when its sources have changed. `FOYER_HOST=electron` or `FOYER_HOST=stand-in`
 * forces one. Throws in words when the forced one cannot be had, or `FOYER_HOST` says neither.
 */
export async function resolveElectronHost(
  options: ElectronHostOptions = {},
): Promise<ElectronHost> {
  const forced = process.env['FOYER_HOST'] ?? '';
  if (!['', 'electron', 'stand-in'].includes(forced)) {
    throw new Error(`FOYER_HOST is "${forced}"; it may be "electron" or "stand-in".`);
  }
  if (forced !== 'stand-in') {
    const installed = findElectron();
    if (installed) return installed;
    if (options.download === true) {
      await download(options.downloadLimitMs ?? 60_000);
      const downloaded = findElectron();
      if (downloaded) return downloaded;
    }
    if (forced === 'electron') {
      throw new Error(
        `FOYER_HOST asks for Electron's own binary, and Electron ${electronVersion()} has none ` +
          'here: run npx install-electron, or name a folder that has it in ' +
          'ELECTRON_OVERRIDE_DIST_PATH.',
      );
    }
  }
  if (process.platform === 'win32') {
    throw new Error(
      "The stand-in for Electron does not run on Windows: install Electron's binary.",
    );
  }
  const distPath = await prepareStandIn();
  return { ...hostIn(distPath, 'stand-in'), executablePath: join(distPath, 'electron') };
}
