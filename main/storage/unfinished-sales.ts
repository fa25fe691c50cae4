import Database from 'better-sqlite3';

/**
 * How many sales of this file are on their way: neither at review nor ended, so that money may be held for them. Opens
 * it for reading, for a moment. Null when it can't be read.
 */
export function unfinishedSales(file: string): number | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const count: unknown = db
      .prepare(
        `select count(*) from sales where state in ('creating', 'presenting', 'authorizing', 'authorized',
         'capturing', 'finding_out', 'canceling')`,
      )
      .pluck()
      .get();
    return typeof count === 'number' ? count : null;
  } catch {
    // Whatever is wrong with it is said when the kiosk opens on it again.
    return null;
  } finally {
    db?.close();
  }
}
