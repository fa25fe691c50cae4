import path from 'node:path';
import { app } from 'electron';

export interface Paths {
  /** Where everything this kiosk remembers lies. */
  readonly dataDir: string;
  /** The built `main`, `preload` and `renderer`. */
  readonly distDir: string;
  readonly resourcesDir: string;
}

/** Where things are; FOYER_DATA_DIR moves the data. Must run before the single-instance lock, which lies there too. */
export function findPaths(): Paths {
  const chosen = process.env['FOYER_DATA_DIR'];
  if (chosen !== undefined && chosen !== '') app.setPath('userData', path.resolve(chosen));
  const root = app.getAppPath();
  return {
    dataDir: app.getPath('userData'),
    distDir: path.join(root, 'dist'),
    resourcesDir: path.join(root, 'resources'),
  };
}
