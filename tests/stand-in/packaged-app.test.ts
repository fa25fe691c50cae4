import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { createPackageWithOptions } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixtureApp, hookLimitMs, launchFixture } from './launch-fixture.ts';
import { prepareStandIn } from './prepare.ts';

const require = createRequire(import.meta.url);

let folder: string;
let executable: string;

/** Lays the app out as electron-builder does: the host's folder copied, the app in an archive. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stand-in-packaged-'));
  const source = join(folder, 'source');
  const release = join(folder, 'release');
  cpSync(fixtureApp, source, { recursive: true });
  const described = readFileSync(join(source, 'package.json'), 'utf8');
  writeFileSync(join(source, 'package.json'), described.replace('main.ts', 'packaged.ts'));
  const sqlite = dirname(require.resolve('better-sqlite3/package.json'));
  for (const name of ['package.json', 'lib', 'prebuilds']) {
    cpSync(join(sqlite, name), join(source, 'node_modules', 'better-sqlite3', name), {
      recursive: true,
    });
  }
  cpSync(await prepareStandIn(), release, { recursive: true });
  executable = join(release, 'fixture');
  renameSync(join(release, 'electron'), executable);
  mkdirSync(join(release, 'resources'));
  await createPackageWithOptions(source, join(release, 'resources', 'app.asar'), {
    unpack: '*.node',
  });
}, hookLimitMs);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('runs a packaged app from its archive, native module and worker included', async () => {
  const running = await launchFixture({ executablePath: executable });
  const archive = join(folder, 'release', 'resources', 'app.asar');
  const seen = await running.app.evaluate(({ app }) => ({
    isPackaged: app.isPackaged,
    appPath: app.getAppPath(),
    resourcesPath: process.resourcesPath,
    told: globalThis.seen,
  }));
  const state = await running.page.evaluate(() => globalThis.fixture.invoke('echo', 'packaged'));
  await running.close();

  expect(state).toBe('packaged');
  expect(seen).toMatchObject({
    isPackaged: true,
    appPath: archive,
    resourcesPath: dirname(archive),
    told: {
      moduleUrl: `file://${archive}/packaged.ts`,
      pageInSync: '<!doctype html>',
      page: '<!doctype html>',
      row: { sum: 2 },
      answeredByWorker: 'from the worker',
    },
  });
  expect(seen.told.names).toContain('index.html');
});
