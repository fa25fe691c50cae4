import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumFlags, findChromium } from '../../support/chromium.ts';
import { CdpConnection } from './cdp.ts';
import { startupUrl } from './startup-window.ts';

/** A running Chromium: the pipe to it, and its own debugging address when one was asked for. */
export interface ChromiumProcess {
  readonly connection: CdpConnection;
  /** Where Chromium itself listens, for the relay; undefined unless `debugging` was asked. */
  readonly debuggerUrl: string | undefined;
  /** Ends Chromium at once. Safe to call twice, and from an exit handler. */
  kill(): void;
}

export interface ChromiumOptions {
  /** A folder of this run's own; everything Chromium writes goes below it. */
  readonly scratch: string;
  readonly switches: readonly string[];
  readonly debugging: boolean;
}

/**
 * A process of its own that waits for this one to end, however it ends, and then takes away what
 * is left of it: Chromium's whole process group, and the run's folder. Chromium's last writes may
 * come while the folder is being removed, or just after, hence the further tries.
 */
function leaveCleaner(chromiumPid: number, scratch: string): void {
  const script =
    'read -r _; kill -KILL -- "-$1" 2>/dev/null; ' +
    'for pause in 0 0.3 1; do sleep $pause; rm -rf -- "$2" 2>/dev/null; done';
  const cleaner = spawn('/bin/sh', ['-c', script, 'sh', String(chromiumPid), scratch], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  cleaner.unref();
}

/** util-linux's setpriv, where it is installed: on nearly every Linux. */
function findSetpriv(): string | undefined {
  return ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));
}

/** Where it can, lets the kernel kill Chromium when this process dies; the cleaner does elsewhere. */
function deathBound(command: string, args: readonly string[]): [string, string[]] {
  const setpriv = findSetpriv();
  return setpriv === undefined
    ? [command, [...args]]
    : [setpriv, ['--pdeathsig', 'KILL', command, ...args]];
}

async function debuggerUrlOf(child: ChildProcess, debugging: boolean): Promise<string | undefined> {
  const stderr = child.stderr;
  if (!stderr) throw new Error('Chromium was started without its stderr.');
  let text = '';
  const found = new Promise<string>((resolve, reject) => {
    stderr.on('data', (chunk: Buffer) => {
      if (process.env['STAND_IN_CHROMIUM_LOG'] !== undefined) process.stderr.write(chunk);
      // Chromium may write for days; only its first words are of interest.
      if (text.length > 65_536) return;
      text += chunk.toString();
      const url = /DevTools listening on (ws:\/\/\S+)/.exec(text)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`Chromium ended at once (exit code ${String(code)}). It said:\n${text}`));
    });
  });
  if (debugging) return found;
  found.catch(() => undefined);
  return undefined;
}

/** On a display the first window is one without tabs and address bar; see startup-window.ts. */
function startupWindow(): readonly string[] {
  const isHeadless = chromiumFlags().includes('--headless=new');
  return isHeadless ? ['--no-startup-window'] : [`--app=${startupUrl}`];
}

/** Starts Chromium so that it dies with this process. Rejects in words when it cannot be started. */
export async function startChromium(options: ChromiumOptions): Promise<ChromiumProcess> {
  const [command, args] = deathBound(findChromium(), [
    ...chromiumFlags(),
    ...options.switches,
    ...startupWindow(),
    '--keep-alive-for-test',
    '--remote-debugging-pipe',
    ...(options.debugging ? ['--remote-debugging-port=0'] : []),
    `--user-data-dir=${join(options.scratch, 'chromium')}`,
  ]);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, TMPDIR: options.scratch },
  });
  const { pid } = child;
  const debuggerUrl = debuggerUrlOf(child, options.debugging);
  if (pid === undefined) {
    await debuggerUrl;
    throw new Error(`${command} could not be started.`);
  }
  leaveCleaner(pid, options.scratch);
  const kill = (): void => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has gone already, which is what was wanted.
    }
    try {
      rmSync(options.scratch, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Chromium was still writing; the cleaner takes the rest.
    }
  };
  process.once('exit', kill);
  const connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const firstAnswer = connection.browser.send('Browser.getVersion');
  firstAnswer.catch(() => undefined);
  const url = await debuggerUrl;
  await firstAnswer;
  return { connection, debuggerUrl: url, kill };
}
