import { memberKey } from '../../domain/ids.ts';
import type { Member } from '../../domain/member.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardsApi } from '../../ports/cards-api.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger, OutboxRow } from '../../ports/ledger.ts';
import type { Answer } from '../../ports/payments-api.ts';
import { type KeyAge, keyOf, notAsked } from '../key-age.ts';
import type { Settled } from '../outbox-worker.ts';
import type { Customers } from './customers.ts';
import { ordinalOf, pauseMs } from './next-ordinal.ts';
import { justSettle, later, over, unwanted } from './settled-work.ts';

export interface CustomerUpdatingOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly cards: CardsApi;
  readonly customers: Customers;
  readonly keys: KeyAge;
  readonly clock: Clock;
}

/** Brings a member's details to Stripe: those that are on file now, by the newest row of theirs. */
export class CustomerUpdating {
  readonly #options: CustomerUpdatingOptions;

  constructor(options: CustomerUpdatingOptions) {
    this.#options = options;
  }

  async carryOut(row: OutboxRow, signal: AbortSignal): Promise<Settled> {
    const { ledger, book, cards, customers, keys } = this.#options;
    const key = memberKey(row.owner);
    const member = book.findMember(key);
    // Under one key only one set of details may ever leave: a newer row has the newer ones.
    const isNewest = ledger.lastOrdinal(key, 'customer.update') === ordinalOf(row);
    if (member === null || !isNewest) return unwanted();
    const silence = await keys.learn(row, signal);
    if (silence !== null) return later(silence);
    const customer = await customers.ensure(key, signal);
    if (customer.kind === 'refused') return over(customer, justSettle);
    if (customer.kind !== 'done') return later(customer);
    if (keys.isOld(row)) return this.#again(row, notAsked);

    const { name, email, phone } = member;
    const details = { name, email, phone };
    const answer = await cards.updateCustomer(customer.value, details, keyOf(row), signal);
    switch (answer.kind) {
      case 'done':
        return over(answer, justSettle);
      case 'busy':
      case 'denied':
      case 'unanswered':
        return later(answer);
      case 'uncertain':
        return this.#again(row, answer);
      case 'refused':
        return this.#refused(row, { ...member, customerId: customer.value }, answer);
    }
  }

  #refused(
    row: OutboxRow,
    member: Member,
    answer: Extract<Answer<null>, { kind: 'refused' }>,
  ): Settled {
    switch (answer.code) {
      case 'resource_missing':
        return this.#gone(row, member, answer);
      // The members' keys are the same on every kiosk: another one has used this for what it knew.
      case 'idempotency_error':
        return this.#again(row, answer);
      default:
        return over(answer, justSettle);
    }
  }

  /** The Customer was deleted at Stripe: another is looked for or made. */
  #gone(row: OutboxRow, { key, customerId }: Member, answer: Answer<null>): Settled {
    if (customerId !== null) this.#options.customers.forget(key, customerId);
    return this.#again(row, answer);
  }

  /** Bringing the same details twice does no harm; each try waits longer, an hour in the end. */
  #again(row: OutboxRow, answer: Answer<null>): Settled {
    const ordinal = ordinalOf(row) + 1;
    return over(answer, (settleRow) => {
      const { ledger, clock } = this.#options;
      ledger.atomically(() => {
        settleRow();
        const work = { kind: 'customer.update', ordinal, afterMs: pauseMs(ordinal) } as const;
        ledger.enqueue(row.owner, work, clock.nowMs());
      });
    });
  }
}
