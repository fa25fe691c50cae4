import { expect, it } from 'vitest';
import { type PinKeeper, StaffSession } from '../../main/ipc/staff-session.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

/** A PIN whose answer comes only when the test says so, as a slow hash does. */
function slowPin(isSet: boolean): { readonly pin: PinKeeper; readonly answer: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    pin: {
      state: () => ({ kind: isSet ? 'set' : 'not_set' }),
      set: () => promise.then(() => ({ kind: 'set' as const })),
      check: () => promise.then(() => ({ kind: 'right' as const })),
    },
    answer: () => {
      resolve(undefined);
    },
  };
}

it('a right PIN opens nothing for a page that was loaded while it was being checked', async () => {
  const { pin, answer } = slowPin(true);
  const session = new StaffSession(pin, new VirtualClock());
  const unlocking = session.unlock('482915');

  session.lock();
  answer();

  expect(await unlocking).toMatchObject({ result: 'right', status: { unlocked: false } });
  expect(session.isUnlocked).toBe(false);
});

it('a first PIN opens nothing for a page that was loaded while it was being stored', async () => {
  const { pin, answer } = slowPin(false);
  const session = new StaffSession(pin, new VirtualClock());
  const setting = session.setPin('482915', null);

  session.lock();
  answer();

  expect(await setting).toMatchObject({ result: 'set', status: { unlocked: false } });
  expect(session.isUnlocked).toBe(false);
});

it('a right PIN opens the desk for the page that gave it', async () => {
  const { pin, answer } = slowPin(true);
  const session = new StaffSession(pin, new VirtualClock());
  const unlocking = session.unlock('482915');

  answer();

  expect(await unlocking).toMatchObject({ result: 'right', status: { unlocked: true } });
  expect(session.isUnlocked).toBe(true);
});
