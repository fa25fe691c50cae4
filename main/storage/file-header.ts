import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import {
  asRefusal,
  belongsToAnother,
  DatabaseDamaged,
  DatabaseRefused,
} from './database-refused.ts';

/** `FOYR` in ASCII, at byte 68 of every file of ours: a foreign file is never written to. */
export const applicationId = 0x464f5952;

const magic = 'SQLite format 3\0';

/** Looks at the header by itself, because SQLite would begin to write to what it can open. */
export function refuseForeignFile(file: string): void {
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
  // An empty file is what a power cut leaves of a database that never held anything; see lost-file.ts for others.
  if (length === 0) return;
  const name = path.basename(file);
  const bearsOurName = length === 100 && header.readUInt32BE(68) === applicationId;
  if (bearsOurName && header.toString('latin1', 0, 16) !== magic) {
    throw new DatabaseDamaged(
      file,
      `${name} is damaged (its first bytes). It was left as it is; keep it for support and call them before moving it.`,
    );
  }
  if (length < 100 || header.toString('latin1', 0, 16) !== magic) {
    // Where a writer of ours has been, this was our file; it is kept all the same.
    if (existsSync(`${file}-writer`))
      throw new DatabaseDamaged(file, `${name} is not a database any more.`);
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
export function refuseUnnamedFile(db: Database.Database, file: string): void {
  if (db.pragma('application_id', { simple: true }) === applicationId) return;
  const { tables } = db
    .prepare<[], { tables: number }>('select count(*) as tables from sqlite_schema')
    .get() ?? { tables: 0 };
  if (tables > 0) throw belongsToAnother(file);
}
