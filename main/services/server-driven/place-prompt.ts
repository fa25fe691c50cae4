import type { AttemptId, ReaderId } from '../../domain/ids.ts';
import type { PromptKind, ReaderPrompt } from '../../ports/reader-book.ts';
import type { Errand } from '../../ports/reader-driver.ts';
import type { ReaderAction } from '../../ports/readers-api.ts';
import { objectOf, ownerIdOf } from '../reader-errand.ts';
import { makeFree } from './make-free.ts';
import { Patience } from './patience.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { heardOf, underWay } from './what-is-on-it.ts';

/** What came of putting a prompt on a reader. */
export type Placed =
  | { readonly kind: 'placed'; readonly prompt: ReaderPrompt }
  /** `code` is Stripe's, or `reader_in_use` for another till's payment. */
  | { readonly kind: 'not_placed'; readonly code: string }
  /** The intent takes no card any more: it is paid, kept, cancelled, or held. */
  | { readonly kind: 'not_payable' }
  /** Nobody wants it any more. */
  | { readonly kind: 'stopped' };

export interface Wanted {
  readonly errand: Errand;
  readonly attemptId: AttemptId;
  readonly readerId: ReaderId;
  readonly kind: PromptKind;
  /** Aborts when nobody wants it any more. */
  readonly signal: AbortSignal;
  /** Aborts when the kiosk closes: a call that has left is given up for nothing else, lest it land unseen. */
  readonly closing: AbortSignal;
}

/** Less than the customer waits for the reader to wake (domain/sale-waits.ts). Milliseconds. */
const placingMaxMs = 12_000;
/** A reader that acknowledged nothing this often is taken to be away. */
const timeoutsMax = 2;

/**
 * Puts one prompt on a reader: looks first, writes down what is about to be asked, asks, and looks again whenever the
 * answer does not say whether the reader took it. A new key is used only after such a look (P2).
 * https://docs.stripe.com/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors
 */
export class PromptPlacing {
  readonly #parts: ReaderParts;
  readonly #calls: ReaderCalls;
  readonly #wanted: Wanted;
  readonly #patience: Patience;
  /** What the reader showed before it was asked. */
  #before: ReaderAction | null = null;
  #timeouts = 0;

  constructor(parts: ReaderParts, calls: ReaderCalls, wanted: Wanted) {
    this.#parts = parts;
    this.#calls = calls;
    this.#wanted = wanted;
    this.#patience = new Patience(parts.clock, placingMaxMs, wanted.signal);
  }

