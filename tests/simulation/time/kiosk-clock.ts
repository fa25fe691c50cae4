import type { Clock } from '../../../main/ports/clock.ts';
import type { Agenda } from './agenda.ts';

/** The machine's wall clock, which people and batteries set wrong; it outlives the process. */
export interface WallClock {
  /** How far it is ahead of true time, in milliseconds. */
  aheadMs: number;
}

/** One for all: making an error with a stack at each wake costs more than the wake. */
const woken = new Error('woken');

/** Time as one run of the kiosk's process sees it. A process that is gone never wakes. */
export class KioskClock implements Clock {
  readonly #agenda: Agenda;
  readonly #wall: WallClock;
  readonly #bootedAtMs: number;
  readonly #isGone: () => boolean;

  constructor(agenda: Agenda, wall: WallClock, isGone: () => boolean) {
    this.#agenda = agenda;
    this.#wall = wall;
    this.#bootedAtMs = agenda.nowMs;
    this.#isGone = isGone;
  }

  nowMs(): number {
    return this.#agenda.nowMs + this.#wall.aheadMs;
  }

  /** Counts from the process's start: what a former run measured says nothing to this one. */
  monotonicMs(): number {
    return this.#agenda.nowMs - this.#bootedAtMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    if (this.#isGone()) return promise;
    if (signal.aborted) {
      reject(woken);
      return promise;
    }
    const appointment = this.#agenda.after(Math.max(1, ms), () => {
      if (this.#isGone()) return;
      signal.removeEventListener('abort', wake);
      resolve(undefined);
    });
    const wake = (): void => {
      appointment.called = false;
      reject(woken);
    };
    signal.addEventListener('abort', wake, { once: true });
    return promise;
  }
}
