import { describe, expect, it } from 'vitest';
import { StaffSession } from '../../main/ipc/staff-session.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';
import { FakePin } from './staff-pin-fake.ts';

function sessionWith(pin: FakePin): { session: StaffSession; clock: VirtualClock } {
  const clock = new VirtualClock();
  return { session: new StaffSession(pin, clock), clock };
}

describe('the staff page in main', () => {
  it('is locked until the right PIN was given', async () => {
    const { session } = sessionWith(new FakePin('2947'));
    expect(session.isUnlocked).toBe(false);

    expect(await session.unlock('1111')).toMatchObject({ result: 'wrong', triesLeft: 4 });
    expect(session.isUnlocked).toBe(false);
    expect(await session.unlock('2947')).toMatchObject({
      result: 'right',
      status: { unlocked: true },
    });

    expect(session.isUnlocked).toBe(true);
  });

  it('opens with the first PIN, and says so', async () => {
    const { session } = sessionWith(new FakePin(null));
    expect(session.status()).toMatchObject({ pin: 'not_set', unlocked: false });

    expect(await session.setPin('2947', null)).toMatchObject({
      result: 'set',
      status: { pin: 'set', unlocked: true },
    });
  });

  it('stays shut when a later PIN is set by nobody it knows', async () => {
    const { session } = sessionWith(new FakePin('2947'));

    expect(await session.setPin('5813', '1111')).toMatchObject({ result: 'wrong' });
    expect(await session.setPin('5813', '2947')).toMatchObject({ result: 'set' });

    expect(session.isUnlocked).toBe(false);
  });

  it('locks after two minutes in which nobody asked for anything', async () => {
    const { session, clock } = sessionWith(new FakePin('2947'));
    await session.unlock('2947');

    await clock.advance(119_999);
    expect(session.isUnlocked).toBe(true);
    await clock.advance(1);

    expect(session.isUnlocked).toBe(false);
  });

  it('counts the two minutes by running time: a clock set on or back neither locks nor unlocks', async () => {
    const { session, clock } = sessionWith(new FakePin('2947'));
    await session.unlock('2947');

    clock.jumpWall(3 * 3_600_000);
    expect(session.isUnlocked).toBe(true);
    clock.jumpWall(-6 * 3_600_000);
    await clock.advance(120_000);

    expect(session.isUnlocked).toBe(false);
  });

  it('stays open for another two minutes with each thing a person does', async () => {
    const { session, clock } = sessionWith(new FakePin('2947'));
    await session.unlock('2947');

    await clock.advance(100_000);
    session.touch();
    await clock.advance(100_000);

    expect(session.isUnlocked).toBe(true);
  });

  it('is not opened again by a touch that came too late', async () => {
    const { session, clock } = sessionWith(new FakePin('2947'));
    await session.unlock('2947');
    await clock.advance(120_000);

    session.touch();

    expect(session.isUnlocked).toBe(false);
  });

  it('locks at once when staff leave or a page is loaded', async () => {
    const { session } = sessionWith(new FakePin('2947'));
    await session.unlock('2947');

    session.lock();

    expect(session.isUnlocked).toBe(false);
  });

  it('says how long a lock-out lasts, and why a PIN is not usable', async () => {
    const pin = new FakePin('2947');
    const { session } = sessionWith(pin);
    for (const tried of ['1', '2', '3', '4']) await session.unlock(tried);

    expect(await session.unlock('5')).toMatchObject({
      result: 'locked_out',
      status: { pin: 'locked_out', lockedForMs: 30_000, unlocked: false },
    });
    pin.override = { kind: 'unusable', problem: { message: 'Delete the file.' } };

    expect(session.status()).toEqual({
      pin: 'unusable',
      lockedForMs: 0,
      unlocked: false,
      sentence: 'Delete the file.',
    });
  });

  it('hands on why a new PIN is too weak', async () => {
    const { session } = sessionWith(new FakePin(null));

    expect(await session.setPin('1', null)).toMatchObject({
      result: 'refused',
      sentence: 'Too short.',
    });
    expect(session.isUnlocked).toBe(false);
  });
});
