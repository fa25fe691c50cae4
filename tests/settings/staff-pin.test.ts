import { scryptSync } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openStaffPin, type StaffPin } from '../../main/settings/staff-pin.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { settle, VirtualClock } from '../support/fakes/virtual-clock.ts';

const tempFolder = tempFolders();
const minute = 60_000;
const rightPin = '2749';
const wrongPin = '9462';

/** The least work that is taken, so that many tries fit a test. */
const cheap = { cost: 2 ** 14, blockSize: 8, parallelization: 1 };
const salt = Buffer.alloc(16, 7);
const storedPin = {
  ...cheap,
  salt: salt.toString('base64'),
  hash: scryptSync(rightPin, salt, 32, { ...cheap, maxmem: 64 * 1024 * 1024 }).toString('base64'),
};

/** A desk with `rightPin` set and some wrong tries behind it. `restart` is a new process on the same disk. */
function desk(wrongTries = 0) {
  const folder = tempFolder();
  const file = path.join(folder, 'staff-pin.json');
  const clock = new VirtualClock();
  writeFileSync(file, JSON.stringify({ pin: storedPin, wrongTries, waited: false }));
  return {
    folder,
    file,
    clock,
    pin: openStaffPin(folder, clock),
    restart: (nowMs = clock.nowMs()): StaffPin => openStaffPin(folder, new VirtualClock(nowMs)),
    triesOnDisk: () =>
      (JSON.parse(readFileSync(file, 'utf8')) as { wrongTries: number }).wrongTries,
  };
}

async function tryWrong(pin: StaffPin, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await pin.check(wrongPin);
}

it('is not set at first, and is set without a former one', async () => {
  const folder = path.join(tempFolder(), 'new');
  const pin = openStaffPin(folder, new VirtualClock());

  expect(pin.state()).toEqual({ kind: 'not_set' });
  expect(await pin.check(rightPin)).toEqual({ kind: 'not_set' });
  expect(await pin.set(rightPin, null)).toEqual({ kind: 'set' });
  expect(pin.state()).toEqual({ kind: 'set' });
  expect(await pin.check(rightPin)).toEqual({ kind: 'right' });
});

it('is kept as a slow hash that says how it was made, and nowhere as it was entered', async () => {
  const folder = tempFolder();

  await openStaffPin(folder, new VirtualClock()).set('271828182845', null);

  const text = readFileSync(path.join(folder, 'staff-pin.json'), 'utf8');
  expect(text).not.toContain('271828182845');
  expect(JSON.parse(text)).toMatchObject({
    pin: { cost: 32_768, blockSize: 8, parallelization: 3 },
    wrongTries: 0,
  });
});

it('has another salt each time, so that two desks with one PIN do not show it', async () => {
  const [one, other] = [tempFolder(), tempFolder()];
  await openStaffPin(one, new VirtualClock()).set(rightPin, null);
  await openStaffPin(other, new VirtualClock()).set(rightPin, null);

  const hashOf = (folder: string): unknown =>
    (JSON.parse(readFileSync(path.join(folder, 'staff-pin.json'), 'utf8')) as { pin: unknown }).pin;
  expect(hashOf(one)).not.toEqual(hashOf(other));
});

it('is changed only by who knows the present one', async () => {
  const { pin } = desk();

  expect(await pin.set('5813', null)).toMatchObject({ kind: 'refused' });
  expect(await pin.set('5813', wrongPin)).toEqual({ kind: 'wrong', triesLeft: 4 });
  expect(await pin.set('5813', rightPin)).toEqual({ kind: 'set' });
  expect(await pin.check('5813')).toEqual({ kind: 'right' });
});

it('does not use up a try for a new PIN that is too weak', async () => {
  const { pin, triesOnDisk } = desk();

  expect(await pin.set('1234', wrongPin)).toMatchObject({ kind: 'refused' });
  expect(triesOnDisk()).toBe(0);
});

it('counts down the tries, and waits after the fifth wrong one', async () => {
  const { pin } = desk();
  await tryWrong(pin, 3);

  expect(await pin.check(wrongPin)).toEqual({ kind: 'wrong', triesLeft: 1 });
  expect(await pin.check(wrongPin)).toEqual({ kind: 'locked_out', forMs: 30_000 });
  expect(pin.state()).toEqual({ kind: 'locked_out', forMs: 30_000 });
});

it('does not look at the right PIN while it waits', async () => {
  const { pin, clock, triesOnDisk } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(29_999);

  expect(await pin.check(rightPin)).toEqual({ kind: 'locked_out', forMs: 1 });
  expect(triesOnDisk()).toBe(5);
});

it('takes a try when the wait is over, and forgets the wrong ones after a right one', async () => {
  const { pin, clock } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(30_000);

  expect(pin.state()).toEqual({ kind: 'set' });
  expect(await pin.check(rightPin)).toEqual({ kind: 'right' });
  expect(await pin.check(wrongPin)).toEqual({ kind: 'wrong', triesLeft: 4 });
});

