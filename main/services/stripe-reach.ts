import type { Answer } from '../ports/payments-api.ts';

/** How the last real calls to the payment system went. Learned from calls, never from the system's idea of "online". */
export type Reach = 'not_tried' | 'reached' | 'unreachable' | 'not_stripe' | 'denied';

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

function reachOf(answer: Answer<unknown>): Reach | null {
  switch (answer.kind) {
    case 'done':
    case 'refused':
    case 'busy':
      return 'reached';
    case 'denied':
      return 'denied';
    case 'uncertain':
      return 'unreachable';
    case 'unanswered':
      if (answer.code === 'aborted') return null;
      return answer.code === 'no_answer' ? 'unreachable' : 'not_stripe';
  }
}
