import type Database from 'better-sqlite3';
import type { WorkOwner } from '../ports/ledger.ts';

/** The waiting row of one urgency that falls due first. */
export interface Front {
  readonly id: number;
  readonly urgency: number;
  readonly next_at_ms: number;
}

/** The two looks at what waits, for one number of busy owners. */
interface Looks {
  /** The first row of the soonest urgency after that one. */
  readonly next: Database.Statement<(string | number)[], Front>;
  /** When the last row of that urgency falls due. */
  readonly last: Database.Statement<(string | number)[], { readonly next_at_ms: number }>;
}

interface Kept {
  /** The busy owners of the look. */
  readonly but: string;
  readonly fronts: readonly Front[];
  last: number | null;
}

/**
 * What waits at the front of each urgency, and what waits longest. Each is found at an end of `outbox_due`, so that it
 * costs the same whatever waits between, and nothing for an urgency in which nothing waits. The last answer is kept until the outbox has changed: most looks are made
 * because something else happened. Whoever puts work in, moves it or ends it must call `forget`.
 */
export class OutboxFronts {
  readonly #db: Database.Database;
  readonly #looks = new Map<number, Looks>();
  #kept: Kept | null = null;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** The outbox has changed. */
  forget(): void {
    this.#kept = null;
  }

  /** One row for each urgency in which any waits, soonest urgency first; of owners that are not in `busy`. */
  of(busy: ReadonlySet<WorkOwner>): readonly Front[] {
    return this.#seen(busy).fronts;
  }

  /** When the row that waits longest falls due; null when none waits. */
  lastOf(busy: ReadonlySet<WorkOwner>): number | null {
    const seen = this.#seen(busy);
    if (seen.fronts.length === 0) return null;
    const { last } = this.#looksBut(busy);
    seen.last ??= Math.max(
      ...seen.fronts.map(({ urgency }) => last.get(urgency, ...busy)?.next_at_ms ?? 0),
    );
    return seen.last;
  }

  #seen(busy: ReadonlySet<WorkOwner>): Kept {
    const but = [...busy].join(' ');
    if (this.#kept?.but === but) return this.#kept;
    const seen = { but, fronts: this.#firsts(busy), last: null };
    // What a look sees within a transaction may be undone.
    this.#kept = this.#db.inTransaction ? null : seen;
    return seen;
  }

  #firsts(busy: ReadonlySet<WorkOwner>): readonly Front[] {
    const { next } = this.#looksBut(busy);
    const fronts: Front[] = [];
    for (let after = -1; ;) {
      const front = next.get(after, ...busy);
      // One that is not after the last is of a damaged index, which must not lead in a circle.
      if (front === undefined || front.urgency <= after) return fronts;
      fronts.push(front);
      after = front.urgency;
    }
  }

  #looksBut({ size }: ReadonlySet<WorkOwner>): Looks {
    const made = this.#looks.get(size);
    if (made !== undefined) return made;
    const names = Array.from({ length: size }, () => '?').join(', ');
    const but = size === 0 ? '' : `and owner not in (${names})`;
    const waiting = `from outbox indexed by outbox_due where state = 'waiting'`;
    const looks: Looks = {
      next: this.#db.prepare(`
        select id, urgency, next_at_ms ${waiting} and urgency > ? ${but}
        order by urgency, next_at_ms limit 1`),
      last: this.#db.prepare(`
        select next_at_ms ${waiting} and urgency = ? ${but} order by next_at_ms desc limit 1`),
    };
    this.#looks.set(size, looks);
    return looks;
  }
}
