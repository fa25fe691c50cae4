import { faultMessage } from '../domain/fault-message.ts';
import type { Clock } from '../ports/clock.ts';

export interface Rhythm {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** From now to the first time, and from the end of one time to the next; milliseconds. */
  readonly firstMs: number;
  readonly everyMs: number;
  /** Told why one time failed; the next comes all the same. */
  readonly onFault: (why: string) => void;
}

/** Does it again and again until `signal` aborts, and then resolves. Never rejects. */
export async function repeatedly(
  what: () => Promise<void> | void,
  { clock, signal, firstMs, everyMs, onFault }: Rhythm,
): Promise<void> {
  const isOver = (): boolean => signal.aborted;
  for (let waitMs = firstMs; !isOver(); waitMs = everyMs) {
    await clock.sleep(waitMs, signal).catch(() => undefined);
    if (isOver()) return;
    try {
      await what();
    } catch (error) {
      onFault(faultMessage(error));
    }
  }
}
