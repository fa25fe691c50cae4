import type Database from 'better-sqlite3';
import { isNoRoom } from './no-room.ts';
import type { ReserveFile } from './reserve-file.ts';

/**
 * Transactions of one connection. One within another is part of it: when it fails the whole fails, whatever the
 * outer one makes of that. When the disk is full the outermost gives the reserve up and is carried out once more, so
 * `work` must be able to run twice.
 */
export class Transactions {
  readonly #db: Database.Database;
  readonly #reserve: ReserveFile;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #rollback: Database.Statement;
  #hasFailed = false;
  #commits = 0;
  #begun = 0;

  constructor(db: Database.Database, reserve: ReserveFile) {
    this.#db = db;
    this.#reserve = reserve;
    this.#begin = db.prepare('begin immediate');
    this.#commit = db.prepare('commit');
    this.#rollback = db.prepare('rollback');
  }

  /** Transactions that were committed since the file was opened. */
  get commits(): number {
    return this.#commits;
  }

  /**
   * The number of the transaction that is under way; null outside. While it stays the same nobody else has written:
   * a row that was read is still what the file says, but for what was written since by this connection.
   */
  get current(): number | null {
    return this.#db.inTransaction ? this.#begun : null;
  }

  /** On return everything `work` wrote is on the disk; when it throws, nothing is. Refuses a promise, by throwing. */
  run<Value>(work: () => Value): Value {
    if (this.#db.inTransaction) return this.#inner(work);
    try {
      return this.#outermost(work);
    } catch (error) {
      if (!isNoRoom(error) || !this.#reserve.giveUp()) throw error;
      return this.#outermost(work);
    }
  }

  #outermost<Value>(work: () => Value): Value {
    this.#begin.run();
    this.#begun += 1;
    try {
      const value = notLater(work());
      // A savepoint for each part would cost three statements and a copy of every page to keep what nobody wants.
      if (this.#hasFailed)
        throw new Error('A part of this transaction failed: all of it is undone.');
      this.#commit.run();
      this.#commits += 1;
      return value;
    } catch (error) {
      // SQLite takes the transaction back by itself where it has to.
      if (this.#db.inTransaction) this.#rollback.run();
      throw error;
    } finally {
      this.#hasFailed = false;
    }
  }

  #inner<Value>(work: () => Value): Value {
    try {
      return notLater(work());
    } catch (error) {
      this.#hasFailed = true;
      throw error;
    }
  }
}

/** A promise would go on after the commit, outside the transaction. */
function notLater<Value>(value: Value): Value {
  if (value instanceof Promise) throw new TypeError('A transaction can not wait for a promise.');
  return value;
}
