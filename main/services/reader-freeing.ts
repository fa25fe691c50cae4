import type { PaymentIntentId, ReaderId, SaleId } from '../domain/ids.ts';
import { codeOf } from '../domain/sale.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ReaderBook } from '../ports/reader-book.ts';
import type { ReaderAction, ReadersApi } from '../ports/readers-api.ts';
import { doneSo, type KeepingAnswer, nameOf, noName, refusal } from './keeping-answer.ts';
import { checkWords } from './reader-check-words.ts';
import {
  ownErrand,
  ownSale,
  paymentUse,
  readerUse,
  type ReaderUse,
  type ReaderUseOptions,
  standingAction,
} from './reader-use.ts';
import { paymentIntentOf } from './reader-errand.ts';
import { whyNot, whyUnread } from './reader-words.ts';
import { isLivePayment } from './sale-on-reader.ts';

export interface ReaderFreeingOptions extends ReaderUseOptions {
  readonly readers: Pick<ReadersApi, 'read' | 'cancelAction'>;
  readonly book: Pick<ReaderBook, 'choice' | 'openPrompts' | 'endPrompt'>;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly log: Log;
  /** Asks for a read of the sale's PaymentIntent: what staff were told may be news to the sale. */
  readonly look: (id: SaleId) => void;
}

/** What was found when staff asked how a reader and its payment stand. */
export interface ReaderCheck {
  readonly result: 'read' | 'not_reached';
  readonly use: ReaderUse | null;
  readonly sentence: string;
}

export interface FreeRequest {
  readonly readerId: ReaderId;
  /** What staff were shown on the reader and mean to end; null for what is about no PaymentIntent. */
  readonly paymentIntentId: PaymentIntentId | null;
  readonly by: string;
}

/** What a reader does and what became of the money, read anew; and the end of what hangs on it. Begins no payment. */
export class ReaderFreeing {
  readonly #options: ReaderFreeingOptions;

  constructor(options: ReaderFreeingOptions) {
    this.#options = options;
  }

  /** Reads the reader, then the PaymentIntent of its last action, so that what is said of the money is the newest. */
  async check(id: ReaderId, signal: AbortSignal): Promise<ReaderCheck> {
    const { readers, log } = this.#options;
    const read = await readers.read(id, signal);
    log.write('info', 'reader.checked', { reader: id, outcome: read.kind });
    if (read.kind !== 'done') {
      const sentence = `How the reader stands is not known. ${whyUnread(read)}`;
      return { result: 'not_reached', use: null, sentence };
    }
    const { action } = read.value;
    const standing = await readerUse(read.value, this.#options, signal);
    const last = standing.what === 'nothing' ? paymentIntentOf(action?.object ?? null) : null;
    const use: ReaderUse =
      last === null
        ? standing
        : { ...(await paymentUse(last, this.#options, signal)), what: 'nothing' };
    this.#lookAt(use.paymentIntentId);
    return { result: 'read', use, sentence: checkWords(read.value, use) };
  }

  /**
   * Ends what staff were shown on the reader, if that and nothing else is still there. Never a payment of this kiosk
   * that its customer is paying; never starts one anew. A card that is being charged can't be stopped by anybody.
   */
  async free(request: FreeRequest, signal: AbortSignal): Promise<KeepingAnswer> {
    const { readers, log } = this.#options;
    const { readerId, paymentIntentId } = request;
    if (nameOf(request.by) === null) return noName;
    const read = await readers.read(readerId, signal);
    if (read.kind !== 'done') return refusal(`Nothing was ended. ${whyUnread(read)}`);
    const why = this.#whyNotEnd(standingAction(read.value), paymentIntentId);
    if (why !== null) return refusal(why);

    // Nothing is awaited between the comparison and the call: what was compared is what is ended.
    const answer = await readers.cancelAction(readerId, signal);
    log.write('info', 'reader.free', {
      reader: readerId,
      outcome: answer.kind,
      ...('code' in answer ? { code: answer.code } : {}),
    });
    this.#lookAt(paymentIntentId);
    if (answer.kind === 'done') {
      if (standingAction(answer.value) === null) this.#endPrompts(request);
      return doneSo;
    }
    const isCharging = 'code' in answer && answer.code === 'terminal_reader_busy';
    return refusal(isCharging ? chargingNow : whyNot(answer, 'Stripe did not free the reader.'));
  }

  #whyNotEnd(standing: ReaderAction | null, shown: PaymentIntentId | null): string | null {
    if (standing === null) {
      return 'Stripe shows nothing on the reader any more: there is nothing to end.';
    }
    if (paymentIntentOf(standing.object) !== shown) {
      return 'Something else is on the reader by now, and nothing was ended. Check its status, and decide anew.';
    }
    if (ownErrand(standing, this.#options) !== null) return ownOnIt;
    const sale = shown === null ? null : ownSale(this.#options.ledger, shown);
    return sale !== null && isLivePayment(sale)
      ? `This is sale ${codeOf(sale)}, which is being paid at this kiosk now. Cancel it on the customer’s screen.`
      : null;
  }

  #endPrompts({ readerId, paymentIntentId }: FreeRequest): void {
    const { book, clock } = this.#options;
    for (const prompt of book.openPrompts()) {
      if (prompt.readerId !== readerId) continue;
      if (paymentIntentOf(prompt.object) !== paymentIntentId) continue;
      book.endPrompt(prompt.id, 'freed_by_staff', clock.nowMs());
    }
  }

  #lookAt(id: PaymentIntentId | null): void {
    const sale = id === null ? null : ownSale(this.#options.ledger, id);
    if (sale !== null) this.#options.look(sale.id);
  }
}

const ownOnIt =
  'This kiosk keeps a card or gives money back on the reader now. Stop it where it was begun, at this kiosk.';
const chargingNow =
  'A card is being charged right now, or the reader updates itself: that can’t be ended. Wait until it is done, then check its status.';
