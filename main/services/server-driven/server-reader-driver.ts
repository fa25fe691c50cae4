import type { ReaderEffect } from '../../domain/effect.ts';
import type { AttemptId, ReaderId, SaleId } from '../../domain/ids.ts';
import type { ProcessHint, SaleEvent } from '../../domain/sale-event.ts';
import type { Sale } from '../../domain/sale.ts';
import type { PromptKind, ReaderPrompt } from '../../ports/reader-book.ts';
import type { CartDisplay } from '../../ports/readers-api.ts';
import { Nap } from '../nap.ts';
import { idleReader } from './idle-reader.ts';
import { type Placed, PromptPlacing } from './place-prompt.ts';
import { ReaderCalls } from './reader-calls.ts';
import { ReaderLines } from './reader-lines.ts';
import type { ReaderParts } from './reader-parts.ts';
import { TakingOff } from './take-off.ts';
import { watchPrompt } from './watch-prompt.ts';
import type { PromptEnd } from './what-is-on-it.ts';

export interface ServerReaderDriverOptions extends ReaderParts {
  /** The customer is asked once more between the card's reading and its charging. */
  readonly askBeforeCharging: boolean;
  /** Nothing is on this reader: true when another one has been asked instead. */
  readonly onUnavailable: (sale: Sale, attemptId: AttemptId, code: string) => boolean;
}

/** One attempt on one reader, from its prompt to its end. */
interface Run {
  readonly attemptId: AttemptId;
  readonly readerId: ReaderId;
  readonly nap: Nap;
  readonly stop: AbortController;
}

/** One reason for every stop: an abort without one makes an error with a stack each time. */
const stopped = new Error('stopped');

/**
 * Leads readers from main through the payment system's endpoints: one thing at a time on each reader, and everything
 * it may have put there in the book before it is asked for. What a reader tells is a hint, and the sale reads (P4).
 */
export class ServerReaderDriver {
  readonly #options: ServerReaderDriverOptions;
  readonly #calls: ReaderCalls;
  readonly #lines: ReaderLines;
  readonly #takingOff: TakingOff;
  readonly #runs = new Map<AttemptId, Run>();

  constructor(options: ServerReaderDriverOptions) {
    this.#options = options;
    this.#calls = new ReaderCalls(options);
    this.#lines = new ReaderLines(options.log);
    this.#takingOff = new TakingOff(options, this.#calls, this.#lines);
  }

