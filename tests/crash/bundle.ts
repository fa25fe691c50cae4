import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = import.meta.dirname;

export interface Bundle {
  readonly file: string;
  remove(): void;
}

/**
 * The kiosk's process as one file, made as the product's own main process is: hundreds of processes start from it, and
 * each starts four times as fast as from the sources.
 */
export async function bundleKioskProcess(): Promise<Bundle> {
  const dist = path.join(here, 'dist');
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(path.join(dist, 'run-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: path.join(here, '..', '..'),
    publicDir: false,
    build: {
      ssr: fileURLToPath(new URL('./kiosk-process.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'kiosk-process.js' } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  });
  return {
    file: path.join(folder, 'kiosk-process.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
