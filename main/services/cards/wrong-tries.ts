import type { MemberKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** Tries are counted over this time, and a lock lasts as long. Milliseconds. */
const windowMs = 15 * 60_000;
/** Wrong tries on one number before it is locked; there are 10,000 ends of a phone number. */
const perNumberMax = 5;
/** Wrong tries on any number before all are locked, so that nobody goes through the numbers. */
const anyNumberMax = 20;

/** A try whose outcome is not known yet counts as wrong, so that many at once are not many more. */
export interface CountedTry {
  /** It was right: this number's tries are forgotten. */
  right(): void;
  /** Nobody could tell: it does not count. */
  undecided(): void;
}

interface Try {
  readonly key: MemberKey;
  readonly atMs: number;
}

/**
 * Counts wrong tries to identify oneself. In memory, and bounded: while locked no try is taken, so never more are held
 * than lock everything. By the time this process has run, which nobody at the screen can set.
 */
export class WrongTries {
  readonly #clock: Clock;
  #tries: readonly Try[] = [];
  #allLockedUntilMs = 0;
  readonly #lockedUntilMs = new Map<MemberKey, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How long no try on this number is taken, in milliseconds; 0 when one is. */
  lockedForMs(key: MemberKey): number {
    const nowMs = this.#clock.monotonicMs();
    const untilMs = Math.max(this.#lockedUntilMs.get(key) ?? 0, this.#allLockedUntilMs);
    return Math.max(0, untilMs - nowMs);
  }

  /** Counts a try, as wrong until it is known to be anything else. */
  begin(key: MemberKey): CountedTry {
    const nowMs = this.#clock.monotonicMs();
    this.#forgetOld(nowMs);
    const counted: Try = { key, atMs: nowMs };
    this.#tries = [...this.#tries, counted];
    const ofNumber = this.#tries.filter((other) => other.key === key).length;
    if (ofNumber >= perNumberMax) this.#lockedUntilMs.set(key, nowMs + windowMs);
    const locksAll = this.#tries.length >= anyNumberMax;
    if (locksAll) this.#allLockedUntilMs = nowMs + windowMs;
    return {
      right: () => {
        this.#tries = this.#tries.filter((other) => other.key !== key);
        this.#lockedUntilMs.delete(key);
        if (locksAll) this.#allLockedUntilMs = 0;
      },
      undecided: () => {
        this.#tries = this.#tries.filter((other) => other !== counted);
        if (ofNumber === perNumberMax) this.#lockedUntilMs.delete(key);
        if (locksAll) this.#allLockedUntilMs = 0;
      },
    };
  }

  #forgetOld(nowMs: number): void {
    this.#tries = this.#tries.filter(({ atMs }) => nowMs - atMs < windowMs);
    for (const [key, untilMs] of this.#lockedUntilMs) {
      if (untilMs <= nowMs) this.#lockedUntilMs.delete(key);
    }
  }
}
