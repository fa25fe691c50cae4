import type { AttemptId, ReaderId } from '../../domain/ids.ts';
import type { Sale } from '../../domain/sale.ts';
import type { PromptKind, ReaderPrompt } from '../../ports/reader-book.ts';
import type { ReaderFacts } from '../../ports/readers-api.ts';
import { Patience } from './patience.ts';
import type { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { hasSucceeded, isOnReader, underWay } from './what-is-on-it.ts';

/** What came of putting a prompt on a reader. */
export type Placed =
  | { readonly kind: 'placed'; readonly prompt: ReaderPrompt }
  /** `code` is Stripe's, or `reader_in_use` for another till's payment. */
  | { readonly kind: 'not_placed'; readonly code: string }
  /** The PaymentIntent takes no card any more: it is paid, cancelled, or held. */
  | { readonly kind: 'not_payable' }
  /** Nobody wants it any more. */
  | { readonly kind: 'stopped' };

export interface Wanted {
  readonly sale: Sale;
  readonly attemptId: AttemptId;
  readonly readerId: ReaderId;
  readonly kind: PromptKind;
  readonly signal: AbortSignal;
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
  #timeouts = 0;

  constructor(parts: ReaderParts, calls: ReaderCalls, wanted: Wanted) {
    this.#parts = parts;
    this.#calls = calls;
    this.#wanted = wanted;
    this.#patience = new Patience(parts.clock, placingMaxMs, wanted.signal);
  }

  async place(): Promise<Placed> {
    for (;;) {
      const obstacle = await this.#makeFree();
      if (obstacle !== null) return obstacle;
      const prompt = this.#write();
      if (prompt === null) return { kind: 'stopped' };
      const placed = await this.#ask(prompt);
      if (placed !== 'again') return placed;
    }
  }

  /** Null once nothing is on the reader that anybody waits for, or, for a confirmation, once its card is there. */
  async #makeFree(): Promise<Placed | null> {
    for (;;) {
      const seen = await this.#calls.look(this.#wanted.readerId, this.#wanted.signal);
      if (this.#wanted.signal.aborted) return { kind: 'stopped' };
      if (seen.kind === 'refused' || seen.kind === 'denied') return notPlaced(seen.code);
      if (seen.kind === 'done') {
        if (this.#wanted.kind === 'confirm_payment_intent') {
          const isOurs = seen.value.action?.paymentIntentId === this.#wanted.sale.paymentIntent?.id;
          return isOurs ? null : notPlaced('prompt_replaced');
        }
        const ours = this.#whatIsOurs(seen.value);
        if (underWay(seen.value) === null) return null;
        // Whoever put it there is being paid: nothing of theirs is touched.
        if (ours === null) return notPlaced('reader_in_use');
        const withdrawn = await this.#calls.withdraw(ours, this.#wanted.signal);
        if (withdrawn.kind === 'done') continue;
      }
      if (!(await this.#patience.again()))
        return this.#outOfTime('code' in seen ? seen.code : null);
    }
  }

  /** Our prompt that is on the reader, if any; all others that were are seen to be gone. */
  #whatIsOurs(reader: ReaderFacts): ReaderPrompt | null {
    const prompts = this.#parts.book
      .openPrompts()
      .filter((prompt) => prompt.readerId === reader.id);
    for (const prompt of prompts) if (!isOnReader(prompt, reader)) this.#end(prompt, 'seen_gone');
    return prompts.findLast((prompt) => isOnReader(prompt, reader)) ?? null;
  }

  /** On return the sale knows that main leads, and the book what is about to be on the reader. */
  #write(): ReaderPrompt | null {
    const { steps, book, clock } = this.#parts;
    const { sale, attemptId, readerId, kind } = this.#wanted;
    const paymentIntentId = sale.paymentIntent?.id;
    if (paymentIntentId === undefined) return null;
    const written: ReaderPrompt[] = [];
    const write = (): void => {
      const prompt = { readerId, saleId: sale.id, attemptId, paymentIntentId, kind };
      written.push(book.openPrompt(prompt, clock.nowMs()));
    };
    if (kind === 'confirm_payment_intent') {
      write();
      return written.at(-1) ?? null;
    }
    const oneOrTwo = kind === 'process_payment_intent' ? 'one_step' : 'two_step';
    const called = steps.apply(
      sale.id,
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
      const answer = await this.#calls.place(prompt, this.#wanted.signal);
      switch (answer.kind) {
        case 'done':
          return { kind: 'placed', prompt };
        case 'denied':
          return this.#notTaken(prompt, answer.code);
        case 'refused':
          return this.#refused(prompt, answer.code);
        case 'uncertain':
          // Stripe would replay this answer under the key: only a look can tell.
          if ((await this.#lookFor(prompt, 'uncertain')) === 'there') {
            return { kind: 'placed', prompt };
          }
          return (await this.#patience.again()) ? 'again' : this.#outOfTime('uncertain');
        case 'unanswered':
          if (this.#wanted.signal.aborted) return { kind: 'stopped' };
          if ((await this.#lookFor(prompt, null)) === 'there') return { kind: 'placed', prompt };
          break;
        case 'busy':
          break;
      }
      // Not taken, or nobody knows: the same once more, under the same key.
      if (!(await this.#patience.again())) return this.#outOfTime(answer.code);
    }
  }

  async #refused(prompt: ReaderPrompt, code: string): Promise<Placed | 'again'> {
    switch (code) {
      case 'intent_invalid_state':
        this.#end(prompt, code);
        return { kind: 'not_payable' };
      case 'terminal_reader_timeout':
        // Now and then the reader has it all the same.
        if ((await this.#lookFor(prompt, code)) === 'there') return { kind: 'placed', prompt };
        this.#timeouts += 1;
        return this.#timeouts < timeoutsMax ? 'again' : notPlaced(code);
      // A page that has just been told to let go of the reader takes a moment.
      case 'different_integration_mode':
      case 'terminal_reader_busy':
        this.#end(prompt, code);
        return (await this.#patience.again()) ? 'again' : this.#outOfTime(code);
      default:
        return this.#notTaken(prompt, code);
    }
  }

  #notTaken(prompt: ReaderPrompt, code: string): Placed {
    this.#end(prompt, code);
    return notPlaced(code);
  }

  /** What can't be seen stays in the book; what is seen not to be there ends, where `outcome` says how. */
  async #lookFor(prompt: ReaderPrompt, outcome: string | null): Promise<'there' | 'not_there'> {
    const seen = await this.#calls.look(prompt.readerId, this.#wanted.signal);
    if (seen.kind !== 'done') return 'not_there';
    if (isOnReader(prompt, seen.value) || hasSucceeded(prompt, seen.value)) return 'there';
    if (outcome !== null) this.#end(prompt, outcome);
    return 'not_there';
  }

  #outOfTime(code: string | null): Placed {
    return this.#wanted.signal.aborted
      ? { kind: 'stopped' }
      : notPlaced(code ?? 'terminal_reader_busy');
  }

  #end(prompt: ReaderPrompt, outcome: string): void {
    this.#parts.book.endPrompt(prompt.id, outcome, this.#parts.clock.nowMs());
  }
}

function notPlaced(code: string): Placed {
  return { kind: 'not_placed', code };
}
