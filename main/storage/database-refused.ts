import path from 'node:path';
import { SqliteError } from 'better-sqlite3';

/** The file can't be used; `message` is a sentence for staff. Nothing in it was touched. */
export class DatabaseRefused extends Error {
  readonly file: string;

  constructor(file: string, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'DatabaseRefused';
    this.file = path.basename(file);
  }
}

/** The file is ours and its pages don't hold together: it may be set aside and a backup taken up. */
export class DatabaseDamaged extends DatabaseRefused {
  constructor(file: string, sentence: string, cause?: unknown) {
    super(file, sentence, cause);
    this.name = 'DatabaseDamaged';
  }
}

/** The file is another program's. */
export function belongsToAnother(file: string): DatabaseRefused {
  const name = path.basename(file);
  return new DatabaseRefused(
    file,
    `${name} belongs to another program. It was left as it is; move it away or choose another data folder.`,
  );
}

/** Whatever went wrong while the file was opened, in words for staff. */
export function asRefusal(file: string, error: unknown): DatabaseRefused {
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
  if (isDamage(code)) {
    return new DatabaseDamaged(
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

function isDamage(code: string): boolean {
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_FORMAT';
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return error.code;
  return 'unknown';
}
