import type { ReaderEffect } from '../../main/domain/effect.ts';
import type { AttemptId } from '../../main/domain/ids.ts';
import type { ProcessHint, SaleEvent } from '../../main/domain/sale-event.ts';
import type { Choose } from './small-world.ts';

/** What the reader needs of the world it stands in. */
export interface AroundReader {
  readonly choose: Choose;
  readonly tell: (event: SaleEvent) => void;
  /** A card is on its way to the bank. */
  readonly fly: (attemptId: AttemptId) => void;
  /** What is on its way for the attempt gets there, or, lost, never does. */
  readonly settle: (attemptId: AttemptId, how: 'landed' | 'lost') => void;
  readonly isCharged: () => boolean;
}

interface Prompt {
  readonly attemptId: AttemptId;
  readonly doing: 'awaiting_card' | 'charging';
  /** 0 for a card that is charged by the reader itself; else which confirmation. */
  readonly count: number;
  /** Nobody waits for its end any more. */
  readonly isSilent: boolean;
}

/** A reader that main leads. Unlike a page it goes on while the kiosk is away. */
export class LedReader {
  readonly #around: AroundReader;
  readonly #steps: 'one_step' | 'two_step';
  #prompt: Prompt | null = null;

  constructor(around: AroundReader, steps: 'one_step' | 'two_step') {
    this.#around = around;
    this.#steps = steps;
  }

  get isBusy(): boolean {
    return this.#prompt !== null;
  }

  command(effect: ReaderEffect): void {
    const { attemptId } = effect;
    const { fly, tell } = this.#around;
    switch (effect.kind) {
      case 'reader.collect':
        this.#prompt = { attemptId, doing: 'awaiting_card', count: 0, isSilent: false };
        tell({ kind: 'reader_called', attemptId, steps: this.#steps });
        return;
      case 'reader.process':
        this.#prompt = { attemptId, doing: 'charging', count: effect.count, isSilent: false };
        fly(attemptId);
        return;
      case 'reader.cancel':
        // A card that is being charged can't be taken back.
        if (this.#prompt?.doing === 'awaiting_card') this.#prompt = null;
        else if (this.#prompt !== null) this.#prompt = { ...this.#prompt, isSilent: true };
    }
  }

  speak(): void {
    if (this.#prompt === null) return;
    if (this.#prompt.doing === 'charging') this.#chargingEnds(this.#prompt);
    else this.#promptEnds(this.#prompt);
  }

  /** The kiosk was away; perhaps the customer showed a card all the same. It takes off what it finds, or waits. */
  restart(): void {
    const prompt = this.#prompt;
    const { choose, fly, tell } = this.#around;
    const taps = this.#steps === 'one_step' && choose(2) === 1;
    if (prompt?.doing === 'awaiting_card' && taps) {
      fly(prompt.attemptId);
      this.#prompt = { ...prompt, doing: 'charging' };
    }
    tell({ kind: 'restarted' });
    if (prompt === null) return;
    const { attemptId } = prompt;
    if (this.#prompt === null) {
      tell({ kind: 'reader_finished', attemptId, hint: failed('canceled') });
    } else {
      this.#prompt = { ...this.#prompt, count: 0, isSilent: false };
    }
  }

  #promptEnds(prompt: Prompt): void {
    const { choose, fly, tell } = this.#around;
    const { attemptId } = prompt;
    const what = choose(5);
    if (what === 1) {
      tell({ kind: 'reader_prompted', attemptId });
      return;
    }
    this.#prompt = null;
    switch (what) {
      case 0:
        if (this.#steps === 'one_step') {
          this.#prompt = { ...prompt, doing: 'charging' };
          fly(attemptId);
        } else tell({ kind: 'card_collected', attemptId, askFirst: choose(2) === 1 });
        return;
      case 2:
        tell({ kind: 'collect_failed', attemptId, code: 'customer_canceled' });
        return;
      case 3:
        tell({ kind: 'reader_finished', attemptId, hint: failed('prompt_replaced') });
        return;
      default:
        tell({ kind: 'reader_finished', attemptId, hint: failed('card_read_failed') });
    }
  }

  /** What was charged has reached Stripe by then, or was lost on the way; the reader may not have heard which. */
  #chargingEnds({ attemptId, count, isSilent }: Prompt): void {
    const { choose, settle, isCharged, tell } = this.#around;
    this.#prompt = null;
    settle(attemptId, choose(3) === 2 ? 'lost' : 'landed');
    const isDeaf = choose(3) === 2;
    const honest = isCharged() ? processed : failed('card_declined');
    if (isSilent) return;
    const hint = isDeaf ? failed('connection_error') : honest;
    tell(
      count === 0
        ? { kind: 'reader_finished', attemptId, hint }
        : { kind: 'process_answered', attemptId, count, hint },
    );
  }
}

const processed: ProcessHint = { kind: 'processed' };

function failed(code: string): ProcessHint {
  return {
    kind: 'failed',
    code,
    declineCode: null,
    paymentIntentStatus: 'requires_payment_method',
  };
}
