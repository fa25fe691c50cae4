import { type PaymentMethodId, paymentMethodId } from '../../domain/ids.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardsApi } from '../../ports/cards-api.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger, OutboxRow } from '../../ports/ledger.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type KeyAge, keyOf, notAsked } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import { ordinalOf, pauseMs } from './next-ordinal.ts';
import { later, over } from './settled-work.ts';

export interface CardDetachingOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly cards: CardsApi;
  readonly keys: KeyAge;
  readonly clock: Clock;
  readonly onChange: () => void;
}

/** Takes a removed card off its Customer at Stripe, as often as it takes: it is done when a read says that it is nobody's. */
export class CardDetaching {
  readonly #options: CardDetachingOptions;

  constructor(options: CardDetachingOptions) {
    this.#options = options;
  }

  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { cards, keys } = this.#options;
    const id = paymentMethodId(row.owner);
    const silence = await keys.learn(row, signal);
    if (silence !== null) return later(silence);
    const answer = keys.isOld(row) ? notAsked : await cards.detachCard(id, keyOf(row), signal);
    switch (answer.kind) {
      case 'done':
        return this.#detached(id);
      case 'busy':
      case 'denied':
      case 'unanswered':
        return later(answer);
      case 'refused':
      case 'uncertain':
        return this.#looked(row, id, answer, signal);
    }
  }

  async #looked(
    row: OutboxRow,
    id: PaymentMethodId,
    answer: Answer<null>,
    signal: AbortSignal,
  ): Promise<Settled> {
    const read = await this.#options.cards.readCard(id, signal);
    if (read.kind === 'done') {
      return read.value.customerId === null ? this.#detached(id) : this.#again(row, answer);
    }
    // What Stripe does not know can't be charged.
    return read.kind === 'refused' ? this.#detached(id) : later(read);
  }

  #detached(id: PaymentMethodId): Settled {
    const answer = { kind: 'done', value: null, requestId: undefined } as const;
    return over(answer, (settleRow) => {
      const { ledger, book, onChange } = this.#options;
      ledger.atomically(() => {
        settleRow();
        const card = book.findCard(id);
        if (card !== null) book.saveCard({ ...card, customerId: null });
      });
      onChange();
    });
  }

  #again(row: OutboxRow, answer: Answer<null>): Settled {
    return over(answer, (settleRow) => {
      const { ledger, clock } = this.#options;
      ledger.atomically(() => {
        settleRow();
        const ordinal = ordinalOf(row) + 1;
        const work = { kind: 'card.detach', ordinal, afterMs: pauseMs(ordinal) } as const;
        ledger.enqueue(row.owner, work, clock.nowMs());
      });
    });
  }
}
