import type { Refusal } from '../../preload/contract/envelope.ts';
import type { StaffPinAnswer, StaffStatus } from '../../preload/contract/staff.ts';
import type { Timers } from '../state/timers.ts';
import type { StaffCalls, Told } from './staff-calls.ts';

const secondMs = 1_000;

/** What the door shows. `asking`: main has not said yet whether there is a PIN. */
export type DoorFace =
  'asking' | 'choose' | 'enter' | 'locked_out' | 'unusable' | 'refused' | 'open';

/** The door to the staff page: the PIN, its wrong tries and its waits. Main decides; nothing is kept here. */
export class StaffDoor {
  readonly #calls: StaffCalls;
  readonly #timers: Timers;
  readonly #onOpened: () => void;
  #status = $state.raw<StaffStatus | null>(null);
  #answer = $state.raw<StaffPinAnswer | null>(null);
  #refusal = $state.raw<Refusal | null>(null);
  #isOpen = $state(false);
  #wasLocked = $state(false);
  #waiting = $state(false);
  #waitMs = $state(0);
  #timer: number | null = null;
  /** Grows each time the door shuts: an answer to a question from before is not heard. */
  #turn = 0;

  constructor(calls: StaffCalls, timers: Timers, onOpened: () => void) {
    this.#calls = calls;
    this.#timers = timers;
    this.#onOpened = onOpened;
  }

  get face(): DoorFace {
    if (this.#isOpen) return 'open';
    if (this.#refusal !== null) return 'refused';
    if (this.#status === null) return 'asking';
    if (this.#waitMs > 0) return 'locked_out';
    if (this.#status.pin === 'not_set') return 'choose';
    return this.#status.pin === 'unusable' ? 'unusable' : 'enter';
  }

  /** What main said of the last PIN; null before the first. */
  get answer(): StaffPinAnswer | null {
    return this.#answer;
  }

  get refusal(): Refusal | null {
    return this.#refusal;
  }

  /** Main's sentence where the PIN can't be used. */
  get sentence(): string {
    return this.#status?.sentence ?? '';
  }

  /** True when the page was locked under somebody's hands, so that it can say why. */
  get wasLocked(): boolean {
    return this.#wasLocked;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  /** Until the next try is taken, in milliseconds; zero unless locked out. */
  get waitMs(): number {
    return this.#waitMs;
  }

  /** Asks main how the door stands. */
  async look(): Promise<void> {
    const turn = this.#turn;
    const told = await this.#calls.ask('staff:status', {});
    if (turn !== this.#turn) return;
    if (told.kind === 'refused') this.#refusal = told.refusal;
    else this.#stand(told.value);
  }

  /** Tries a PIN. */
  async enter(pin: string): Promise<void> {
    await this.#try(() => this.#calls.ask('staff:unlock', { pin }));
  }

  /** Sets the first PIN, or with `current` another one; true when it is set. */
  async choose(pin: string, current: string | null): Promise<boolean> {
    await this.#try(() => this.#calls.ask('staff:set-pin', { pin, current }));
    return this.#answer?.result === 'set';
  }

  /** Nobody may be behind the door any more. `byItself`: it was not asked for. */
  shut(byItself: boolean): void {
    this.#turn += 1;
    this.#isOpen = false;
    this.#wasLocked = byItself;
    this.forget();
    this.#status = null;
    this.#refusal = null;
    this.#countFrom(0);
  }

  /** What was said of an earlier PIN is not said again. */
  forget(): void {
    this.#answer = null;
  }

  async #try(ask: () => Promise<Told<StaffPinAnswer>>): Promise<void> {
    if (this.#waiting) return;
    const turn = this.#turn;
    this.#waiting = true;
    this.#answer = null;
    const told = await ask();
    this.#waiting = false;
    if (turn !== this.#turn) await this.#lockAgain(told);
    else if (told.kind === 'refused') this.#refusal = told.refusal;
    else {
      this.#answer = told.value;
      this.#stand(told.value.status);
      if (told.value.status.unlocked && !this.#isOpen) this.#open();
    }
  }

  /** Whoever asked has left meanwhile: main must not stay unlocked for the next one. */
  async #lockAgain(told: Told<StaffPinAnswer>): Promise<void> {
    if (told.kind === 'told' && told.value.status.unlocked) await this.#calls.ask('staff:lock', {});
  }

  #open(): void {
    this.#isOpen = true;
    this.#wasLocked = false;
    this.#onOpened();
  }

  #stand(status: StaffStatus): void {
    this.#status = status;
    this.#refusal = null;
    this.#countFrom(status.lockedForMs);
  }

  #countFrom(ms: number): void {
    if (this.#timer !== null) this.#timers.cancel(this.#timer);
    this.#timer = null;
    this.#waitMs = ms;
    if (ms > 0) this.#tick(this.#timers.now() + ms);
  }

  #tick(untilMs: number): void {
    const leftMs = untilMs - this.#timers.now();
    this.#waitMs = Math.max(0, leftMs);
    this.#timer = null;
    // Main keeps the time; when ours is over, main says whether its own is.
    if (leftMs <= 0) void this.look();
    else {
      this.#timer = this.#timers.after(Math.min(secondMs, leftMs), () => {
        this.#tick(untilMs);
      });
    }
  }
}
