import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import Database, { SqliteError } from 'better-sqlite3';
import { sales } from './migrations/0001-sales.ts';

/** `FOYR` in ASCII, at byte 68 of every file of ours: a foreign file is never written to. */
export const applicationId = 0x464f5952;

/** In order; the file's `user_version` says how many it has. Never edited once shipped. */
const migrations: readonly string[] = [sales];

/** The file can't be used; `message` is a sentence for staff. Nothing in it was touched. */
export class DatabaseRefused extends Error {
  readonly file: string;

  constructor(file: string, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'DatabaseRefused';
    this.file = path.basename(file);
  }
}

export interface OpenDatabase {
  readonly db: Database.Database;
  close(): void;
}

/**
 * Opens the kiosk's file, making it and its folder when absent, and brings it to the present schema.
 * Refuses, by DatabaseRefused, a file that is not ours, newer than we know, damaged, locked by another
 * program, or held by another kiosk process. A writer's lock is held until `close`.
 */
export function openDatabase(file: string): OpenDatabase {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw asRefusal(file, error);
  }
  refuseForeignFile(file);
  const lock = takeWriterLock(file);
  try {
    const db = new Database(file, { timeout: 2_000 });
    try {
      refuseUnnamedFile(db, file);
      configure(db, file);
      migrate(db, file);
      refuseWhileOthersWrite(db);
    } catch (error) {
      db.close();
      throw error;
    }
    return {
      db,
      close: () => {
        db.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw asRefusal(file, error);
  }
}

/** Looks at the header by itself, because SQLite would begin to write to what it can open. */
function refuseForeignFile(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(100);
  let length: number;
  try {
    const handle = openSync(file, 'r');
    try {
      length = readSync(handle, header, 0, header.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw asRefusal(file, error);
  }
  // An empty file is what a power cut leaves of a database that never held anything.
  if (length === 0) return;
  const name = path.basename(file);
  if (length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new DatabaseRefused(
      file,
      `${name} is not a database. It was left as it is; move it away and start Foyer again.`,
    );
  }
  const isUnclaimed = header.readUInt32BE(68) === 0 && header.readUInt32BE(60) === 0;
  if (header.readUInt32BE(68) !== applicationId && !isUnclaimed) {
    throw belongsToAnother(file);
  }
}

/** A file that bears no name may be another program's all the same: ours has one as soon as it has a table. */
function refuseUnnamedFile(db: Database.Database, file: string): void {
  if (db.pragma('application_id', { simple: true }) === applicationId) return;
  const { tables } = db
    .prepare<[], { tables: number }>('select count(*) as tables from sqlite_schema')
    .get() ?? { tables: 0 };
  if (tables > 0) throw belongsToAnother(file);
}

/** Asked by a write that is taken back: who can't write now would find out in the middle of a sale. */
function refuseWhileOthersWrite(db: Database.Database): void {
  db.exec('begin immediate');
  db.exec('rollback');
}

function belongsToAnother(file: string): DatabaseRefused {
  const name = path.basename(file);
  return new DatabaseRefused(
    file,
    `${name} belongs to another program. It was left as it is; move it away or choose another data folder.`,
  );
}

/**
 * A second file whose exclusive lock is held while we live: the operating system frees it when we die,
 * and readers of the database itself (backups, reports) are not shut out.
 */
function takeWriterLock(file: string): Database.Database {
  const lock = new Database(`${file}-writer`, { timeout: 0 });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    throw new DatabaseRefused(
      file,
      `${path.basename(file)} is in use by another Foyer. Close that one first; nothing was changed.`,
      error,
    );
  }
}

/**
 * This build of SQLite does not sync a commit in WAL mode unless told to, so every pragma that money
 * depends on is set and read back. https://www.sqlite.org/pragma.html
 */
function configure(db: Database.Database, file: string): void {
  const wanted: readonly [string, string | number, unknown][] = [
    ['journal_mode', 'wal', 'wal'],
    ['synchronous', 'full', 2],
    ['fullfsync', 1, 1],
    ['checkpoint_fullfsync', 1, 1],
    ['foreign_keys', 1, 1],
    ['trusted_schema', 0, 0],
    ['cell_size_check', 1, 1],
    ['mmap_size', 0, undefined],
  ];
  for (const [name, value, expected] of wanted) {
    db.pragma(`${name} = ${value}`);
    if (expected === undefined) continue;
    const inForce: unknown = db.pragma(name, { simple: true });
    if (inForce !== expected) {
      throw new DatabaseRefused(
        file,
        `${path.basename(file)} can't be kept safe here: ${name} is ${String(inForce)}. Choose a data folder on a local disk.`,
      );
    }
  }
}

function migrate(db: Database.Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new DatabaseRefused(
      file,
      `${path.basename(file)} was written by a newer Foyer (${version}). Install that version; nothing was changed.`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}

function asRefusal(file: string, error: unknown): DatabaseRefused {
  if (error instanceof DatabaseRefused) return error;
  const name = path.basename(file);
  const code = error instanceof SqliteError ? error.code : errorCode(error);
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new DatabaseRefused(
      file,
      `${name} is locked by another program. Close it and start Foyer again; nothing was changed.`,
      error,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new DatabaseRefused(
      file,
      `${name} is damaged (${code}). It was left as it is; keep it for support and call them before moving it.`,
      error,
    );
  }
  return new DatabaseRefused(
    file,
    `${name} can't be opened (${code}). Check that the data folder exists and may be written to.`,
    error,
  );
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return 'unknown';
}
