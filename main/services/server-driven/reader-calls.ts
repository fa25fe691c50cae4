import type { ReaderId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { PromptConfig, ReaderFacts } from '../../ports/readers-api.ts';
import { callRecord } from '../call-record.ts';
import type { ReaderParts } from './reader-parts.ts';

/** The customer may end the prompt on the reader as well; a studio's price has no tip. */
const config: PromptConfig = { customerMayCancel: true, skipTipping: true };

type ReaderAnswer = Answer<ReaderFacts>;

/** Something of a sale that is on a reader, or may be: a prompt, or what a late call has left there (ordinal 0). */
export type OnReader = Pick<ReaderPrompt, 'readerId' | 'saleId' | 'ordinal'>;

/** Calls to a reader. Those that change something are kept in the sale's history with their answer. */
export class ReaderCalls {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  async look(id: ReaderId, signal: AbortSignal): Promise<ReaderAnswer> {
    const answer = await this.#parts.readers.read(id, signal);
    this.#parts.reach.heard(answer);
    this.#parts.health.heard(id, answer);
    return answer;
  }

  /** Makes the call that this prompt was written for, under its key. */
  place(prompt: ReaderPrompt, signal: AbortSignal): Promise<ReaderAnswer> {
    const { readers } = this.#parts;
    const { readerId, paymentIntentId, key } = prompt;
    switch (prompt.kind) {
      case 'process_payment_intent':
        return this.#kept(prompt, 'reader.process_payment_intent', () =>
          readers.processPaymentIntent(readerId, paymentIntentId, config, key, signal),
        );
      case 'collect_payment_method':
        return this.#kept(prompt, 'reader.collect_payment_method', () =>
          readers.collectPaymentMethod(readerId, paymentIntentId, config, key, signal),
        );
      case 'confirm_payment_intent':
        return this.#kept(prompt, 'reader.confirm_payment_intent', () =>
          readers.confirmPaymentIntent(readerId, paymentIntentId, key, signal),
        );
    }
  }

  /** To be called right after a look has shown this very thing on the reader. */
  withdraw(what: OnReader, signal: AbortSignal): Promise<ReaderAnswer> {
    return this.#kept(what, 'reader.cancel_action', () =>
      this.#parts.readers.cancelAction(what.readerId, signal),
    );
  }

  async #kept(
    { readerId, saleId, ordinal }: OnReader,
    kind: Parameters<ReaderParts['ledger']['addReaderCall']>[1],
    call: () => Promise<ReaderAnswer>,
  ): Promise<ReaderAnswer> {
    const { clock, ledger, reach, log } = this.#parts;
    const startedMs = clock.monotonicMs();
    const answer = await call();
    reach.heard(answer);
    const record = callRecord(answer, Math.round(clock.monotonicMs() - startedMs));
    const { outcome, code, status, requestId, durationMs } = record;
    log.write(outcome === 'done' ? 'info' : 'warn', `${kind}.${outcome}`, {
      sale: saleId,
      reader: readerId,
      ordinal,
      durationMs,
      ...(code === null ? {} : { code }),
      ...(status === null ? {} : { status }),
      ...(requestId === null ? {} : { requestId }),
    });
    // A call that was given up because the kiosk closes, or nobody wants it any more, says nothing.
    if (code !== 'aborted') {
      ledger.addReaderCall(saleId, kind, ordinal, record, clock.nowMs());
    }
    return answer;
  }
}
