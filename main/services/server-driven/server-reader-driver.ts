import { faultMessage } from '../../domain/fault-message.ts';
import type { ReaderEffect } from '../../domain/effect.ts';
import type { AttemptId, ReaderId, SaleId } from '../../domain/ids.ts';
import type { ProcessHint, SaleEvent } from '../../domain/sale-event.ts';
import type { Sale } from '../../domain/sale.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { CartDisplay } from '../../ports/readers-api.ts';
import { Nap } from '../nap.ts';
import { idleReader } from './idle-reader.ts';
import { type Placed, PromptPlacing } from './place-prompt.ts';
import { ReaderCalls } from './reader-calls.ts';
import type { ReaderParts } from './reader-parts.ts';
import { watchPrompt } from './watch-prompt.ts';
import type { PromptEnd } from './what-is-on-it.ts';
import { withdrawPrompt } from './withdraw-prompt.ts';

export interface ServerReaderDriverOptions extends ReaderParts {
  /** The customer is asked once more between the card's reading and its charging. */
  readonly askBeforeCharging: boolean;
  /** Nothing is on this reader: true when another one has been asked instead. */
  readonly onUnavailable: (sale: Sale, attemptId: AttemptId, code: string) => boolean;
}

/** One attempt on one reader, from its prompt to its end. */
interface Run {
  readonly saleId: SaleId;
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
  readonly #lines = new Map<ReaderId, Promise<void>>();
  readonly #runs = new Map<AttemptId, Run>();
  readonly #closing = new AbortController();

  constructor(options: ServerReaderDriverOptions) {
    this.#options = options;
    this.#calls = new ReaderCalls(options);
  }

