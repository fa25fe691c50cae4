import type { ReaderEffect } from '../../domain/effect.ts';
import type { AttemptId, ErrandId, ReaderId } from '../../domain/ids.ts';
import type { ReaderEvent } from '../../domain/reader-attempt.ts';
import type { ProcessHint } from '../../domain/sale-event.ts';
import type { PromptKind, ReaderPrompt } from '../../ports/reader-book.ts';
import type { Errand } from '../../ports/reader-driver.ts';
import type { CartDisplay } from '../../ports/readers-api.ts';
import { Nap } from '../nap.ts';
import { ownerIdOf, ownerInLog } from '../reader-errand.ts';
import { idleReader } from './idle-reader.ts';
import { type Placed, PromptPlacing } from './place-prompt.ts';
import { failed, hintOf, unknown } from './prompt-hint.ts';
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
  readonly onUnavailable: (errand: Errand, attemptId: AttemptId, code: string) => boolean;
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
 * it may have put there in the book before it is asked for. What a reader tells is a hint that wakes a read (P4).
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

  /** Takes off what a former run of the kiosk left on its readers; whoever asked for it hears how that had ended. */
  start(): void {
    for (const prompt of this.#options.book.openPrompts()) {
      this.#takingOff.begin(prompt, this.#tellsEnd(prompt));
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

  command(errand: Errand, effect: ReaderEffect, readerId: ReaderId): void {
    const { attemptId } = effect;
    switch (effect.kind) {
      case 'reader.collect':
        this.#begin(errand, attemptId, readerId);
        return;
      case 'reader.process':
        this.#confirm(errand, attemptId, effect.count, readerId);
        return;
      case 'reader.cancel':
        this.cancel(errand, attemptId);
    }
  }

  /** Takes it off its readers. A refund that main has led is told that nothing more comes also where nothing was there. */
  cancel(errand: Errand, attemptId: AttemptId): void {
    const isAnywhere = this.#hasOpen(attemptId);
    this.withdraw(attemptId);
    if (errand.kind !== 'refund' || isAnywhere) return;
    if (errand.refund.attempt?.serverDriven === undefined) return;
    const hint = failed('canceled');
    this.#tell(errand.refund.id, { kind: 'reader_finished', attemptId, hint });
  }

  /** Takes everything of this attempt off its readers, as soon as it can be. */
  withdraw(attemptId: AttemptId): void {
    this.#runs.get(attemptId)?.stop.abort(stopped);
    for (const prompt of this.#options.book.openPrompts()) {
      if (prompt.attemptId !== attemptId) continue;
      // Of a payment and a setup the intent tells it. What a Charge gave back is looked for once nothing more can come.
      const told = prompt.kind === 'refund_payment' ? this.#tellsEnd(prompt) : null;
      this.#takingOff.begin(prompt, told);
    }
  }

  #begin(errand: Errand, attemptId: AttemptId, readerId: ReaderId): void {
    const kind = promptKind(errand, this.#options.askBeforeCharging);
    this.#run(attemptId, readerId, async (run) => {
      const placed = await this.#place(errand, kind, run);
      // The same attempt may be at the spare by now: only what became of the intent is still of use.
      if (run.stop.signal.aborted && placed.kind !== 'not_payable') return;
      if (placed.kind !== 'placed') {
        this.#notPlaced(errand, attemptId, placed);
        return;
      }
      const { prompt } = placed;
      this.#tell(prompt.owner, { kind: 'reader_prompted', attemptId });
      const end = await watchPrompt(this.#options, this.#calls, prompt, wait(run));
      if (end !== null) this.#ended(prompt, end);
    });
  }

  #confirm(errand: Errand, attemptId: AttemptId, count: number, readerId: ReaderId): void {
    const answer = (hint: ProcessHint): ReaderEvent => {
      return { kind: 'process_answered', attemptId, count, hint };
    };
    this.#run(attemptId, readerId, async (run) => {
      const placed = await this.#place(errand, 'confirm_payment_intent', run);
      if (placed.kind === 'stopped') return;
      if (placed.kind !== 'placed') {
        this.#notConfirmed(errand, attemptId, placed, answer);
        return;
      }
      const { prompt } = placed;
      for (const { id, attemptId: other } of this.#options.book.openPrompts()) {
        if (other === attemptId && id !== prompt.id) this.#close(id, 'confirmed');
      }
      const end = await watchPrompt(this.#options, this.#calls, prompt, wait(run));
      if (end !== null) this.#over(prompt, end, answer(hintOf(prompt.kind, end)));
    });
  }

  /** Where the confirmation may have been heard, how it ended is told only once the reader was seen without it. */
  #notConfirmed(
    errand: Errand,
    attemptId: AttemptId,
    placed: Exclude<Placed, { kind: 'placed' | 'stopped' }>,
    answer: (hint: ProcessHint) => ReaderEvent,
  ): void {
    const owner = ownerIdOf(errand);
    const code = placed.kind === 'not_placed' ? placed.code : 'intent_invalid_state';
    const perhaps = this.#options.book
      .openPrompts()
      .findLast((one) => one.attemptId === attemptId && one.kind === 'confirm_payment_intent');
    if (perhaps !== undefined) {
      this.#takingOff.begin(perhaps, (end) => {
        this.#tell(owner, answer(end === null ? failed(code) : hintOf(perhaps.kind, end)));
      });
    }
    this.withdraw(attemptId);
    if (perhaps === undefined) this.#tell(owner, answer(failed(code)));
  }

  #place(errand: Errand, kind: PromptKind, run: Run): Promise<Placed> {
    const { attemptId, readerId, stop } = run;
    const closing = this.#lines.signal;
    const wanted = { errand, attemptId, readerId, kind, signal: stop.signal, closing };
    return new PromptPlacing(this.#options, this.#calls, wanted).place();
  }

  /** The end of a prompt and what it means to whoever asked are one step. */
  #ended(prompt: ReaderPrompt, end: PromptEnd): void {
    const { owner, attemptId } = prompt;
    // A collected card stays on the reader, and in the book, until it is confirmed or withdrawn.
    if (end.kind === 'collected') {
      const askFirst = this.#options.askBeforeCharging;
      this.#tell(owner, { kind: 'card_collected', attemptId, askFirst });
      return;
    }
    const wasCanceled = end.kind === 'failed' && end.code === 'customer_canceled';
    this.#over(
      prompt,
      end,
      wasCanceled
        ? { kind: 'collect_failed', attemptId, code: end.code }
        : { kind: 'reader_finished', attemptId, hint: hintOf(prompt.kind, end) },
    );
  }

  /** What only the intent told of is still on the reader, and in the book until it is seen gone. */
  #over(prompt: ReaderPrompt, end: PromptEnd, event: ReaderEvent): void {
    if (end.kind === 'charged') {
      this.#tell(prompt.owner, event);
      this.#takingOff.begin(prompt);
    } else {
      this.#tell(prompt.owner, event, () => this.#close(prompt.id, end.kind));
    }
  }

  #notPlaced(
    errand: Errand,
    attemptId: AttemptId,
    placed: Exclude<Placed, { kind: 'placed' }>,
  ): void {
    const owner = ownerIdOf(errand);
    switch (placed.kind) {
      case 'stopped':
        return;
      case 'not_payable':
        // Paid already, or ended: a read tells, and nothing is made anew.
        this.#tell(owner, { kind: 'reader_finished', attemptId, hint: unknown });
        return;
      case 'not_placed': {
        const { code } = placed;
        this.#options.log.write('warn', 'reader.not_taken', { ...ownerInLog(owner), code });
        // What nobody could see may still be there. At two readers at once a Charge could be given back twice.
        const mayGiveBack = errand.kind === 'refund' && this.#hasOpen(attemptId);
        this.withdraw(attemptId);
        if (mayGiveBack || this.#options.onUnavailable(errand, attemptId, code)) return;
        this.#tell(owner, { kind: 'collect_failed', attemptId, code });
      }
    }
  }

  #hasOpen(attemptId: AttemptId): boolean {
    return this.#options.book.openPrompts().some((prompt) => prompt.attemptId === attemptId);
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

  /** What asked for the prompt hears how it ended, as soon as nothing of it is on the reader any more. */
  #tellsEnd({ owner, attemptId, kind }: ReaderPrompt): (end: PromptEnd | null) => void {
    return (end) => {
      this.#tell(owner, { kind: 'reader_finished', attemptId, hint: hintOf(kind, end) });
    };
  }

  #tell(owner: ErrandId, event: ReaderEvent, alongside?: () => void): void {
    this.#options.errands.apply(owner, event, alongside);
  }

  #close(promptId: number, outcome: string): void {
    this.#options.book.endPrompt(promptId, outcome, this.#options.clock.nowMs());
  }
}

function wait({ nap, stop }: Run): { readonly nap: Nap; readonly signal: AbortSignal } {
  return { nap, signal: stop.signal };
}

function promptKind(errand: Errand, askBeforeCharging: boolean): PromptKind {
  switch (errand.kind) {
    case 'payment':
      return askBeforeCharging ? 'collect_payment_method' : 'process_payment_intent';
    case 'setup':
      return 'process_setup_intent';
    case 'refund':
      return 'refund_payment';
  }
}
