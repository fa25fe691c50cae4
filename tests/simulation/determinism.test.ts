import { expect, it } from 'vitest';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { type Behind, backends, behinds, drawBehind } from './plan/backend.ts';
import { runSeed } from './run/run-seed.ts';

const folder = tempFolders();

it('runs the same seed in the same way, to the byte', async () => {
  for (const seed of [1, 2, 3]) {
    const first = await runSeed(seed, 8, { folder: folder(), isTraced: true });
    const second = await runSeed(seed, 8, { folder: folder(), isTraced: true });

    expect(second.trace.join('\n')).toBe(first.trace.join('\n'));
    expect(second).toEqual(first);
  }
});

it.each(backends)('does so behind every system: %s', async (backend) => {
  const options = { isTraced: true, backend };
  const first = await runSeed(11, 8, { folder: folder(), ...options });
  const second = await runSeed(11, 8, { folder: folder(), ...options });

  expect(second).toEqual(first);
  expect(first.violations).toEqual([]);
});

it('draws every system, direct Stripe mostly', () => {
  const drawn = Array.from({ length: 400 }, (_, seed) => drawBehind(seed, undefined));
  const times = (behind: Behind): number => drawn.filter((one) => one === behind).length;

  expect(times('direct')).toBeGreaterThan(160);
  for (const behind of behinds) expect(times(behind), behind).toBeGreaterThan(25);
});

it('runs another seed in another way', async () => {
  const one = await runSeed(4, 4, { folder: folder(), isTraced: true });
  const other = await runSeed(5, 4, { folder: folder(), isTraced: true });

  expect(other.trace).not.toEqual(one.trace);
});

it('keeps no trace that nobody asked for, and runs the same without it', async () => {
  const traced = await runSeed(6, 6, { folder: folder(), isTraced: true });
  const untraced = await runSeed(6, 6, { folder: folder(), isTraced: false });

  expect(untraced).toEqual({ ...traced, trace: [] });
});

it('breaks no promise in a few seeds', async () => {
  for (let seed = 1; seed <= 8; seed += 1) {
    const { violations } = await runSeed(seed, 12, { folder: folder(), isTraced: false });

    expect(violations, `seed ${seed}`).toEqual([]);
  }
});
