import type { ReaderEvent } from '../../main/training/reader/reader-event.ts';
import type { TrainingReaders } from '../../main/training/reader/training-readers.ts';
import type { AtTheReader } from './scenario.ts';

/** How long a customer fumbles for the card, in milliseconds of the world's clock. */
const fumbleMs = 100;

export interface ReaderEndOptions {
  readonly readers: TrainingReaders;
  readonly atTheReader: readonly AtTheReader[];
  readonly sleep: (ms: number) => Promise<void>;
  /** Another till puts its own payment on the reader. */
  readonly takeReader: () => void;
  readonly tell: (event: ReaderEvent) => void;
}

/** The page's own prompts are told of otherwise. */
function isPromptOfMain(event: ReaderEvent): event is Extract<ReaderEvent, Prompt> {
  return (
    event.type === 'reader_screen' && event.sessionId === null && event.screen === 'present_card'
  );
}

interface Prompt {
  readonly sessionId: string | null;
  readonly readerId: string;
}

/** The reader on the counter and the customer before it. Both outlive the kiosk. */
export class ReaderEnd {
  readonly #options: ReaderEndOptions;
  readonly #canceledHere = new Set<string>();
  #prompts = 0;
  #session: string | null = null;
  #isTaken = false;

  constructor(options: ReaderEndOptions) {
    this.#options = options;
    options.readers.onEvent((event) => {
      if (event.type === 'payment_status' && event.status === 'waiting_for_input') {
        void this.#prompted(event);
      }
      if (isPromptOfMain(event)) {
        void this.#prompted(event);
      }
      // The SDK tells its page of nothing else by itself.
      if (event.type === 'unexpected_disconnect' && event.sessionId === this.#session) {
        options.tell(event);
      }
    });
  }

  async call(session: string, method: string, params: unknown): Promise<unknown> {
    this.#session = session;
    const answer = await this.#options.readers.call(session, method, params);
    const wasCanceledHere = method === 'collectPaymentMethod' && this.#canceledHere.delete(session);
    return wasCanceledHere && 'error' in answer
      ? { error: { code: 'canceled_by_customer', message: 'The customer canceled on the reader.' } }
      : answer;
  }

  /** The page at the other end is gone. */
  hangUp(session: string): void {
    this.#options.readers.endSession(session);
  }

  /** `sessionId` is the page's that asks; null when main does. */
  async #prompted({ sessionId, readerId }: Prompt): Promise<void> {
    const { readers, atTheReader, sleep, takeReader } = this.#options;
    if (this.#isTaken) {
      // That till's own customer stands there.
      this.#isTaken = false;
      await sleep(fumbleMs);
      readers.present(readerId, 'visa');
      return;
    }
    const next = atTheReader[this.#prompts] ?? 'nobody';
    this.#prompts += 1;
    if (next === 'nobody') return;
    await sleep(fumbleMs);
    if (next === 'another_till') {
      this.#isTaken = true;
      takeReader();
    } else if (next !== 'cancels_on_the_reader') {
      readers.present(readerId, next.card);
    } else if (sessionId === null) {
      readers.cancelOnReader(readerId);
    } else {
      this.#canceledHere.add(sessionId);
      readers.cancelCollectPaymentMethod(sessionId);
    }
  }
}
