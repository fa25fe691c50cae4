import { faultMessage } from '../../domain/fault-message.ts';
import type { ReaderId } from '../../domain/ids.ts';
import type { Log } from '../../ports/log.ts';

/** One reason for every stop: an abort without one makes an error with a stack each time. */
const closed = new Error('closed');

/** One line before each reader: one thing at a time is done with it, in the order in which it was asked for. */
export class ReaderLines {
  readonly #log: Log;
  readonly #lines = new Map<ReaderId, Promise<unknown>>();
  readonly #standing = new Map<ReaderId, number>();
  readonly #closing = new AbortController();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Aborts when the lines close. */
  get signal(): AbortSignal {
    return this.#closing.signal;
  }

  /** True while something is done with the reader, or waits for that. */
  isBusy(readerId: ReaderId): boolean {
    return (this.#standing.get(readerId) ?? 0) > 0;
  }

  /** Does the work when its turn comes. Null when it failed, which is logged, or when the lines closed before. */
  stand<Value>(readerId: ReaderId, work: () => Promise<Value>): Promise<Value | null> {
    const before = this.#lines.get(readerId) ?? Promise.resolve();
    this.#standing.set(readerId, (this.#standing.get(readerId) ?? 0) + 1);
    const turn = before.then(async () => {
      try {
        return this.#closing.signal.aborted ? null : await work();
      } catch (error) {
        const why = faultMessage(error);
        this.#log.write('error', 'reader.fault', { reader: readerId, why });
        return null;
      } finally {
        this.#standing.set(readerId, (this.#standing.get(readerId) ?? 1) - 1);
      }
    });
    this.#lines.set(readerId, turn);
    return turn;
  }

  /** Begins nothing more and waits for what is under way, which `signal` ends. */
  async close(): Promise<void> {
    this.#closing.abort(closed);
    await Promise.all(this.#lines.values());
  }
}
