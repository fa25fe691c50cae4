import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent, WaitName } from '../domain/sale-event.ts';
import { waitOf, type WaitLimits } from '../domain/sale-waits.ts';
import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';

/** How long after a wait whose end could not be stored the next try comes, in milliseconds. */
const againMs = 2_000;

/** One reason for every stop: an abort without one makes an error with a stack each time. */
const stopped = new Error('stopped');

interface RunningWait {
  readonly token: string;
  readonly stop: AbortController;
}

/** A clock of our own on every wait of a sale: nothing waits for ever on a reader or on a person. */
export class SaleTimers {
  readonly #clock: Clock;
  readonly #limits: WaitLimits;
  readonly #onPassed: (id: SaleId, event: SaleEvent) => void;
  readonly #running = new Map<SaleId, RunningWait>();

  constructor(clock: Clock, limits: WaitLimits, onPassed: (id: SaleId, event: SaleEvent) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onPassed = onPassed;
  }

  /** Starts the wait this sale is now in; one that goes on is left alone, a former one is stopped. */
  follow(sale: Sale): void {
    const wait = waitOf(sale, this.#limits);
    const running = this.#running.get(sale.id);
    if (running?.token === wait?.token) return;
    running?.stop.abort(stopped);
    this.#running.delete(sale.id);
    if (wait === null) return;

    const stop = new AbortController();
    this.#running.set(sale.id, { token: wait.token, stop });
    this.#endLater(sale.id, wait, wait.afterMs, stop);
  }

  #endLater(
    id: SaleId,
    wait: { readonly name: WaitName; readonly token: string },
    afterMs: number,
    stop: AbortController,
  ): void {
    this.#clock.sleep(afterMs, stop.signal).then(
      () => {
        this.#end(id, wait, stop);
      },
      () => {
        // Stopped: another wait, or the end of the kiosk, has taken its place.
      },
    );
  }

  /** A step that can't be stored now (a full disk) is tried again: the wait must not be lost with it. */
  #end(
    id: SaleId,
    wait: { readonly name: WaitName; readonly token: string },
    stop: AbortController,
  ): void {
    this.#running.delete(id);
    try {
      this.#onPassed(id, { kind: 'time_passed', wait: wait.name });
    } catch {
      this.#running.set(id, { token: wait.token, stop });
      this.#endLater(id, wait, againMs, stop);
    }
  }

  close(): void {
    for (const { stop } of this.#running.values()) stop.abort(stopped);
    this.#running.clear();
  }
}
