import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../../tools/run-command.ts';

export interface Bundle {
  readonly file: string;
  remove(): void;
}

/**
 * A program of the benchmark as one file, made as the product's main process is: what Node needs to read TypeScript is
 * not the kiosk's memory.
 */
export async function bundled(source: string): Promise<Bundle> {
  const dist = path.join(projectRoot, 'tests', 'bench', 'dist');
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(path.join(dist, 'run-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: projectRoot,
    publicDir: false,
    build: {
      ssr: source,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'program.js' } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  });
  return {
    file: path.join(folder, 'program.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
