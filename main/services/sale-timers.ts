import type { SaleId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { waitOf, type WaitLimits } from '../domain/sale-waits.ts';
import type { Sale } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';

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
    running?.stop.abort();
    this.#running.delete(sale.id);
    if (wait === null) return;

    const stop = new AbortController();
    this.#running.set(sale.id, { token: wait.token, stop });
    this.#clock.sleep(wait.afterMs, stop.signal).then(
      () => {
        this.#running.delete(sale.id);
        this.#onPassed(sale.id, { kind: 'time_passed', wait: wait.name });
      },
      () => {
        // Stopped: another wait, or the end of the kiosk, has taken its place.
      },
    );
  }

  close(): void {
    for (const { stop } of this.#running.values()) stop.abort();
    this.#running.clear();
  }
}
