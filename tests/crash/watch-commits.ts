import Database from 'better-sqlite3';

type Variant = 'default' | 'deferred' | 'immediate' | 'exclusive';
const variants: readonly Variant[] = ['default', 'deferred', 'immediate', 'exclusive'];

type Transactions = (
  this: Database.Database,
  work: (...parameters: unknown[]) => unknown,
) => Database.Transaction;

export interface CommitWatch {
  readonly before: () => void;
  readonly after: () => void;
}

/**
 * Calls `before` right before each COMMIT that has something to write, and `after` right after it, in every database
 * of this process. A transaction that wrote nothing leaves nothing behind and is no boundary; an inner one is a
 * savepoint and is none either. A write outside any transaction commits by itself and is watched as well.
 */
export function watchCommits(watch: CommitWatch): void {
  watchTransactions(watch);
  watchLoneWrites(watch);
}

function watchTransactions(watch: CommitWatch): void {
  const unwatched = Object.getOwnPropertyDescriptor(Database.prototype, 'transaction')
    ?.value as Transactions;
  const watchedTransaction = function (
    this: Database.Database,
    work: (...parameters: unknown[]) => unknown,
  ): Database.Transaction {
    const inner = unwatched.call(this, work);
    const outer = unwatched.call(this, (...parameters: unknown[]) => {
      const writesBefore = writesOf(this);
      const value = work(...parameters);
      const wrote = writesOf(this) !== writesBefore;
      if (wrote) watch.before();
      return { value, wrote };
    });
    const run =
      (variant: Variant) =>
      (...parameters: unknown[]): unknown => {
        if (this.inTransaction) return inner[variant](...parameters);
        const committed = outer[variant](...parameters) as { value: unknown; wrote: boolean };
        if (committed.wrote) watch.after();
        return committed.value;
      };
    const result = run('default');
    for (const variant of variants) Object.assign(result, { [variant]: run(variant) });
    return Object.assign(result, { database: this }) as unknown as Database.Transaction;
  };
  Object.assign(Database.prototype, { transaction: watchedTransaction });
}

/** Not a write, although `begin immediate` counts as one. */
const transactionWord = /^\s*(begin|commit|rollback|savepoint|release)\b/i;

function watchLoneWrites(watch: CommitWatch): void {
  const memory = new Database(':memory:');
  const statement = Object.getPrototypeOf(memory.prepare('select 1')) as Database.Statement;
  memory.close();
  const unwatched = Object.getOwnPropertyDescriptor(statement, 'run')?.value as (
    this: Database.Statement,
    ...parameters: unknown[]
  ) => Database.RunResult;
  Object.assign(statement, {
    run(this: Database.Statement, ...parameters: unknown[]): Database.RunResult {
      const isLone =
        !this.readonly && !this.database.inTransaction && !transactionWord.test(this.source);
      if (isLone) watch.before();
      const result = unwatched.apply(this, parameters);
      if (isLone) watch.after();
      return result;
    },
  });
}

const counters = new WeakMap<Database.Database, Database.Statement<[], number>>();

/** A number that changes with every row and every table that is written. */
function writesOf(db: Database.Database): string {
  const counter = counters.get(db) ?? db.prepare<[], number>('select total_changes()').pluck();
  counters.set(db, counter);
  return `${counter.get() ?? 0}/${String(db.pragma('schema_version', { simple: true }))}`;
}
