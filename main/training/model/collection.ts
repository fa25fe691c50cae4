import { freeze } from './freeze.ts';

/** The least a stored object has. `created` is in epoch seconds; some of Stripe's objects lack it. */
export interface Stored {
  readonly id: string;
  readonly created?: number;
}

/**
 * The objects of one kind in the order they were made. Rows are never changed in place: `replace`
 * puts a new version where the old one was, so an event may keep the version it saw.
 */
export class Collection<Row extends Stored> {
  #rows: (Row | undefined)[] = [];
  /** Where the oldest row stands; what is before it was dropped and waits to be cut off. */
  #oldest = 0;
  readonly #positions = new Map<string, number>();
  /** How many rows were cut off the old end: positions count from the first row ever. */
  #cut = 0;
  #inOrderOfCreation = true;
  readonly #record: (row: Row) => void;
  readonly #recordRemoval: (id: string) => void;

  /**
   * `record` is told of every version of every row, so that it can be put back later, and
   * `recordRemoval` of each row that was taken out.
   */
  constructor(
    record: (row: Row) => void = () => undefined,
    recordRemoval: (id: string) => void = () => undefined,
  ) {
    this.#record = record;
    this.#recordRemoval = recordRemoval;
  }

  /** True while each row was created no earlier than the one before it. */
  get inOrderOfCreation(): boolean {
    return this.#inOrderOfCreation;
  }

  get(id: string): Row | undefined {
    const position = this.#positions.get(id);
    return position === undefined ? undefined : this.#rows[position - this.#cut];
  }

  /** Adds a row as the newest. Throws when its id is taken: ids are never given twice. */
  add(row: Row): Row {
    if (this.#positions.has(row.id)) {
      throw new Error(`The id ${row.id} was given twice.`);
    }
    this.#append(row);
    this.#record(row);
    return row;
  }

  /** Puts a new version of a row in the place of the one with its id. Throws when there is none. */
  replace(row: Row): Row {
    if (!this.#positions.has(row.id)) {
      throw new Error(`There is no ${row.id} to replace.`);
    }
    this.#overwrite(row);
    this.#record(row);
    return row;
  }

  /** Puts back a row that was recorded before: as the newest, or over its earlier version. */
  restore(row: Row): void {
    if (this.#positions.has(row.id)) {
      this.#overwrite(row);
    } else {
      this.#append(row);
    }
  }

  /** Takes a row out for good. Throws when there is none. */
  remove(id: string): void {
    if (!this.#positions.has(id)) {
      throw new Error(`There is no ${id} to remove.`);
    }
    this.restoreRemoval(id);
    this.#recordRemoval(id);
  }

  /** Takes out a row whose removal was recorded before. */
  restoreRemoval(id: string): void {
    const position = this.#positions.get(id);
    if (position !== undefined) {
      this.#rows[position - this.#cut] = undefined;
      this.#positions.delete(id);
    }
  }

  #append(row: Row): void {
    const newest = this.#rows.at(-1);
    if ((newest?.created ?? 0) > (row.created ?? 0)) {
      this.#inOrderOfCreation = false;
    }
    this.#positions.set(row.id, this.#cut + this.#rows.length);
    this.#rows.push(freeze(row));
  }

  #overwrite(row: Row): void {
    const position = this.#positions.get(row.id);
    if (position !== undefined) {
      this.#rows[position - this.#cut] = freeze(row);
    }
  }

  /** Rows from the newest to the oldest, beginning just older than `olderThanId` when given. */
  *newestFirst(olderThanId?: string): Generator<Row> {
    const start = olderThanId === undefined ? this.#rows.length : this.#indexOf(olderThanId);
    for (let index = start - 1; index >= this.#oldest; index -= 1) {
      const row = this.#rows[index];
      if (row !== undefined) {
        yield row;
      }
    }
  }

  /** Rows from the one just newer than `newerThanId` to the newest. */
  *oldestFirst(newerThanId?: string): Generator<Row> {
    const start = newerThanId === undefined ? this.#oldest : this.#indexOf(newerThanId) + 1;
    for (let index = start; index < this.#rows.length; index += 1) {
      const row = this.#rows[index];
      if (row !== undefined) {
        yield row;
      }
    }
  }

  /** Forgets rows from the old end for as long as `isGone` says so. */
  dropOldestWhile(isGone: (row: Row) => boolean): void {
    for (
      let row = this.#rows[this.#oldest];
      row !== undefined && isGone(row);
      row = this.#rows[this.#oldest]
    ) {
      this.#positions.delete(row.id);
      this.#rows[this.#oldest] = undefined;
      this.#oldest += 1;
    }
    // Cutting at half makes the whole cost of dropping grow with the rows, not with their square.
    if (this.#oldest > this.#rows.length / 2) {
      this.#rows = this.#rows.slice(this.#oldest);
      this.#cut += this.#oldest;
      this.#oldest = 0;
    }
  }

  #indexOf(id: string): number {
    const position = this.#positions.get(id);
    return position === undefined ? -1 : position - this.#cut;
  }
}
