import type Database from 'better-sqlite3';
import type { WorkOwner } from '../ports/ledger.ts';
import { urgencies } from './outbox-work.ts';

/** The waiting row of one urgency that falls due first. */
export interface Front {
  readonly id: number;
  readonly urgency: number;
  readonly next_at_ms: number;
}

/** The two looks at what waits, for one number of busy owners. */
interface Looks {
  readonly firsts: Database.Statement<string[], Front>;
  readonly last: Database.Statement<string[], { readonly last: number | null }>;
}

interface Kept {
  /** The busy owners of the look. */
  readonly but: string;
  readonly fronts: readonly Front[];
  last: number | null;
}

/**
 * What waits at the front of each urgency, and what waits longest. Each is found at an end of `outbox_due`, so that it
 * costs the same whatever waits between. The last answer is kept until the outbox has changed: most looks are made
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
    seen.last ??= this.#looksBut(busy).last.get(...bound(busy))?.last ?? null;
    return seen.last;
  }

  #seen(busy: ReadonlySet<WorkOwner>): Kept {
    const but = [...busy].join(' ');
    if (this.#kept?.but === but) return this.#kept;
    const seen = { but, fronts: this.#looksBut(busy).firsts.all(...bound(busy)), last: null };
    // What a look sees within a transaction may be undone.
    this.#kept = this.#db.inTransaction ? null : seen;
    return seen;
  }

  #looksBut({ size }: ReadonlySet<WorkOwner>): Looks {
    const made = this.#looks.get(size);
    if (made !== undefined) return made;
    const but =
      size === 0 ? '' : `and owner not in (${Array.from({ length: size }, () => '?').join(', ')})`;
    const arms = (what: string, order: string): string =>
      urgencies
        .map(
          (urgency) => `
            select * from (
              select ${what} from outbox indexed by outbox_due
              where state = 'waiting' and urgency = ${urgency} ${but} order by ${order} limit 1)`,
        )
        .join(' union all ');
    const looks: Looks = {
      firsts: this.#db.prepare(arms('id, urgency, next_at_ms', 'next_at_ms')),
      last: this.#db.prepare(
        `select max(next_at_ms) as last from (${arms('next_at_ms', 'next_at_ms desc')})`,
      ),
    };
    this.#looks.set(size, looks);
    return looks;
  }
}

/** The names of the busy owners once for each urgency. */
function bound(busy: ReadonlySet<WorkOwner>): string[] {
  return busy.size === 0 ? [] : urgencies.flatMap(() => [...busy]);
}
