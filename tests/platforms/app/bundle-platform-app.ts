import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = import.meta.dirname;
const root = path.resolve(here, '..', '..', '..');

/** An app as Electron takes one: a folder with a package. */
export interface PlatformApp {
  readonly folder: string;
  remove(): void;
}

/**
 * Makes an app of `platform-main.ts` as the product's own is made, beside links to the built window and the resources
 * of the product. Whatever runs the product runs it: it needs neither Node's own reading of `.ts` nor the stand-in.
 */
export async function bundlePlatformApp(): Promise<PlatformApp> {
  const dist = path.join(here, 'dist');
  mkdirSync(dist, { recursive: true });
  // Within the project, where the native SQLite is found.
  const folder = mkdtempSync(path.join(dist, 'app-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: {
          'platform-main': fileURLToPath(new URL('./platform-main.ts', import.meta.url)),
          'storage-worker': path.join(root, 'main', 'storage', 'storage-worker.ts'),
        },
        external: ['electron', 'better-sqlite3'],
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', format: 'es' },
      },
    },
    ssr: { noExternal: true, external: ['electron', 'better-sqlite3'] },
  });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(packageOf(root)));
  for (const linked of ['dist', 'resources']) {
    // A junction, which Windows lets everybody make.
    symlinkSync(path.join(root, linked), path.join(folder, linked), 'junction');
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The product's name and version, and this app's own start. */
function packageOf(project: string): object {
  const described = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as object;
  const kept = ['name', 'productName', 'version', 'type'];
  const same = Object.entries(described).filter(([name]) => kept.includes(name));
  return { ...Object.fromEntries(same), main: 'platform-main.js' };
}
