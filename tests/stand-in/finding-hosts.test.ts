import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { chromiumFlags, findChromium } from '../support/chromium.ts';
import { resolveElectronHost } from '../support/electron-host.ts';
import { environment, fixtureApp } from './launch-fixture.ts';
import { prepareStandIn } from './prepare.ts';
import { readCommandLine } from './src/command-line.ts';

let folder: string;

function placeProgram(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hosts-'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('finds Chromium by its usual names on the PATH', () => {
  const path = placeProgram('google-chrome');

  expect(findChromium({ PATH: folder })).toBe(path);
});

test('takes the Chromium that the environment names before any other', () => {
  placeProgram('chromium');
  const chosen = placeProgram('my-chromium');

  expect(findChromium({ PATH: folder, FOYER_CHROMIUM: chosen })).toBe(chosen);
});

test('says so when the Chromium that the environment names is none', () => {
  expect(() => findChromium({ PATH: folder, FOYER_CHROMIUM: '/nowhere/chromium' })).toThrow(
    'FOYER_CHROMIUM names /nowhere/chromium, which is not a program that can be run.',
  );
});

test('says what to install where there is no Chromium', () => {
  const env = { PATH: join(folder, 'empty'), PLAYWRIGHT_BROWSERS_PATH: join(folder, 'empty') };

  expect(() => findChromium(env)).toThrow('apt-get install chromium');
});

test.runIf(process.platform === 'linux')('shows no window where there is no display', () => {
  expect(chromiumFlags({})).toContain('--headless=new');
  expect(chromiumFlags({ DISPLAY: ':0' })).not.toContain('--headless=new');
});

test("falls back to the stand-in, and says that it is not Electron's own binary", async () => {
  vi.stubEnv('FOYER_HOST', 'stand-in');

  const host = await resolveElectronHost();

  expect(host.kind).toBe('stand-in');
  expect(host.env).toEqual({ ELECTRON_OVERRIDE_DIST_PATH: host.distPath });
  expect(host.executablePath).toBe(join(host.distPath, 'electron'));
});

test("takes Electron's own binary where the environment says it lies", async () => {
  const executablePath = placeProgram('electron');
  vi.stubEnv('FOYER_HOST', '');
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);

  const host = await resolveElectronHost();

  expect(host).toMatchObject({ kind: 'electron', executablePath, distPath: folder });
});

test('refuses a host that it does not know', async () => {
  vi.stubEnv('FOYER_HOST', 'browser');

  await expect(resolveElectronHost()).rejects.toThrow('it may be "electron" or "stand-in"');
});

test('ends with words when its Chromium cannot be run', async () => {
  const standIn = join(await prepareStandIn(), 'electron');
  const { status, stderr } = spawnSync(standIn, [fixtureApp, `--user-data-dir=${folder}`], {
    env: environment({ FOYER_CHROMIUM: '/nowhere/chromium', TMPDIR: folder }),
    encoding: 'utf8',
  });

  expect(status).toBe(1);
  expect(stderr).toContain('FOYER_CHROMIUM names /nowhere/chromium');
});

test('reads the command line that Playwright writes', () => {
  const read = readCommandLine(
    [
      '-r',
      '/loader.js',
      '--no-sandbox',
      '--inspect=0',
      '--remote-debugging-port=0',
      'app',
      '--x=1',
    ],
    false,
  );

  expect(read.preloadModules).toEqual(['/loader.js']);
  expect(read.appPath).toBe('app');
  expect(read.switches.get('x')).toBe('1');
  expect(read.switches.get('remote-debugging-port')).toBe('0');
});
