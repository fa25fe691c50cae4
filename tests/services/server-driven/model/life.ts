import type { Clock } from '../../../../main/ports/clock.ts';

/** What a port of a kiosk that was killed throws. */
export class Killed extends Error {
  constructor() {
    super('this kiosk was killed');
    this.name = 'Killed';
  }
}

/** One run of a kiosk. Killed means that nothing it still does can be seen from outside. */
export class Life {
  readonly name: string;
  /** The moments it has come past, in order. */
  readonly moments: string[] = [];
  #diesAt = Number.POSITIVE_INFINITY;
  #isGone = false;

  constructor(name: string) {
    this.name = name;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** It is killed at the Nth moment from now, counted from 1. */
  dieAt(moment: number): void {
    this.#diesAt = this.moments.length + moment;
  }

  kill(): void {
    this.#isGone = true;
  }

  /** True when it is gone, or goes right here. */
  passes(moment: string): boolean {
    if (this.#isGone) return true;
    this.moments.push(moment);
    if (this.moments.length >= this.#diesAt) this.#isGone = true;
    return this.#isGone;
  }

  mustLive(): void {
    if (this.#isGone) throw new Killed();
  }
}

/** A call that is never answered. */
export function forever<Value>(): Promise<Value> {
  return Promise.withResolvers<Value>().promise;
}

/** The clock of one run: a killed one never wakes. */
export function mortalClock(clock: Clock, life: Life): Clock {
  return {
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
    sleep: async (ms, signal) => {
      try {
        await clock.sleep(ms, signal);
      } finally {
        if (life.isGone) await forever();
      }
    },
  };
}

/** A port of a file: nothing can be read or written through it once its kiosk is gone; `watched` are moments. */
export function mortal<Port extends object>(
  port: Port,
  life: Life,
  watched: readonly (keyof Port & string)[] = [],
): Port {
  const isWatched = new Set<string | symbol>(watched);
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        life.mustLive();
        if (isWatched.has(name) && life.passes(`before ${String(name)}`)) throw new Killed();
        const result: unknown = Reflect.apply(value, target, args);
        if (isWatched.has(name) && life.passes(`after ${String(name)}`)) throw new Killed();
        return result;
      };
    },
  });
}
