import path from 'node:path';
import type { Clock } from '../ports/clock.ts';
import { SettingsProblem } from './settings-problem.ts';
import { readStoredPin, type StoredPin, writeStoredPin } from './staff-pin-file.ts';
import { hashPin, isPinOf } from './staff-pin-hash.ts';
import { StaffPinLockOut, triesMax } from './staff-pin-lock-out.ts';
import { weaknessOf } from './staff-pin-strength.ts';

/** No try is taken for this many milliseconds. */
interface LockedOut {
  readonly kind: 'locked_out';
  readonly forMs: number;
}

/** The file can't be read or written; `problem.message` tells staff what to do. Selling goes on. */
interface Unusable {
  readonly kind: 'unusable';
  readonly problem: SettingsProblem;
}

interface Wrong {
  readonly kind: 'wrong';
  /** Until tries have to wait; at least 1. */
  readonly triesLeft: number;
}

type Compared = { readonly kind: 'right' } | Wrong | LockedOut;

export type PinState =
  { readonly kind: 'not_set' } | { readonly kind: 'set' } | LockedOut | Unusable;

export type PinChecked = Compared | { readonly kind: 'not_set' } | Unusable;

export type PinSet =
  | { readonly kind: 'set' }
  /** `sentence` says to staff what is wrong with the new PIN, or that the present one is needed. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | Wrong
  | LockedOut
  | Unusable;

/** The PIN that guards the staff page. Nothing here throws or rejects for what a file or a person does. */
export interface StaffPin {
  /** As it stands on disk; while a try is being checked, as it stood before. */
  state(): PinState;
  /** Sets the first PIN, or changes it for whoever knows the `current` one. On `set` it is on disk. */
  set(pin: string, current: string | null): Promise<PinSet>;
  /** A wrong try that brings a wait is answered with `locked_out`. The count is on disk before the answer. */
  check(pin: string): Promise<PinChecked>;
}

/**
 * The PIN in `staff-pin.json`, outside the database, so that a lost database does not unlock the desk. Nothing is
 * read here: a damaged file shuts the staff page when it is asked for, not the kiosk. An owner who forgot the PIN
 * deletes the file; that takes effect at once.
 */
export function openStaffPin(dataDir: string, clock: Clock): StaffPin {
  const file = path.join(dataDir, 'staff-pin.json');
  const lockOut = new StaffPinLockOut(clock);
  let underWay: PinState | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function state(): PinState {
    if (underWay !== null) return underWay;
    try {
      const stored = readStoredPin(file);
      if (stored === null) return { kind: 'not_set' };
      const forMs = lockOut.remainingMs(stored);
      if (forMs > 0) return { kind: 'locked_out', forMs };
      // Kept, so that a restart hours later does not begin the wait anew.
      if (stored.wrongTries >= triesMax && !stored.waited) {
        writeStoredPin(file, { ...stored, waited: true });
      }
      return { kind: 'set' };
    } catch (error) {
      return unusable(error);
    }
  }

  /** Counted as wrong before it is looked at: who kills the app meanwhile has used the try up all the same. */
  async function compare(pin: string, stored: StoredPin): Promise<Compared> {
    const forMs = lockOut.remainingMs(stored);
    if (forMs > 0) return { kind: 'locked_out', forMs };
    const counted = { ...stored, wrongTries: stored.wrongTries + 1, waited: false };
    writeStoredPin(file, counted);
    if (await isPinOf(pin, stored.pin)) {
      writeStoredPin(file, { ...stored, wrongTries: 0, waited: false });
      return { kind: 'right' };
    }
    const waitMs = lockOut.remainingMs(counted);
    if (waitMs > 0) return { kind: 'locked_out', forMs: waitMs };
    return { kind: 'wrong', triesLeft: triesMax - counted.wrongTries };
  }

  async function check(pin: string): Promise<PinChecked> {
    const stored = readStoredPin(file);
    return stored === null ? { kind: 'not_set' } : compare(pin, stored);
  }

  async function set(pin: string, current: string | null): Promise<PinSet> {
    const weakness = weaknessOf(pin);
    if (weakness !== null) return { kind: 'refused', sentence: weakness };
    const stored = readStoredPin(file);
    if (stored !== null) {
      if (current === null) {
        return { kind: 'refused', sentence: 'There is a PIN already. Enter it to change it.' };
      }
      const checked = await compare(current, stored);
      if (checked.kind !== 'right') return checked;
    }
    writeStoredPin(file, { pin: await hashPin(pin), wrongTries: 0, waited: false });
    return { kind: 'set' };
  }

  /** One at a time: two tries at once would both be counted from the same number. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value | Unusable> {
    const turn = last.then(async (): Promise<Value | Unusable> => {
      underWay = state();
      try {
        return await work();
      } catch (error) {
        return unusable(error);
      } finally {
        underWay = null;
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  return {
    state,
    set: (pin, current) => inTurn(() => set(pin, current)),
    check: (pin) => inTurn(() => check(pin)),
  };
}

function unusable(error: unknown): Unusable {
  if (error instanceof SettingsProblem) return { kind: 'unusable', problem: error };
  throw error;
}
