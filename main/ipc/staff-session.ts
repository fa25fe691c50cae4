import type { StaffPinAnswer, StaffStatus } from '../../preload/contract/staff.ts';
import type { Clock } from '../ports/clock.ts';

/** Nobody has asked for anything this long: the page may have been left open. Milliseconds. */
const idleMs = 120_000;

interface LockedOut {
  readonly kind: 'locked_out';
  readonly forMs: number;
}

interface Unusable {
  readonly kind: 'unusable';
  readonly problem: { readonly message: string };
}

interface Wrong {
  readonly kind: 'wrong';
  readonly triesLeft: number;
}

/** The PIN as settings keep it; see settings/staff-pin.ts. */
export interface PinKeeper {
  state(): { readonly kind: 'not_set' } | { readonly kind: 'set' } | LockedOut | Unusable;
  set(
    pin: string,
    current: string | null,
  ): Promise<
    | { readonly kind: 'set' }
    | { readonly kind: 'refused'; readonly sentence: string }
    | Wrong
    | LockedOut
    | Unusable
  >;
  check(
    pin: string,
  ): Promise<
    { readonly kind: 'right' } | { readonly kind: 'not_set' } | Wrong | LockedOut | Unusable
  >;
}

/** Whether staff stand at this kiosk. Kept in main: the page can only ask. */
export class StaffSession {
  readonly #pin: PinKeeper;
  readonly #clock: Clock;
  #lastAskedMs: number | null = null;
  /** Grows with each lock, so that a PIN that was being checked meanwhile opens nothing. */
  #locks = 0;

  constructor(pin: PinKeeper, clock: Clock) {
    this.#pin = pin;
    this.#clock = clock;
  }

  get isUnlocked(): boolean {
    if (this.#lastAskedMs === null) return false;
    return this.#clock.monotonicMs() - this.#lastAskedMs < idleMs;
  }

  /** A person did something: the page stays open for another while. */
  touch(): void {
    if (this.isUnlocked) this.#lastAskedMs = this.#clock.monotonicMs();
  }

  /** Staff have left, or a page was loaded that nobody has unlocked. */
  lock(): void {
    this.#locks += 1;
    this.#lastAskedMs = null;
  }

  status(): StaffStatus {
    const state = this.#pin.state();
    return {
      pin: state.kind,
      lockedForMs: state.kind === 'locked_out' ? state.forMs : 0,
      unlocked: this.isUnlocked,
      sentence: state.kind === 'unusable' ? state.problem.message : null,
    };
  }

  async unlock(pin: string): Promise<StaffPinAnswer> {
    const locks = this.#locks;
    const checked = await this.#pin.check(pin);
    if (checked.kind === 'right') this.#open(locks);
    return this.#answer(checked);
  }

  /** The first PIN opens the page; a later one is changed only by who has opened it and knows the present one. */
  async setPin(pin: string, current: string | null): Promise<StaffPinAnswer> {
    const locks = this.#locks;
    const isFirst = this.#pin.state().kind === 'not_set';
    const set = await this.#pin.set(pin, current);
    if (set.kind === 'set' && isFirst) this.#open(locks);
    return this.#answer(set);
  }

  /** The page that asked must still be there: one that was loaded meanwhile has seen no PIN. */
  #open(locks: number): void {
    if (locks === this.#locks) this.#lastAskedMs = this.#clock.monotonicMs();
  }

  #answer(
    answer: Awaited<ReturnType<PinKeeper['check']>> | Awaited<ReturnType<PinKeeper['set']>>,
  ): StaffPinAnswer {
    const status = this.status();
    return {
      result: answer.kind,
      triesLeft: answer.kind === 'wrong' ? answer.triesLeft : null,
      sentence: answer.kind === 'refused' ? answer.sentence : status.sentence,
      status,
    };
  }
}
