import type { RefundId } from '../../domain/ids.ts';
import type { RefundEvent, RefundWait } from '../../domain/refund-transition.ts';
import type { Refund } from '../../domain/refund.ts';
import type { WaitLimits } from '../../domain/sale-waits.ts';
import type { Clock } from '../../ports/clock.ts';

/** How long after a wait whose end could not be stored the next try comes, in milliseconds. */
const againMs = 2_000;

/** One reason for every stop: an abort without one makes an error with a stack each time. */
const stopped = new Error('stopped');

/** Of a refund in person: how long a reader may take to wake, a customer to show the card, and a reader to be done. */
export type RefundWaitLimits = Pick<
  WaitLimits,
  'wakingReaderMs' | 'awaitingCardMs' | 'authorizingMs'
>;

interface Wait {
  readonly name: RefundWait;
  readonly afterMs: number;
  /** Changes exactly when the wait begins anew. */
  readonly token: string;
}

/** A clock of our own on every wait of a refund in person: nothing waits for ever on a reader or on a customer. */
export class RefundTimers {
  readonly #clock: Clock;
  readonly #limits: RefundWaitLimits;
  readonly #onPassed: (id: RefundId, event: RefundEvent) => void;
  readonly #running = new Map<
    RefundId,
    { readonly token: string; readonly stop: AbortController }
  >();

  constructor(
    clock: Clock,
    limits: RefundWaitLimits,
    onPassed: (id: RefundId, event: RefundEvent) => void,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#onPassed = onPassed;
  }

  /** Starts the wait this refund is now in; one that goes on is left alone, a former one is stopped. */
  follow(refund: Refund): void {
    const wait = waitOf(refund, this.#limits);
    const running = this.#running.get(refund.id);
    if (running?.token === wait?.token) return;
    running?.stop.abort(stopped);
    this.#running.delete(refund.id);
    if (wait === null) return;

    const stop = new AbortController();
    this.#running.set(refund.id, { token: wait.token, stop });
    this.#endLater(refund.id, wait, wait.afterMs, stop);
  }

  close(): void {
    for (const { stop } of this.#running.values()) stop.abort(stopped);
    this.#running.clear();
  }

  #endLater(id: RefundId, wait: Wait, afterMs: number, stop: AbortController): void {
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
  #end(id: RefundId, wait: Wait, stop: AbortController): void {
    this.#running.delete(id);
    try {
      this.#onPassed(id, { kind: 'time_passed', wait: wait.name });
    } catch {
      this.#running.set(id, { token: wait.token, stop });
      this.#endLater(id, wait, againMs, stop);
    }
  }
}

function waitOf({ state, attempt }: Refund, limits: RefundWaitLimits): Wait | null {
  const wait = nameAndLimit(state, attempt, limits);
  if (wait === null) return null;
  return { ...wait, token: [wait.name, attempt?.id, attempt?.atSpare].join('/') };
}

function nameAndLimit(
  state: Refund['state'],
  attempt: Refund['attempt'],
  limits: RefundWaitLimits,
): Omit<Wait, 'token'> | null {
  if (attempt === null) return null;
  if (state === 'processing') return { name: 'processing', afterMs: limits.authorizingMs };
  if (state !== 'presenting') return null;
  return attempt.stage === 'sent'
    ? { name: 'waking_reader', afterMs: limits.wakingReaderMs }
    : { name: 'awaiting_card', afterMs: limits.awaitingCardMs };
}
