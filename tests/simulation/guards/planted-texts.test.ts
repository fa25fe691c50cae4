import { fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guards } from './all-guards.ts';
import { plantedSource } from './plant.ts';

const bundle = new URL('../../../dist/main', import.meta.url).pathname;

describe('planted bugs', () => {
  it.each(guards.map((guard) => [guard.name, guard] as const))(
    'have a text to be planted in: %s',
    (_name, guard) => {
      expect(plantedSource(guard)).not.toBe('');
    },
  );

  it('are at least 25, each with a name of its own', () => {
    expect(guards.length).toBeGreaterThanOrEqual(25);
    expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length);
  });

  it('are noticed: a kiosk that believes the SDK is caught in its first seeds', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const args = ["paid on the SDK's word", '5', '5'];
    const child = fork(new URL('./guard-process.ts', import.meta.url), args, { execArgv: [] });
    child.once('message', resolve);
    child.once('exit', resolve);

    expect(await promise).toMatchObject({ detected: true });
  });
});

describe.skipIf(!existsSync(bundle))('the built kiosk', () => {
  it('holds no switch for a planted bug', () => {
    const built = readdirSync(bundle, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(path.join(bundle, file), 'utf8'))
      .join('\n');

    for (const { name, replacement } of guards) {
      expect(built).not.toContain(name);
      if (replacement.length > 40) expect(built).not.toContain(replacement);
    }
  });
});
