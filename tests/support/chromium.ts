import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const commonNames = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

type Environment = Readonly<Record<string, string | undefined>>;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Where `npx playwright install chromium` puts its download, newest first. */
function playwrightDownloads(env: Environment): string[] {
  const root = env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  return foldersIn(root)
    .filter((name) => name.startsWith('chromium-'))
    .sort()
    .reverse()
    .flatMap((name) => [
      join(root, name, 'chrome-linux64', 'chrome'),
      join(root, name, 'chrome-linux', 'chrome'),
    ]);
}

/**
 * Finds a Chromium on this machine: the one that `FOYER_CHROMIUM` names, else the usual names on
 * the PATH, else Playwright's own download. Throws in words that say what to install; a
 * `FOYER_CHROMIUM` that cannot be run is an error too, never passed over.
 */
export function findChromium(env: Environment = process.env): string {
  const chosen = env['FOYER_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`FOYER_CHROMIUM names ${chosen}, which is not a program that can be run.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...commonNames.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...macApplications,
    ...playwrightDownloads(env),
  ];
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium was found. Install one (on Debian: apt-get install chromium; elsewhere: ' +
      'npx playwright install chromium), or name it in FOYER_CHROMIUM.',
  );
}

/**
 * The switches that let Chromium run quietly as a part of another program: nothing of its own on
 * the network, no first-run pages, no sandbox when the user is root (it refuses to start there),
 * and no window where there is no display.
 */
export function chromiumFlags(env: Environment = process.env): string[] {
  const isRoot = process.getuid?.() === 0;
  const hasDisplay =
    process.platform !== 'linux' ||
    Boolean(env['DISPLAY'] ?? '') ||
    Boolean(env['WAYLAND_DISPLAY'] ?? '');
  return [
    ...(hasDisplay ? [] : ['--headless=new', '--disable-gpu']),
    // The second keeps Chromium from warning of the first across the page.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-breakpad',
    '--disable-dev-shm-usage',
    '--password-store=basic',
  ];
}
