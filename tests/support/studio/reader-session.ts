import type { TrainingReaders } from '../../../main/training/reader/training-readers.ts';
import type { TrainingChannel } from '../../../renderer/training/training-channel.ts';

let sessions = 0;

/** One page's way to the readers on the counter, which outlive it. */
export class ReaderSession implements TrainingChannel {
  readonly #readers: TrainingReaders;
  readonly #name: string;
  #isCanceledByCustomer = false;

  constructor(readers: TrainingReaders) {
    sessions += 1;
    this.#readers = readers;
    this.#name = `session-${sessions}`;
  }

  async call(method: string, params: unknown): Promise<unknown> {
    const plain: unknown = JSON.parse(JSON.stringify(params ?? null));
    const answer = await this.#readers.call(this.#name, method, plain);
    if (method !== 'collectPaymentMethod' || !this.#isCanceledByCustomer) return answer;
    this.#isCanceledByCustomer = false;
    return 'error' in answer
      ? { error: { code: 'canceled_by_customer', message: 'The customer canceled on the reader.' } }
      : answer;
  }

  onEvent(listener: (event: unknown) => void): () => void {
    return this.#readers.onEvent((event) => {
      if (event.sessionId === this.#name) listener(event);
    });
  }

  /** The customer presses the reader's own cancel button. */
  cancelOnReader(): void {
    this.#isCanceledByCustomer = true;
    this.#readers.cancelCollectPaymentMethod(this.#name);
  }

  /** The page is gone, and with it what it held. */
  end(): void {
    this.#readers.endSession(this.#name);
  }
}
