import type { CustomerId, MemberKey } from '../../domain/ids.ts';
import type { Member } from '../../domain/member.ts';
import type { CardBook } from '../../ports/card-book.ts';
import type { CardsApi, CustomerFacts } from '../../ports/cards-api.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Log } from '../../ports/log.ts';
import type { Answer } from '../../ports/payments-api.ts';
import type { KnownTime } from '../known-time.ts';
import { lookForCustomers } from './customer-look.ts';
import { memberKeyOf, newMember } from './new-member.ts';
import { noCall } from './settled-work.ts';
import type { TextHash } from './text-hash.ts';

export interface CustomersOptions {
  readonly ledger: Ledger;
  readonly book: CardBook;
  readonly cards: CardsApi;
  readonly clock: KnownTime;
  readonly log: Log;
  readonly hash: TextHash;
  /** False where the system behind this kiosk has none that this kiosk finds or makes. */
  readonly hasCustomers: boolean;
  /** There is work for the outbox. */
  readonly onEnqueued: () => void;
}

/** Each member's Customer at Stripe: found by the studio's own number, or made, and never made twice. */
export class Customers {
  readonly #options: CustomersOptions;
  readonly #running = new Map<MemberKey, Promise<Answer<CustomerId>>>();

  constructor(options: CustomersOptions) {
    this.#options = options;
  }

  /**
   * The member's Customer: the one that is known, else the oldest that Stripe has, else a new one. When done its id is
   * on disk. Refuses, without a call, a member this kiosk does not know. Whoever asks meanwhile shares the answer.
   */
  async ensure(key: MemberKey, signal: AbortSignal): Promise<Answer<CustomerId>> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const run = this.#ensure(key, signal).finally(() => {
      this.#running.delete(key);
    });
    this.#running.set(key, run);
    return run;
  }

  /**
   * The member with this number: as this kiosk knows them, else as Stripe's Customer has them, taken over into the
   * file. Null when neither knows the number. No Customer is made.
   */
  async find(memberId: string, signal: AbortSignal): Promise<Answer<Member | null>> {
    const { book, ledger, clock, hash } = this.#options;
    const known = book.findMember(memberKeyOf(memberId, hash));
    if (known !== null || !this.#options.hasCustomers) {
      return { kind: 'done', value: known, requestId: undefined };
    }
    const looked = await this.#look(memberId, signal);
    if (looked.kind !== 'done') return looked;
    const facts = looked.value;
    if (facts === null) return { ...looked, value: null };
    const { email, phone } = facts;
    const found = newMember({ memberId, name: facts.name ?? memberId, email, phone }, hash);
    const member: Member = { ...found, customerId: facts.id };
    const value = ledger.atomically(() => {
      // Staff may have added them meanwhile: what they typed goes before.
      const now = book.findMember(member.key);
      const kept = now === null ? member : { ...now, customerId: facts.id };
      this.#takeFromFormer(kept.key, facts.id);
      book.saveMember(kept, clock.nowMs());
      return kept;
    });
    return { ...looked, value };
  }

  /** The Customer that was known is gone at Stripe: the next `ensure` looks anew, and asks under the next key. */
  forget(key: MemberKey, gone: CustomerId): void {
    const { book, ledger, clock } = this.#options;
    ledger.atomically(() => {
      const member = book.findMember(key);
      if (member?.customerId !== gone) return;
      const customerOrdinal = member.customerOrdinal + 1;
      book.saveMember({ ...member, customerId: null, customerOrdinal }, clock.nowMs());
    });
  }

  async #ensure(key: MemberKey, signal: AbortSignal): Promise<Answer<CustomerId>> {
    const member = this.#options.book.findMember(key);
    if (member === null) return noCall('member_unknown');
    if (member.customerId !== null) {
      return { kind: 'done', value: member.customerId, requestId: undefined };
    }
    const found = await this.#found(member, signal);
    if (found.kind !== 'done' || found.value !== null) return asId(found);
    return this.#create(member, signal);
  }

  /** The key is on disk with the member's number before the request leaves (P2), and is as old as it likes to be: a whole look has just shown that nothing was made under it (P3). */
  async #create(member: Member, signal: AbortSignal): Promise<Answer<CustomerId>> {
    const { cards } = this.#options;
    const key = `foyer_${member.key}_create_customer_${member.customerOrdinal}`;
    const answer = await cards.createCustomer(member.memberId, key, signal);
    if (answer.kind === 'done') {
      this.#keep(member.key, answer.value.id, true);
      return { ...answer, value: answer.value.id };
    }
    if (answer.kind !== 'uncertain') return answer;
    // It may have been made all the same, and this very answer is replayed for a day: only a look can tell.
    const found = await this.#found(member, signal);
    if (found.kind !== 'done') return answer;
    if (found.value !== null) return asId(found);
    this.#moveOrdinal(member);
    return answer;
  }

  /** Looks, and keeps what it finds. */
  async #found(member: Member, signal: AbortSignal): Promise<Answer<CustomerFacts | null>> {
    const looked = await this.#look(member.memberId, signal);
    if (looked.kind === 'done' && looked.value !== null) {
      this.#keep(member.key, looked.value.id, false);
    }
    return looked;
  }

  async #look(memberId: string, signal: AbortSignal): Promise<Answer<CustomerFacts | null>> {
    const { cards, clock, log, hash } = this.#options;
    const looked = await lookForCustomers(cards, clock, memberId, signal);
    if (looked.kind !== 'done') return looked;
    const [oldest, ...others] = looked.value;
    if (others.length > 0) {
      const owner = memberKeyOf(memberId, hash);
      log.write('warn', 'customer.several', { owner, count: looked.value.length });
    }
    return { ...looked, value: oldest ?? null };
  }

  /** One that was just made has the number alone: who it is follows, by the outbox. */
  #keep(key: MemberKey, customerId: CustomerId, isNew: boolean): void {
    const { book, ledger, clock, onEnqueued } = this.#options;
    ledger.atomically(() => {
      const member = book.findMember(key);
      if (member === null) return;
      this.#takeFromFormer(key, customerId);
      book.saveMember({ ...member, customerId }, clock.nowMs());
      if (!isNew || ledger.hasOpenWork(key)) return;
      const ordinal = ledger.lastOrdinal(key, 'customer.update') + 1;
      ledger.enqueue(key, { kind: 'customer.update', ordinal, afterMs: 0 }, clock.nowMs());
    });
    if (isNew) onEnqueued();
  }

  /** The studio gave the Customer to another number on Stripe's own pages: whoever had it here is looked for anew. */
  #takeFromFormer(key: MemberKey, customerId: CustomerId): void {
    const former = this.#options.book.memberOfCustomer(customerId);
    if (former !== null && former.key !== key) this.forget(former.key, customerId);
  }

  #moveOrdinal({ key, customerOrdinal }: Member): void {
    const { book, ledger, clock } = this.#options;
    ledger.atomically(() => {
      const member = book.findMember(key);
      if (member?.customerOrdinal !== customerOrdinal) return;
      book.saveMember({ ...member, customerOrdinal: customerOrdinal + 1 }, clock.nowMs());
    });
  }
}

function asId(found: Answer<CustomerFacts | null>): Answer<CustomerId> {
  if (found.kind !== 'done') return found;
  if (found.value === null) return noCall('customer_unknown');
  return { ...found, value: found.value.id };
}
