/** Switches that are Node's, Electron's or the stand-in's own business, and never Chromium's. */
const kept: ReadonlySet<string> = new Set([
  'inspect',
  'inspect-brk',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'user-data-dir',
  'headless',
  'app',
]);

/** The app's switches as Chromium takes them. It passes over the ones it does not know. */
export function chromiumSwitches(switches: ReadonlyMap<string, string>): string[] {
  return [...switches]
    .filter(([name]) => !kept.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
}