  /** Takes off what a former run of the kiosk left on its readers. */
  start(): void {
    for (const prompt of this.#options.book.openPrompts()) this.#takeOff(prompt, true);
  }

  /** Stops looking. What is on a reader stays there, and in the book: the next run takes it off. */
  async close(): Promise<void> {
    this.#closing.abort(stopped);
    for (const { stop } of this.#runs.values()) stop.abort(stopped);
    await Promise.all(this.#lines.values());
  }

  /** An event spoke of this reader: look now. */
  wake(readerId: string): void {
    for (const run of this.#runs.values()) if (run.readerId === readerId) run.nap.wake();
  }

  /** True while a prompt of ours is, or may be, on the reader. */
  isUsing(readerId: ReaderId): boolean {
    return this.#options.book.openPrompts().some((prompt) => prompt.readerId === readerId);
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
      if (prompt.attemptId === attemptId) this.#takeOff(prompt, false);
    }
  }

  #begin(sale: Sale, attemptId: AttemptId, readerId: ReaderId): void {
    const kind = this.#options.askBeforeCharging
      ? 'collect_payment_method'
      : 'process_payment_intent';
    this.#run({ sale, attemptId, readerId }, async (run) => {
      const wanted = { sale, attemptId, readerId, kind, signal: run.stop.signal } as const;
      const placed = await new PromptPlacing(this.#options, this.#calls, wanted).place();
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
    const kind = 'confirm_payment_intent';
    const answer = (hint: ProcessHint, alongside?: () => void): void => {
      this.#tell(sale.id, { kind: 'process_answered', attemptId, count, hint }, alongside);
    };
    this.#run({ sale, attemptId, readerId }, async (run) => {
      const wanted = { sale, attemptId, readerId, kind, signal: run.stop.signal } as const;
      const placed = await new PromptPlacing(this.#options, this.#calls, wanted).place();
      if (placed.kind === 'stopped') return;
      if (placed.kind !== 'placed') {
        // Whether it was charged all the same is what the sale finds out; the reader holds no card any more.
        answer(failed(placed.kind === 'not_placed' ? placed.code : 'intent_invalid_state'));
        this.withdraw(attemptId);
        return;
      }
      const { prompt } = placed;
      for (const { id, attemptId: other } of this.#options.book.openPrompts()) {
        if (other === attemptId && id !== prompt.id) this.#close(id, 'confirmed');
      }
      const end = await watchPrompt(this.#options, this.#calls, prompt, wait(run));
      if (end !== null) answer(hintOf(end), () => this.#close(prompt.id, end.kind));
    });
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
    const close = (): void => this.#close(prompt.id, end.kind);
    const wasCanceled = end.kind === 'failed' && end.code === 'customer_canceled';
    if (wasCanceled || prompt.kind === 'collect_payment_method') {
      const code = end.kind === 'failed' ? end.code : 'prompt_replaced';
      this.#tell(saleId, { kind: 'collect_failed', attemptId, code }, close);
    } else {
      this.#tell(saleId, { kind: 'reader_finished', attemptId, hint: hintOf(end) }, close);
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

  /** After whatever is under way on that reader. `isAwaited`: the sale finds out what became of it. */
  #takeOff(prompt: ReaderPrompt, isAwaited: boolean): void {
    const { signal } = this.#closing;
    this.#inLine(prompt.readerId, async () => {
      const end = await withdrawPrompt(this.#options, this.#calls, prompt, signal);
      if (!isAwaited || signal.aborted) return;
      const { saleId, attemptId } = prompt;
      const hint = end === null ? failed('canceled') : hintOf(end);
      this.#tell(saleId, { kind: 'reader_finished', attemptId, hint });
    });
  }

  /** Shows the cart on a reader that is this kiosk's alone; on one that is not idle it does nothing. */
  show(readerId: ReaderId, cart: CartDisplay, isWanted: () => boolean): void {
    const { book, readers } = this.#options;
    const { signal } = this.#closing;
    this.#inLine(readerId, async () => {
      const seen = await this.#calls.look(readerId, signal);
      if (seen.kind !== 'done' || !isWanted()) return;
      const idle = idleReader(seen.value, book.openPrompts());
      if (idle !== null) await readers.setReaderDisplay(idle, cart, signal);
    });
  }

  /** A look at a reader, unless one that is paying on it looks anyway. */
  look(readerId: ReaderId): void {
    if ([...this.#runs.values()].some((run) => run.readerId === readerId)) return;
    this.#inLine(readerId, async () => {
      await this.#calls.look(readerId, this.#closing.signal);
    });
  }

  /** Ends what `show` has put there, if it still is. */
  clear(readerId: ReaderId): void {
    const { book, readers } = this.#options;
    const { signal } = this.#closing;
    this.#inLine(readerId, async () => {
      const seen = await this.#calls.look(readerId, signal);
      if (seen.kind !== 'done' || seen.value.action?.kind !== 'set_reader_display') return;
      if (idleReader(seen.value, book.openPrompts()) === null) return;
      await readers.cancelAction(readerId, signal);
    });
  }

  #run(
    what: Pick<Run, 'attemptId' | 'readerId'> & { readonly sale: Sale },
    work: (run: Run) => Promise<void>,
  ): void {
    const { sale, attemptId, readerId } = what;
    const run: Run = {
      saleId: sale.id,
      attemptId,
      readerId,
      nap: new Nap(this.#options.clock),
      stop: new AbortController(),
    };
    this.#runs.set(attemptId, run);
    this.#inLine(readerId, async () => {
      try {
        if (!run.stop.signal.aborted) await work(run);
      } finally {
        if (this.#runs.get(attemptId) === run) this.#runs.delete(attemptId);
      }
    });
  }

  /** One thing at a time on each reader. */
  #inLine(readerId: ReaderId, work: () => Promise<void>): void {
    const before = this.#lines.get(readerId) ?? Promise.resolve();
    const line = before.then(async () => {
      if (this.#closing.signal.aborted) return;
      await work().catch((error: unknown) => {
        const why = faultMessage(error);
        this.#options.log.write('error', 'reader.fault', { reader: readerId, why });
      });
    });
    this.#lines.set(readerId, line);
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
