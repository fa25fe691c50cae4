import { type CustomerId, customerId } from '../../../main/domain/ids.ts';
import type { CustomerFacts } from '../../../main/ports/cards-api.ts';
import type { Page } from '../../../main/ports/payments-api.ts';
import type { Agenda } from '../time/agenda.ts';
import { drawnUnit } from '../time/chance.ts';
import type { Actor } from './payment-intents.ts';
import type { Reply } from './reply.ts';

/** Mostly a minute, at worst an hour, passes before a search shows what was made. Milliseconds. */
const searchLagsMs = 60_000;
const searchLagsMaxMs = 3_600_000;
const pageLength = 100;

interface ModelCustomer {
  facts: CustomerFacts;
  readonly madeBy: Actor;
  readonly searchableAtMs: number;
}

/** The account's Customers. */
export class Customers {
  readonly #agenda: Agenda;
  readonly #all = new Map<CustomerId, ModelCustomer>();
  readonly #onMade: (made: CustomerFacts, by: Actor) => void;

  constructor(agenda: Agenda, onMade: (made: CustomerFacts, by: Actor) => void) {
    this.#agenda = agenda;
    this.#onMade = onMade;
  }

  /** Everybody with this number, oldest first. */
  of(memberId: string): readonly CustomerFacts[] {
    return [...this.#all.values()]
      .map(({ facts }) => facts)
      .filter((facts) => facts.memberId === memberId);
  }

  find(id: CustomerId): CustomerFacts | null {
    return this.#all.get(id)?.facts ?? null;
  }

  create(memberId: string, by: Actor): Reply<CustomerFacts> {
    const { nowMs } = this.#agenda;
    const number = this.#all.size + 1;
    const facts: CustomerFacts = {
      id: customerId(`cus_${String(number).padStart(6, '0')}`),
      memberId,
      name: null,
      email: null,
      phone: null,
      createdAtMs: Math.floor(nowMs / 1_000) * 1_000,
    };
    const draw = drawnUnit(number, 79);
    const lagMs = draw < 0.7 ? searchLagsMs : draw * searchLagsMaxMs;
    this.#all.set(facts.id, { facts, madeBy: by, searchableAtMs: nowMs + lagMs });
    this.#onMade(facts, by);
    return { status: 200, value: facts };
  }

  update(id: CustomerId, details: Pick<CustomerFacts, 'name' | 'email' | 'phone'>): Reply<null> {
    const customer = this.#all.get(id);
    if (customer === undefined) return { status: 404, code: 'resource_missing' };
    customer.facts = { ...customer.facts, ...details };
    return { status: 200, value: null };
  }

  search(memberId: string): Reply<readonly CustomerFacts[]> {
    const { nowMs } = this.#agenda;
    const value = [...this.#all.values()]
      .filter(({ facts, searchableAtMs }) => {
        return facts.memberId === memberId && searchableAtMs <= nowMs;
      })
      .map(({ facts }) => facts);
    return { status: 200, value };
  }

  /** Newest first. */
  list(createdFromMs: number, startingAfter: CustomerId | null): Reply<Page<CustomerFacts>> {
    const since = [...this.#all.values()]
      .map(({ facts }) => facts)
      .filter(({ createdAtMs }) => createdAtMs >= createdFromMs)
      .reverse();
    const from = startingAfter === null ? 0 : since.findIndex(({ id }) => id === startingAfter) + 1;
    const entries = since.slice(from, from + pageLength);
    return { status: 200, value: { entries, hasMore: since.length > from + pageLength } };
  }
}
