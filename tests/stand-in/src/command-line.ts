/** What Electron's command line asks for, as Playwright, npm scripts and shops write it. */
export interface CommandLine {
  /** Modules that must run before the app, from `-r`. */
  readonly preloadModules: readonly string[];
  /** The app's folder or file; undefined when a packaged app runs itself. */
  readonly appPath: string | undefined;
  /** All switches, by lower-case name, the last one of a name winning as in Chromium. */
  readonly switches: Map<string, string>;
}

/** Reads the arguments after the executable's name. A packaged app takes all of them as its own. */
export function readCommandLine(args: readonly string[], isPackaged: boolean): CommandLine {
  const preloadModules: string[] = [];
  const switches = new Map<string, string>();
  let appPath: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-r' || arg === '--require') {
      preloadModules.push(args[++at] ?? '');
    } else if (arg === '--') {
      break;
    } else if (arg.startsWith('--')) {
      const [, name = '', value = ''] = /^--([^=]*)=?([^]*)$/.exec(arg) ?? [];
      switches.set(name.toLowerCase(), value);
    } else if (!arg.startsWith('-') && !isPackaged) {
      appPath ??= arg;
    }
  }
  return { preloadModules, appPath, switches };
}
