import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import { exportNames, exportsKey } from './src/export-names.ts';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** The folder that takes the place of Electron's own: it can be copied, and runs where it lies. */
export const standInFolder = join(here, 'dist');

/** Node as the `node` package brings it; else the one that runs this. */
function findNode(): string {
  try {
    return join(dirname(require.resolve('node/package.json')), 'bin', 'node');
  } catch {
    return process.execPath;
  }
}

function electronVersion(): string {
  const described: unknown = JSON.parse(
    readFileSync(require.resolve('electron/package.json'), 'utf8'),
  );
  const version: unknown = Object.entries(described as object).find(
    ([key]) => key === 'version',
  )?.[1];
  return typeof version === 'string' ? version : '0.0.0';
}

/** The CommonJS file that `import … from 'electron'` finds: its names can be read without running it. */
function electronModule(): string {
  const lines = exportNames.map((name) => `exports.${name} = electron.${name};`);
  return [`const electron = globalThis[Symbol.for('${exportsKey}')];`, ...lines, ''].join('\n');
}

function pageConfig(entry: string, name: string): InlineConfig {
  return {
    build: {
      lib: { entry: join(here, 'src', 'page', `${entry}.ts`), name, formats: ['iife'] },
    },
  };
}

function mainConfig(): InlineConfig {
  return {
    define: { __ELECTRON_VERSION__: JSON.stringify(electronVersion()) },
    build: { ssr: join(here, 'src', 'main.ts'), target: 'node22' },
    ssr: { noExternal: true },
  };
}

async function bundle(config: InlineConfig): Promise<string> {
  const built = await build({
    ...config,
    configFile: false,
    root: here,
    logLevel: 'error',
    build: { ...config.build, write: false, minify: false },
  });
  const output = Array.isArray(built) ? built[0] : built;
  if (!output || !('output' in output)) throw new Error('The stand-in could not be bundled.');
  const [chunk] = output.output;
  return chunk.code;
}

/** Writes a file whole or not at all, so that a run beside this one never reads half of it. */
function place(name: string, content: string, mode = 0o644): void {
  const path = join(standInFolder, name);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}

function sourceStamp(node: string): string {
  const hash = createHash('sha256').update(node).update(electronVersion());
  const files = [
    ...globSync('src/**/*.ts', { cwd: here }),
    'launcher.sh',
    'prepare.ts',
    join('..', 'support', 'chromium.ts'),
  ];
  for (const file of files.sort()) hash.update(readFileSync(join(here, file)));
  return hash.digest('hex');
}

function isPrepared(stamp: string): boolean {
  try {
    return readFileSync(join(standInFolder, 'stand-in', 'stamp'), 'utf8') === stamp;
  } catch {
    return false;
  }
}

/**
 * Makes the stand-in's folder when its sources have changed, and returns the folder. Several runs
 * may do so at once: they write the same files.
 */
export async function prepareStandIn(): Promise<string> {
  const node = findNode();
  const stamp = sourceStamp(node);
  if (isPrepared(stamp)) return standInFolder;
  const [main, mainWorld, isolatedWorld] = await Promise.all([
    bundle(mainConfig()),
    bundle(pageConfig('main-world', 'standInPage')),
    bundle(pageConfig('isolated-world', 'standInPreload')),
  ]);
  mkdirSync(join(standInFolder, 'stand-in', 'commonjs'), { recursive: true });
  place('stand-in/package.json', '{ "type": "module" }\n');
  place('stand-in/main.js', main);
  place('stand-in/main-world.script', mainWorld);
  place('stand-in/isolated-world.script', isolatedWorld);
  place('stand-in/commonjs/package.json', '{ "type": "commonjs" }\n');
  place('stand-in/commonjs/electron.js', electronModule());
  place('version', electronVersion());
  const launcher = readFileSync(join(here, 'launcher.sh'), 'utf8');
  place('electron', launcher.replace('@NODE@', node), 0o755);
  place('stand-in/stamp', stamp);
  return standInFolder;
}