  /** Takes off what a former run of the kiosk left on its readers; the sale hears how that had ended. */
  start(): void {
    for (const prompt of this.#options.book.openPrompts()) {
      const { saleId, attemptId } = prompt;
      this.#takingOff.begin(prompt, (end) => {
        const hint = end === null ? failed('canceled') : hintOf(end);
        this.#tell(saleId, { kind: 'reader_finished', attemptId, hint });
      });
    }
  }

  /** Stops looking. What is on a reader stays there, and in the book: the next run takes it off. */
  async close(): Promise<void> {
    const closed = this.#lines.close();
    for (const { stop } of this.#runs.values()) stop.abort(stopped);
    await closed;
    await this.#takingOff.ended();
  }

  /** An event spoke of this reader: look now. */
  wake(readerId: string): void {
    for (const run of this.#runs.values()) if (run.readerId === readerId) run.nap.wake();
  }

  command(sale: Sale, effect: ReaderEffect, readerId: ReaderId): void {
    const { attemptId } = effect;
    switch (effect.kind) {
      case 'reader.collect':
        this.#begin(sale, attemptId, readerId);
        return;
      case 'reader.process':
        this.#confirm(sale, attemptId, effect.count, readerId);
        return;
      case 'reader.cancel':
        this.withdraw(attemptId);
    }
  }

  /** Takes everything of this attempt off its readers, as soon as it can be. */
  withdraw(attemptId: AttemptId): void {
    this.#runs.get(attemptId)?.stop.abort(stopped);
    for (const prompt of this.#options.book.openPrompts()) {
      if (prompt.attemptId === attemptId) this.#takingOff.begin(prompt);
    }
  }

  #begin(sale: Sale, attemptId: AttemptId, readerId: ReaderId): void {
    const kind = this.#options.askBeforeCharging
      ? 'collect_payment_method'
      : 'process_payment_intent';
    this.#run(attemptId, readerId, async (run) => {
      const placed = await this.#place(sale, kind, run);
      // The same attempt may be at the spare by now: only what became of the PaymentIntent is still of use.
      if (run.stop.signal.aborted && placed.kind !== 'not_payable') return;
      if (placed.kind !== 'placed') {
        this.#notPlaced(sale, attemptId, placed);
        return;
      }
      const { prompt } = placed;
      this.#tell(sale.id, { kind: 'reader_prompted', attemptId });
      const end = await watchPrompt(this.#options, this.#calls, prompt, wait(run));
      if (end !== null) this.#ended(prompt, end);
    });
  }

  #confirm(sale: Sale, attemptId: AttemptId, count: number, readerId: ReaderId): void {
    const answer = (hint: ProcessHint): SaleEvent => {
      return { kind: 'process_answered', attemptId, count, hint };
    };
    this.#run(attemptId, readerId, async (run) => {
      const placed = await this.#place(sale, 'confirm_payment_intent', run);
      if (placed.kind === 'stopped') return;
      if (placed.kind !== 'placed') {
        this.#notConfirmed(sale, attemptId, placed, answer);
        return;
      }
      const { prompt } = placed;
      for (const { id, attemptId: other } of this.#options.book.openPrompts()) {
        if (other === attemptId && id !== prompt.id) this.#close(id, 'confirmed');
      }
      const end = await watchPrompt(this.#options, this.#calls, prompt, wait(run));
      if (end !== null) this.#over(prompt, end, answer(hintOf(end)));
    });
  }

  /** Where the confirmation may have been heard, how it ended is told only once the reader was seen without it. */
  #notConfirmed(
    sale: Sale,
    attemptId: AttemptId,
    placed: Exclude<Placed, { kind: 'placed' | 'stopped' }>,
    answer: (hint: ProcessHint) => SaleEvent,
  ): void {
    const code = placed.kind === 'not_placed' ? placed.code : 'intent_invalid_state';
    const perhaps = this.#options.book
      .openPrompts()
      .findLast((one) => one.attemptId === attemptId && one.kind === 'confirm_payment_intent');
    if (perhaps !== undefined) {
      this.#takingOff.begin(perhaps, (end) => {
        this.#tell(sale.id, answer(end === null ? failed(code) : hintOf(end)));
      });
    }
    this.withdraw(attemptId);
    if (perhaps === undefined) this.#tell(sale.id, answer(failed(code)));
  }

  #place(sale: Sale, kind: PromptKind, run: Run): Promise<Placed> {
    const { attemptId, readerId, stop } = run;
    const closing = this.#lines.signal;
    const wanted = { sale, attemptId, readerId, kind, signal: stop.signal, closing };
    return new PromptPlacing(this.#options, this.#calls, wanted).place();
  }

  /** The end of a prompt and what it means to the sale are one step. */
  #ended(prompt: ReaderPrompt, end: PromptEnd): void {
    const { saleId, attemptId } = prompt;
    // A collected card stays on the reader, and in the book, until it is confirmed or withdrawn.
    if (end.kind === 'collected') {
      const askFirst = this.#options.askBeforeCharging;
      this.#tell(saleId, { kind: 'card_collected', attemptId, askFirst });
      return;
    }
    const wasCanceled = end.kind === 'failed' && end.code === 'customer_canceled';
    this.#over(
      prompt,
      end,
      wasCanceled
        ? { kind: 'collect_failed', attemptId, code: end.code }
        : { kind: 'reader_finished', attemptId, hint: hintOf(end) },
    );
  }

  /** What only the PaymentIntent told of is still on the reader, and in the book until it is seen gone. */
  #over(prompt: ReaderPrompt, end: PromptEnd, event: SaleEvent): void {
    if (end.kind === 'charged') {
      this.#tell(prompt.saleId, event);
      this.#takingOff.begin(prompt);
    } else {
      this.#tell(prompt.saleId, event, () => this.#close(prompt.id, end.kind));
    }
  }

  #notPlaced(sale: Sale, attemptId: AttemptId, placed: Exclude<Placed, { kind: 'placed' }>): void {
    switch (placed.kind) {
      case 'stopped':
        return;
      case 'not_payable':
        // Paid already, or ended: a read tells, and nothing is made anew.
        this.#tell(sale.id, { kind: 'reader_finished', attemptId, hint: unknown });
        return;
      case 'not_placed':
        this.#options.log.write('warn', 'reader.not_taken', { sale: sale.id, code: placed.code });
        // What nobody could see may still be there.
        this.withdraw(attemptId);
        if (this.#options.onUnavailable(sale, attemptId, placed.code)) return;
        this.#tell(sale.id, { kind: 'collect_failed', attemptId, code: placed.code });
    }
  }

  /** Shows the cart on a reader that is this kiosk's alone; on one that is not idle it does nothing. */
  show(readerId: ReaderId, cart: CartDisplay, isWanted: () => boolean): void {
    const { book, readers } = this.#options;
    const { signal } = this.#lines;
    void this.#lines.stand(readerId, async () => {
      const seen = await this.#calls.look(readerId, signal);
      if (seen.kind !== 'done' || !isWanted()) return;
      const idle = idleReader(seen.value, book.openPrompts());
      if (idle !== null) await readers.setReaderDisplay(idle, cart, signal);
    });
  }

  /** A look at a reader, unless somebody who stands before it looks anyway. */
  look(readerId: ReaderId): void {
    if (this.#lines.isBusy(readerId)) return;
    void this.#lines.stand(readerId, () => this.#calls.look(readerId, this.#lines.signal));
  }

  /** Ends what `show` has put there, if it still is. */
  clear(readerId: ReaderId): void {
    const { book, readers } = this.#options;
    const { signal } = this.#lines;
    void this.#lines.stand(readerId, async () => {
      const seen = await this.#calls.look(readerId, signal);
      if (seen.kind !== 'done' || seen.value.action?.kind !== 'set_reader_display') return;
      if (idleReader(seen.value, book.openPrompts()) === null) return;
      await readers.cancelAction(readerId, signal);
    });
  }

  #run(attemptId: AttemptId, readerId: ReaderId, work: (run: Run) => Promise<void>): void {
    const run: Run = {
      attemptId,
      readerId,
      nap: new Nap(this.#options.clock),
      stop: new AbortController(),
    };
    this.#runs.set(attemptId, run);
    void this.#lines.stand(readerId, async () => {
      try {
        if (!run.stop.signal.aborted) await work(run);
      } finally {
        if (this.#runs.get(attemptId) === run) this.#runs.delete(attemptId);
      }
    });
  }

  #tell(saleId: SaleId, event: SaleEvent, alongside?: () => void): void {
    this.#options.steps.apply(saleId, event, alongside);
  }

  #close(promptId: number, outcome: string): void {
    this.#options.book.endPrompt(promptId, outcome, this.#options.clock.nowMs());
  }
}

function wait({ nap, stop }: Run): { readonly nap: Nap; readonly signal: AbortSignal } {
  return { nap, signal: stop.signal };
}

const unknown: ProcessHint = failedWith('intent_invalid_state', null);

function hintOf(end: PromptEnd): ProcessHint {
  switch (end.kind) {
    case 'collected':
    case 'processed':
    case 'charged':
      return { kind: 'processed' };
    case 'replaced':
      return failed('prompt_replaced');
    case 'failed':
      return failed(end.code);
  }
}

/** The reader says that this try is over; what of it reached the bank is read. */
function failed(code: string): ProcessHint {
  return failedWith(code, 'requires_payment_method');
}

function failedWith(code: string, paymentIntentStatus: string | null): ProcessHint {
  return { kind: 'failed', code, declineCode: null, paymentIntentStatus };
}
