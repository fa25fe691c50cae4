import fs from 'node:fs';
import { createRequire, registerHooks, syncBuiltinESMExports } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import workerThreads from 'node:worker_threads';
import type { WorkerOptions } from 'node:worker_threads';

/** An archive and the folder in which its files have been laid out. */
export interface ArchivePlace {
  readonly archive: string;
  readonly folder: string;
}

const readers = [
  'access',
  'copyFile',
  'cp',
  'exists',
  'lstat',
  'open',
  'openAsBlob',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'stat',
  'statfs',
  'createReadStream',
] as const;

type Callable = (...args: unknown[]) => unknown;

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/**
 * Lets the app read inside its archive as if it were a folder, as Electron does: `fs`, `import`,
 * `require` and native modules take paths such as `resources/app.asar/dist/main/index.js`, and
 * `import.meta.url` gives them. Writing is not mapped and so fails, as in Electron.
 */
export function readInsideArchive({ archive, folder }: ArchivePlace): void {
  const toFolder = (path: string): string =>
    within(path, archive) ? folder + path.slice(archive.length) : path;
  const toArchive = (path: string): string =>
    within(path, folder) ? archive + path.slice(folder.length) : path;
  const urlBy = (map: (path: string) => string, url: string): string =>
    url.startsWith('file:') ? pathToFileURL(map(fileURLToPath(url))).href : url;
  const mapArgument = (path: unknown): unknown => {
    if (typeof path === 'string') return toFolder(path);
    return path instanceof URL && path.protocol === 'file:' ? toFolder(fileURLToPath(path)) : path;
  };

  const wrap = (owner: object, name: string): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    const mapped = function (this: unknown, path: unknown, ...rest: unknown[]): unknown {
      return Reflect.apply(original as Callable, this, [mapArgument(path), ...rest]);
    };
    Reflect.set(owner, name, Object.assign(mapped, original));
  };
  for (const name of readers) {
    wrap(fs, name);
    wrap(fs, `${name}Sync`);
    wrap(fs.promises, name);
  }
  wrap(fs.realpath, 'native');
  wrap(fs.realpathSync, 'native');
  // A worker starts without these hooks; it runs where its files have been laid out.
  workerThreads.Worker = class extends workerThreads.Worker {
    constructor(script: string | URL, options?: WorkerOptions) {
      const mapped = mapArgument(script);
      super(typeof mapped === 'string' ? mapped : script, options);
    }
  };
  syncBuiltinESMExports();

  const dlopen = process.dlopen.bind(process) as Callable;
  process.dlopen = (module: object, filename: string, ...rest: unknown[]) => {
    dlopen(module, fs.realpathSync(toFolder(filename)), ...rest);
  };

  registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL;
      const inArchive = parent !== undefined && urlBy(toFolder, parent) !== parent;
      const wanted = specifier.startsWith('/') ? toFolder(specifier) : urlBy(toFolder, specifier);
      if (!inArchive && wanted === specifier) return next(specifier, context);
      if (inArchive && context.conditions.includes('require')) {
        const resolved = createRequire(urlBy(toFolder, parent)).resolve(wanted);
        if (!resolved.startsWith('/')) return next(resolved, context);
        return { url: pathToFileURL(toArchive(resolved)).href, shortCircuit: true };
      }
      const moved = inArchive ? { ...context, parentURL: urlBy(toFolder, parent) } : context;
      const found = next(wanted, moved);
      return { ...found, url: urlBy(toArchive, found.url) };
    },
    load(url, context, next) {
      const real = urlBy(toFolder, url);
      return next(real, context);
    },
  });
}
