import type { WebPreferences } from 'electron';
import { notImplemented } from './not-implemented.ts';

/** What the stand-in's pages always are; a window that asks for anything else is refused. */
const always: readonly (readonly [keyof WebPreferences, boolean])[] = [
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webviewTag', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['javascript', true],
];

/**
 * Fills in Electron's defaults, as `webContents.getLastWebPreferences()` gives them back. Throws
 * for a window less guarded than the stand-in can make: a test must not pass on a guard that the
 * real host would not have had.
 */
export function readWebPreferences(asked: WebPreferences = {}): Readonly<WebPreferences> {
  for (const [name, value] of always) {
    if (asked[name] !== undefined && asked[name] !== value) {
      throw notImplemented(`webPreferences.${name} other than ${String(value)}`);
    }
  }
  return Object.freeze({ ...Object.fromEntries(always), devTools: true, ...asked });
}
