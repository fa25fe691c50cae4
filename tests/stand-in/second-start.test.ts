import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { environment, fixtureApp, hookLimitMs, launchFixture } from './launch-fixture.ts';
import type { RunningFixture } from './launch-fixture.ts';
import { standInFolder } from './prepare.ts';

let running: RunningFixture;

beforeAll(async () => {
  running = await launchFixture();
}, hookLimitMs);

afterAll(async () => {
  await running.close();
}, hookLimitMs);

async function startAgain(): Promise<{ code: unknown; stderr: string }> {
  const second = spawn(
    join(standInFolder, 'electron'),
    [fixtureApp, `--user-data-dir=${running.userData}`, '--second'],
    { env: environment({ TMPDIR: running.temporary }), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let stderr = '';
  second.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  return { code, stderr };
}

test('hands a second start over to the first, and ends it', async () => {
  const second = await startAgain();

  expect(second.code).toBe(0);
  expect(second.stderr).toContain('another instance is running');
  await expect
    .poll(() =>
      running.app.evaluate(() => globalThis.record.secondStarts.map((argv) => argv.at(-1))),
    )
    .toEqual(['--second']);
});

test('lets a new start in when the one before was killed', async () => {
  const first = await launchFixture();
  onTestFinished(first.remove);
  const ended = new Promise((resolve) => first.app.process().once('exit', resolve));
  first.app.process().kill('SIGKILL');
  await ended;

  const second = spawn(
    join(standInFolder, 'electron'),
    [fixtureApp, `--user-data-dir=${first.userData}`],
    { env: environment({ TMPDIR: first.temporary }), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const isIn = new Promise<boolean>((resolve) => {
    second.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('another instance')) resolve(false);
      if (chunk.toString().includes('is running on the stand-in')) resolve(true);
    });
  });

  expect(await isIn).toBe(true);
  const gone = new Promise((resolve) => second.once('exit', resolve));
  second.kill('SIGTERM');
  expect(await gone).toBe(0);
});
