import { assert } from '../../domain/assert.ts';
import { chargeId, paymentIntentId, type ReaderId, setupIntentId } from '../../domain/ids.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { ReaderPrompt } from '../../ports/reader-book.ts';
import type { Errand } from '../../ports/reader-driver.ts';
import type { PromptConfig, ReaderFacts } from '../../ports/readers-api.ts';
import { callRecord } from '../call-record.ts';
import { ownerInLog } from '../reader-errand.ts';
import type { ReaderParts } from './reader-parts.ts';

/** The customer may end the prompt on the reader as well. */
const cancelable = { customerMayCancel: true } as const;

type ReaderAnswer = Answer<ReaderFacts>;

/** Something of ours that is on a reader, or may be: a prompt, or what a late call has left there (ordinal 0). */
export type OnReader = Pick<ReaderPrompt, 'readerId' | 'owner' | 'ordinal'>;

/** Calls to a reader. Those that change something are kept in the history of what asked for the card, with their answer. */
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
  place(prompt: ReaderPrompt, errand: Errand, signal: AbortSignal): Promise<ReaderAnswer> {
    return this.#kept(prompt, `reader.${prompt.kind}`, () => this.#put(prompt, errand, signal));
  }

  #put(prompt: ReaderPrompt, errand: Errand, signal: AbortSignal): Promise<ReaderAnswer> {
    const { readers } = this.#parts;
    const { readerId, object, key } = prompt;
    switch (prompt.kind) {
      case 'process_payment_intent': {
        const config = configOf(errand);
        return readers.processPaymentIntent(readerId, paymentIntentId(object), config, key, signal);
      }
      case 'collect_payment_method': {
        const config = configOf(errand);
        return readers.collectPaymentMethod(readerId, paymentIntentId(object), config, key, signal);
      }
      case 'confirm_payment_intent':
        return readers.confirmPaymentIntent(readerId, paymentIntentId(object), key, signal);
      case 'process_setup_intent':
        return readers.processSetupIntent(readerId, setupIntentId(object), cancelable, key, signal);
      case 'refund_payment': {
        assert(errand.kind === 'refund', 'a refund’s prompt is placed for a refund');
        const refund = { charge: chargeId(object), amount: errand.refund.amount };
        return readers.refundPayment(readerId, refund, cancelable, key, signal);
      }
    }
  }

  /** To be called right after a look has shown this very thing on the reader. */
  withdraw(what: OnReader, signal: AbortSignal): Promise<ReaderAnswer> {
    return this.#kept(what, 'reader.cancel_action', () =>
      this.#parts.readers.cancelAction(what.readerId, signal),
    );
  }

  async #kept(
    { readerId, owner, ordinal }: OnReader,
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
      ...ownerInLog(owner),
      reader: readerId,
      ordinal,
      durationMs,
      ...(code === null ? {} : { code }),
      ...(status === null ? {} : { status }),
      ...(requestId === null ? {} : { requestId }),
    });
    // A call that was given up because the kiosk closes, or nobody wants it any more, says nothing.
    if (code !== 'aborted') {
      ledger.addReaderCall(owner, kind, ordinal, record, clock.nowMs());
    }
    return answer;
  }
}

/** A studio's price has no tip. */
function configOf(errand: Errand): PromptConfig {
  const keepsCard = errand.kind === 'payment' && errand.sale.keeping !== undefined;
  return { ...cancelable, skipTipping: true, keepsCard };
}
