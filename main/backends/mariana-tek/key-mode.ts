import type { Answer } from '../../ports/payments-api.ts';
import type { MarianaCalls } from './mariana-calls.ts';
import { refusedHere } from '../platform-http/refused-here.ts';

export type Mode = 'test' | 'live';

/** True for a publishable key, or a connection token, of this mode. https://docs.stripe.com/keys */
export function isOfMode(text: string, mode: Mode): boolean {
  return text.startsWith(`pk_${mode}_`) || text.startsWith(`pst_${mode}_`);
}

/** Whether the system's Stripe is of the mode this kiosk was set up for: real money must not move in a trial. */
export class KeyMode {
  readonly #calls: MarianaCalls;
  readonly #mode: Mode;
  #isSeen = false;

  constructor(calls: MarianaCalls, mode: Mode) {
    this.#calls = calls;
    this.#mode = mode;
  }

  /** Null once the configuration has shown a key of our mode; else why not. Asked until then, and not again. */
  async check(signal: AbortSignal): Promise<Exclude<Answer<never>, { kind: 'done' }> | null> {
    if (this.#isSeen) return null;
    const answer = await this.#calls.configuration(null, signal);
    if (answer.kind !== 'done') return answer;
    return this.seen(answer.value.publishableKey) ? null : refusedHere('wrong_mode');
  }

  /** Takes note of a key that the system named; false for one of the other mode. */
  seen(publishableKey: string): boolean {
    this.#isSeen = isOfMode(publishableKey, this.#mode);
    return this.#isSeen;
  }
}
