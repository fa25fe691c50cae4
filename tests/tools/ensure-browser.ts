import { existsSync } from 'node:fs';
import { findChromium } from '../support/chromium.ts';
import { run } from './run-command.ts';

const advice =
  'The tests need a Chromium. Install one (on Debian: apt-get install chromium) or set FOYER_CHROMIUM to its path.';

/** Finds a Chromium, or installs Debian's when there is none and this user may. Rejects saying what is missing. */
export async function ensureBrowser(): Promise<void> {
  if (found()) return;
  const mayInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!mayInstall) throw new Error(advice);

  process.stderr.write(
    'No Chromium was found: installing Debian’s package (apt-get install chromium).\n',
  );
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  const { code, output } = await run(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', 'chromium'],
    { env },
  );
  if (code !== 0 || !found()) throw new Error(`${advice}\napt-get said:\n${output.slice(-2_000)}`);
}

function found(): boolean {
  try {
    findChromium();
    return true;
  } catch {
    return false;
  }
}
