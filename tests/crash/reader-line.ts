import type { ReaderEvent } from '../../main/training/reader/reader-event.ts';
import type { FromKiosk } from './messages.ts';

export interface ReaderLineOptions {
  /** Sends, then calls back when the message is with the operating system. */
  readonly send: (message: FromKiosk, sent: () => void) => void;
  readonly reach: (point: string) => void;
}

/**
 * The kiosk's end of the line to a reader that lives in another process, as the real one lives in another box: what it
 * was told goes on when the kiosk is gone.
 */
export class ReaderLine {
  readonly #options: ReaderLineOptions;
  readonly #waiting = new Map<number, { method: string; resolve: (answer: unknown) => void }>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  #calls = 0;

  constructor(options: ReaderLineOptions) {
    this.#options = options;
  }

  call(page: number, method: string, params: unknown): Promise<unknown> {
    const { send, reach } = this.#options;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#calls += 1;
    const id = this.#calls;
    this.#waiting.set(id, { method, resolve });
    reach(`reader ${method} about to leave`);
    send({ kind: 'reader_called', id, page, method, params }, () => {
      reach(`reader ${method} sent`);
    });
    return promise;
  }

  answered(id: number, answer: unknown): void {
    const call = this.#waiting.get(id);
    if (call === undefined) return;
    this.#waiting.delete(id);
    this.#options.reach(`reader ${call.method} answered`);
    call.resolve(answer);
  }

  happened(event: ReaderEvent): void {
    this.#options.reach(`reader told of ${event.type}`);
    for (const listener of this.#listeners) listener(event);
  }

  onEvent(listener: (event: ReaderEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
