import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { resolveElectronHost } from '../support/electron-host.ts';
import { build } from './build.ts';
import { endWithParent } from './end-with-parent.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { projectRoot } from './run-command.ts';

/*
 * Builds and opens the kiosk: on Electron where its binary is or can be downloaded, else on the stand-in, which
 * says so itself. Without a display the demo plays instead.
 */

/** Windows and macOS always have one; elsewhere X or Wayland says so. */
function hasDisplay(): boolean {
  if (process.platform === 'win32' || process.platform === 'darwin') return true;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return (DISPLAY ?? '') !== '' || (WAYLAND_DISPLAY ?? '') !== '';
}

/** Runs a program that shares this terminal; resolves with how it ended. Ctrl+C reaches it, and it is waited for. */
function runToEnd(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: projectRoot, env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => child.kill(signal));
    }
    endWithParent(() => child.kill('SIGTERM'));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 1 : constants.signals[signal]));
    });
  });
}

async function start(): Promise<number> {
  if (!hasDisplay()) {
    console.error('There is no display here: playing the demo without a window instead.');
    return runToEnd(
      process.execPath,
      ['tests/tools/demo.ts', ...process.argv.slice(2)],
      process.env,
    );
  }
  await build();
  let host = await resolveElectronHost({ download: true });
  if (host.kind === 'stand-in') {
    await ensureBrowser();
    host = await resolveElectronHost();
  }
  if (!existsSync(host.executablePath)) throw new Error('Electron is not where it should be.');
  return runToEnd(host.executablePath, [projectRoot, ...process.argv.slice(2)], {
    ...process.env,
    ...host.env,
  });
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