it('doubles the wait with each further wrong try, up to a quarter of an hour', async () => {
  const { pin, clock } = desk(4);
  const waits: number[] = [];
  for (let time = 0; time < 8; time += 1) {
    const answer = await pin.check(wrongPin);
    if (answer.kind !== 'locked_out') throw new Error(answer.kind);
    waits.push(answer.forMs / 1_000);
    await clock.advance(answer.forMs);
  }

  expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
});

it('waits again in full when five more were wrong after a right one', async () => {
  const { pin, clock } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(30_000);
  await pin.check(rightPin);
  await tryWrong(pin, 4);

  expect(await pin.check(wrongPin)).toEqual({ kind: 'locked_out', forMs: 30_000 });
});

it.each([
  ['forward', 24 * 60 * minute],
  ['back', -24 * 60 * minute],
])('waits as long when the clock is set %s', async (_direction, jumpMs) => {
  const { pin, clock } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(10_000);

  clock.jumpWall(jumpMs);

  expect(pin.state()).toEqual({ kind: 'locked_out', forMs: 20_000 });
});

it('keeps the count over a restart', async () => {
  const { pin, restart } = desk();
  await tryWrong(pin, 4);

  expect(await restart().check(wrongPin)).toEqual({ kind: 'locked_out', forMs: 30_000 });
});

it.each([
  ['forward', 24 * 60 * minute],
  ['back', -24 * 60 * minute],
  ['by nobody', 0],
])('begins the wait anew after a restart, whether the clock was set %s', async (_how, jumpMs) => {
  const { pin, clock, restart } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(10_000);

  expect(restart(clock.nowMs() + jumpMs).state()).toEqual({
    kind: 'locked_out',
    forMs: 30_000,
  });
});

it('does not begin a wait anew that was seen to its end before the restart', async () => {
  const { pin, clock, restart } = desk(4);
  await tryWrong(pin, 1);
  await clock.advance(30_000);
  expect(pin.state()).toEqual({ kind: 'set' });

  expect(restart().state()).toEqual({ kind: 'set' });
  expect(await restart().check(wrongPin)).toEqual({ kind: 'locked_out', forMs: minute });
});

it('has used up the try of who kills the app before the answer', async () => {
  const { pin, restart, triesOnDisk } = desk(4);

  const answer = pin.check(rightPin);
  await settle();

  expect(triesOnDisk()).toBe(5);
  expect(restart().state()).toEqual({ kind: 'locked_out', forMs: 30_000 });
  await answer;
});

it('shows no wait while a try is being checked that may be right', async () => {
  const { pin } = desk(4);

  const answer = pin.check(rightPin);
  await settle();

  expect(pin.state()).toEqual({ kind: 'set' });
  expect(await answer).toEqual({ kind: 'right' });
});

it('checks one try at a time: many at once are not more tries', async () => {
  const { pin } = desk();

  const answers = await Promise.all(Array.from({ length: 20 }, () => pin.check(wrongPin)));

  expect(answers.map(({ kind }) => kind)).toEqual([
    ...Array<string>(4).fill('wrong'),
    ...Array<string>(16).fill('locked_out'),
  ]);
});

it.each([
  ['empty', ''],
  ['cut off', '{"pin": {'],
  ['another program’s', '{"pin": "2749"}'],
  ['without a count', JSON.stringify({ pin: storedPin })],
  ['with a negative count', JSON.stringify({ pin: storedPin, wrongTries: -9, waited: false })],
  [
    'asking for all memory',
    JSON.stringify({ pin: { ...storedPin, cost: 2 ** 30 }, wrongTries: 0, waited: false }),
  ],
])(
  'that is damaged (%s) is no missing PIN: it says how to choose a new one',
  async (_how, text) => {
    const { file, pin } = desk();
    writeFileSync(file, text);

    const state = pin.state();

    expect(state.kind === 'unusable' && state.problem.message).toMatch(/deletes staff-pin\.json/);
    expect(await pin.check(rightPin)).toMatchObject({ kind: 'unusable' });
    expect(await pin.set('5813', null)).toMatchObject({ kind: 'unusable' });
    expect(readFileSync(file, 'utf8')).toBe(text);
  },
);

it('can be chosen anew when an owner has deleted the file', async () => {
  const { file, pin } = desk(9);
  rmSync(file);

  expect(pin.state()).toEqual({ kind: 'not_set' });
  expect(await pin.set('5813', null)).toEqual({ kind: 'set' });
});

it('takes no try that it can not count', async () => {
  const { file, pin } = desk();
  // The draft of the new file can't be written where a folder lies.
  mkdirSync(`${file}.new`);

  const answer = await pin.check(rightPin);

  expect(answer.kind === 'unusable' && answer.problem.message).toMatch(/can’t be written/);
});
