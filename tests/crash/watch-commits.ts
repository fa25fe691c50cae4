import Database from 'better-sqlite3';

export interface CommitWatch {
  readonly before: () => void;
  readonly after: () => void;
}

type Run = (this: Database.Statement, ...parameters: unknown[]) => Database.RunResult;
type Exec = (this: Database.Database, source: string) => Database.Database;

/**
 * Calls `before` right before each COMMIT that has something to write, and `after` right after it, in every database
 * of this process, whoever says `commit`. A transaction that wrote nothing leaves nothing behind and is no boundary;
 * a savepoint is none either. A write outside any transaction commits by itself and is watched as well.
 */
export function watchCommits(watch: CommitWatch): void {
  const memory = new Database(':memory:');
  const statements = Object.getPrototypeOf(memory.prepare('select 1')) as Database.Statement;
  memory.close();

  const run = methodOf(statements, 'run') as Run;
  Object.assign(statements, {
    run(this: Database.Statement, ...parameters: unknown[]) {
      return watched(watch, this.database, wordOf(this.source, this.readonly), () =>
        run.apply(this, parameters),
      );
    },
  });
  const exec = methodOf(Database.prototype, 'exec') as Exec;
  Object.assign(Database.prototype, {
    exec(this: Database.Database, source: string) {
      return watched(watch, this, wordOf(source, false), () => exec.call(this, source));
    },
  });
}

type Word = 'begin' | 'commit' | 'write' | 'other';

function wordOf(source: string, isReading: boolean): Word {
  const [, word = ''] = /^\s*(\w+)/.exec(source.toLowerCase()) ?? [];
  if (word === 'begin') return 'begin';
  if (word === 'commit' || word === 'end') return 'commit';
  const isOther = isReading || ['rollback', 'savepoint', 'release', 'pragma'].includes(word);
  return isOther ? 'other' : 'write';
}

/** What a database had written when its transaction began. */
const writtenAtBegin = new WeakMap<Database.Database, string>();

function watched<Result>(
  watch: CommitWatch,
  db: Database.Database,
  word: Word,
  work: () => Result,
): Result {
  if (word === 'begin') {
    const result = work();
    writtenAtBegin.set(db, writtenBy(db));
    return result;
  }
  const hasWritten = word === 'commit' && writtenBy(db) !== writtenAtBegin.get(db);
  const isBoundary = hasWritten || (word === 'write' && !db.inTransaction);
  if (isBoundary) watch.before();
  const result = work();
  if (isBoundary) watch.after();
  return result;
}

const counters = new WeakMap<Database.Database, Database.Statement<[], number>>();

/** Changes with every row and every table that is written. */
function writtenBy(db: Database.Database): string {
  const counter = counters.get(db) ?? db.prepare<[], number>('select total_changes()').pluck();
  counters.set(db, counter);
  return `${counter.get() ?? 0}/${String(db.pragma('schema_version', { simple: true }))}`;
}

function methodOf(prototype: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(prototype, name)?.value;
}
