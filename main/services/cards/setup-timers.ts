import type { CardSetup } from '../../domain/card-setup.ts';
import type { SetupWait } from '../../domain/card-setup-transition.ts';
import type { SetupId } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { type RunningSetupWait, type SetupLimits, setupWaitOf } from './setup-waits.ts';

/** How long after a wait whose end could not be stored the next try comes, in milliseconds. */
const againMs = 2_000;

/** One reason for every stop: an abort without one makes an error with a stack each time. */
const stopped = new Error('stopped');

/** A clock of our own on every wait of a setup: nothing waits for ever on a reader or on a person. */
export class SetupTimers {
  readonly #clock: Clock;
  readonly #limits: SetupLimits;
  readonly #onPassed: (id: SetupId, wait: SetupWait) => void;
  readonly #running = new Map<
    SetupId,
    { readonly token: string; readonly stop: AbortController }
  >();

  constructor(clock: Clock, limits: SetupLimits, onPassed: (id: SetupId, wait: SetupWait) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onPassed = onPassed;
  }

  /** Starts the wait this setup is now in; one that goes on is left alone, a former one is stopped. */
  follow(setup: CardSetup): void {
    const wait = setupWaitOf(setup, this.#limits);
    const running = this.#running.get(setup.id);
    if (running?.token === wait?.token) return;
    running?.stop.abort(stopped);
    this.#running.delete(setup.id);
    if (wait !== null) this.#begin(setup.id, wait, wait.afterMs);
  }

  close(): void {
    for (const { stop } of this.#running.values()) stop.abort(stopped);
    this.#running.clear();
  }

  #begin(id: SetupId, wait: RunningSetupWait, afterMs: number): void {
    const stop = new AbortController();
    this.#running.set(id, { token: wait.token, stop });
    this.#clock.sleep(afterMs, stop.signal).then(
      () => {
        this.#end(id, wait);
      },
      () => {
        // Stopped: another wait, or the end of the kiosk, has taken its place.
      },
    );
  }

  /** A step that can't be stored now (a full disk) is tried again: the wait must not be lost with it. */
  #end(id: SetupId, wait: RunningSetupWait): void {
    this.#running.delete(id);
    try {
      this.#onPassed(id, wait.name);
    } catch {
      this.#begin(id, wait, againMs);
    }
  }
}
