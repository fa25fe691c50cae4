import type { ReaderId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { ReaderFacts } from '../../ports/readers-api.ts';
import { underWay } from './what-is-on-it.ts';

/** How a reader that main leads was when somebody last looked. A hint for the screens; it forbids nothing. */
export interface SeenReader {
  readonly connection: 'not_connected' | 'connecting' | 'connected';
  readonly payment: 'not_ready' | 'ready' | 'waiting_for_input';
  readonly label: string | null;
  /** Stripe's code when it could not be looked at; null when it could. */
  readonly problem: string | null;
}

const notSeen: SeenReader = {
  connection: 'connecting',
  payment: 'not_ready',
  label: null,
  problem: null,
};

/** What the last look at each reader told. */
export class ReaderHealth {
  readonly #seen = new Map<ReaderId, SeenReader>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  of(id: ReaderId): SeenReader {
    return this.#seen.get(id) ?? notSeen;
  }

  heard(id: ReaderId, answer: Answer<ReaderFacts>): void {
    const was = this.of(id);
    const now = seenIn(answer, was);
    if (JSON.stringify(now) === JSON.stringify(was)) return;
    this.#seen.set(id, now);
    this.#onChange();
  }
}

function seenIn(answer: Answer<ReaderFacts>, was: SeenReader): SeenReader {
  switch (answer.kind) {
    case 'done': {
      const payment = underWay(answer.value) === null ? 'ready' : 'waiting_for_input';
      return { connection: 'connected', payment, label: answer.value.label, problem: null };
    }
    case 'refused':
    case 'denied':
      return { ...was, connection: 'not_connected', payment: 'not_ready', problem: answer.code };
    // Whether Stripe answers at all is told of elsewhere.
    case 'busy':
    case 'uncertain':
    case 'unanswered':
      return was;
  }
}
