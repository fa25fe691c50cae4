import type { Answer } from '../ports/payments-api.ts';

/** How the last real calls to the payment system went. Learned from calls, never from the system's idea of "online". */
export type Reach =
  | 'not_tried'
  | 'reached'
  | 'unreachable'
  /** What answers is not the payment system. */
  | 'not_stripe'
  /** The key or token is not valid, or has expired. */
  | 'denied'
  /** It is valid, and may not do this. */
  | 'forbidden';

export class StripeReach {
  #reach: Reach = 'not_tried';
  readonly #onChange: (was: Reach) => void;

  /** `onChange` hears what was known before. */
  constructor(onChange: (was: Reach) => void) {
    this.#onChange = onChange;
  }

  get now(): Reach {
    return this.#reach;
  }

  /** Takes note of an answer; tells when that changes what is known. */
  heard(answer: Answer<unknown>): void {
    const next = reachOf(answer);
    if (next === null || next === this.#reach) return;
    const was = this.#reach;
    this.#reach = next;
    this.#onChange(was);
  }
}

/** Nobody answered at all. */
const silent: ReadonlySet<string> = new Set(['no_answer', 'no_connection', 'not_sent']);

function reachOf(answer: Answer<unknown>): Reach | null {
  switch (answer.kind) {
    case 'done':
    case 'refused':
      return 'reached';
    // Nothing left this computer.
    case 'busy':
      return silent.has(answer.code) ? 'unreachable' : 'reached';
    case 'denied':
      return answer.status === 403 ? 'forbidden' : 'denied';
    case 'uncertain':
      return 'unreachable';
    case 'unanswered':
      if (answer.code === 'aborted') return null;
      return silent.has(answer.code) ? 'unreachable' : 'not_stripe';
  }
}
