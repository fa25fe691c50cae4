import type Database from 'better-sqlite3';
import { isNoRoom } from './no-room.ts';
import type { ReserveFile } from './reserve-file.ts';

/**
 * Transactions of one connection, one in another as deep as it goes. When the disk is full the outermost gives the
 * reserve up and is carried out once more, so `work` must be able to run twice.
 */
export class Transactions {
  readonly #db: Database.Database;
  readonly #reserve: ReserveFile;
  readonly #begin: Database.Statement;
  readonly #commit: Database.Statement;
  readonly #rollback: Database.Statement;
  readonly #save: Database.Statement;
  readonly #release: Database.Statement;
  readonly #undo: Database.Statement;
  #commits = 0;

  constructor(db: Database.Database, reserve: ReserveFile) {
    this.#db = db;
    this.#reserve = reserve;
    this.#begin = db.prepare('begin immediate');
    this.#commit = db.prepare('commit');
    this.#rollback = db.prepare('rollback');
    this.#save = db.prepare('savepoint inner_work');
    this.#release = db.prepare('release inner_work');
    this.#undo = db.prepare('rollback to inner_work');
  }

  /** Transactions that were committed since the file was opened. */
  get commits(): number {
    return this.#commits;
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
    try {
      const value = notLater(work());
      this.#commit.run();
      this.#commits += 1;
      return value;
    } catch (error) {
      // SQLite takes the transaction back by itself where it has to.
      if (this.#db.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #inner<Value>(work: () => Value): Value {
    this.#save.run();
    try {
      const value = notLater(work());
      this.#release.run();
      return value;
    } catch (error) {
      if (this.#db.inTransaction) {
        this.#undo.run();
        this.#release.run();
      }
      throw error;
    }
  }
}

/** A promise would go on after the commit, outside the transaction. */
function notLater<Value>(value: Value): Value {
  if (value instanceof Promise) throw new TypeError('A transaction can not wait for a promise.');
  return value;
}