  async place(): Promise<Placed> {
    for (;;) {
      const freed = await makeFree(this.#parts, this.#calls, this.#wanted, this.#patience);
      if (this.#wanted.signal.aborted) return { kind: 'stopped' };
      if (freed.kind === 'not_free') return this.#outOfTime(freed.code);
      this.#before = freed.action;
      const prompt = this.#write();
      if (prompt === null) return { kind: 'stopped' };
      const placed = await this.#ask(prompt);
      if (placed !== 'again') return placed;
    }
  }

  /** On return what asks for the card knows that main leads, and the book what is about to be on the reader. */
  #write(): ReaderPrompt | null {
    const { errands, book, clock } = this.#parts;
    const { errand, attemptId, readerId, kind } = this.#wanted;
    const owner = ownerIdOf(errand);
    const object = objectOf(errand);
    if (object === null) return null;
    const written: ReaderPrompt[] = [];
    const write = (): void => {
      const prompt = { readerId, owner, attemptId, object, kind };
      written.push(book.openPrompt(prompt, clock.nowMs()));
    };
    if (kind === 'confirm_payment_intent') {
      write();
      return written.at(-1) ?? null;
    }
    const oneOrTwo = kind === 'collect_payment_method' ? 'two_step' : 'one_step';
    const called = errands.apply(
      owner,
      { kind: 'reader_called', attemptId, steps: oneOrTwo },
      write,
    );
    const prompt = written.at(-1) ?? null;
    if (called !== null || prompt === null) return prompt;
    this.#end(prompt, 'not_wanted');
    return null;
  }

  async #ask(prompt: ReaderPrompt): Promise<Placed | 'again'> {
    for (;;) {
      const answer = await this.#calls.place(prompt, this.#wanted.errand, this.#wanted.closing);
      switch (answer.kind) {
        case 'done':
          return { kind: 'placed', prompt };
        case 'denied':
          return this.#notTaken(prompt, answer.code);
        case 'refused':
          return this.#refused(prompt, answer.code);
        case 'uncertain':
          // Stripe would replay this answer under the key: only a look can tell.
          return this.#unlessTaken(prompt, 'uncertain');
        case 'unanswered':
          if (this.#wanted.signal.aborted) return { kind: 'stopped' };
          if ((await this.#look(prompt)) === 'taken') return { kind: 'placed', prompt };
          break;
        case 'busy':
          break;
      }
      // Not taken, or nobody knows: the same once more, under the same key.
      const over = await this.#beforeRepeat(prompt, answer.code);
      if (over !== null) return over;
    }
  }

  /** Null right after a look that shows that a repeat takes the reader from nobody: others come while we wait. */
  async #beforeRepeat(prompt: ReaderPrompt, code: string): Promise<Placed | null> {
    for (;;) {
      if (!(await this.#patience.again())) return this.#outOfTime(code);
      const seen = await this.#calls.look(prompt.readerId, this.#wanted.signal);
      if (this.#wanted.signal.aborted) return { kind: 'stopped' };
      if (seen.kind !== 'done') continue;
      if (heardOf(prompt, seen.value, this.#before) === 'taken') return { kind: 'placed', prompt };
      const there = underWay(seen.value);
      if (there?.object === prompt.object) return null;
      if (prompt.kind === 'confirm_payment_intent') {
        return { kind: 'not_placed', code: 'prompt_replaced' };
      }
      return there === null ? null : { kind: 'not_placed', code: 'reader_in_use' };
    }
  }

  async #refused(prompt: ReaderPrompt, code: string): Promise<Placed | 'again'> {
    switch (code) {
      case 'intent_invalid_state':
      case 'setup_intent_unexpected_state':
        this.#end(prompt, code);
        return { kind: 'not_payable' };
      case 'terminal_reader_timeout':
        // Now and then the reader has it all the same.
        this.#timeouts += 1;
        return this.#unlessTaken(prompt, code);
      // A page that has just been told to let go of the reader takes a moment.
      case 'different_integration_mode':
      case 'terminal_reader_busy':
        // Perhaps with this very call: an earlier answer to it may have been lost.
        return this.#unlessTaken(prompt, code);
      default:
        return this.#notTaken(prompt, code);
    }
  }

  /** What the reader was seen not to have taken is asked for again, after a pause, under a new key. */
  async #unlessTaken(prompt: ReaderPrompt, code: string): Promise<Placed | 'again'> {
    for (;;) {
      const seen = await this.#look(prompt);
      if (seen === 'taken') return { kind: 'placed', prompt };
      if (seen === 'not_taken') this.#end(prompt, code);
      const mayTry = this.#timeouts < timeoutsMax && (await this.#patience.again());
      if (!mayTry) return this.#outOfTime(code);
      if (seen === 'not_taken') return 'again';
    }
  }

  #notTaken(prompt: ReaderPrompt, code: string): Placed {
    this.#end(prompt, code);
    return { kind: 'not_placed', code };
  }

  /** What can't be seen may be there, and stays in the book. */
  async #look(prompt: ReaderPrompt): Promise<'taken' | 'not_taken' | 'not_seen'> {
    const seen = await this.#calls.look(prompt.readerId, this.#wanted.signal);
    if (seen.kind !== 'done') return 'not_seen';
    return heardOf(prompt, seen.value, this.#before);
  }

  #outOfTime(code: string | null): Placed {
    return this.#wanted.signal.aborted
      ? { kind: 'stopped' }
      : { kind: 'not_placed', code: code ?? 'no_answer' };
  }

  #end(prompt: ReaderPrompt, outcome: string): void {
    this.#parts.book.endPrompt(prompt.id, outcome, this.#parts.clock.nowMs());
  }
}
