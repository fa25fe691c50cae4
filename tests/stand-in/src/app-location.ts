import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Where the app lies, and what its package says of it. */
export interface AppLocation {
  /** As `app.getAppPath()` gives it: a folder, or the `app.asar` file. */
  readonly appPath: string;
  readonly main: string;
  readonly name: string;
  readonly version: string;
  readonly isPackaged: boolean;
  readonly resourcesPath: string;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Reads the app's package. Throws in Electron's spirit when there is none. */
function describe(appPath: string, isPackaged: boolean, resourcesPath: string): AppLocation {
  const packageFile = join(appPath, 'package.json');
  const described: unknown = JSON.parse(readFileSync(packageFile, 'utf8'));
  const fields = new Map(Object.entries(described as object));
  return {
    appPath,
    main: join(appPath, textOf(fields.get('main')) ?? 'index.js'),
    name: textOf(fields.get('productName')) ?? textOf(fields.get('name')) ?? 'Electron',
    version: textOf(fields.get('version')) ?? '',
    isPackaged,
    resourcesPath,
  };
}

/** The packaged app beside an executable: `resources/app.asar`, else `resources/app`. */
export function packagedAppBeside(executable: string): string | undefined {
  const resources = join(dirname(executable), 'resources');
  return [join(resources, 'app.asar'), join(resources, 'app')].find((path) => existsSync(path));
}

/** Finds the app that is to run: the packaged one beside the executable, else the one named. */
export function locateApp(executable: string, appPath: string | undefined): AppLocation {
  const resourcesPath = join(dirname(executable), 'resources');
  const packaged = packagedAppBeside(executable);
  if (packaged !== undefined) return describe(packaged, true, resourcesPath);
  if (appPath === undefined) {
    throw new Error(`Name the app to run: ${executable} <folder with a package.json>`);
  }
  const path = realpathSync(resolve(appPath));
  if (statSync(path).isDirectory() || path.endsWith('.asar')) {
    return describe(path, false, resourcesPath);
  }
  const folder = dirname(path);
  return existsSync(join(folder, 'package.json'))
    ? { ...describe(folder, false, resourcesPath), main: path }
    : {
        appPath: folder,
        main: path,
        name: 'Electron',
        version: '',
        isPackaged: false,
        resourcesPath,
      };
}
