import path from 'node:path';
import type Database from 'better-sqlite3';
import { DatabaseRefused } from './database-refused.ts';
import { applicationId } from './file-header.ts';
import { sales } from './migrations/0001-sales.ts';
import { chainEverySale } from './migrations/0002-chain.ts';
import { readers } from './migrations/0003-readers.ts';
import { giveWorkOwners } from './migrations/0004-owners.ts';
import { takeOrders } from './migrations/0005-orders.ts';

type Migration = (db: Database.Database) => void;

/** In order; the file's `user_version` says how many it has. Never edited once shipped. */
const migrations: readonly Migration[] = [
  (db) => db.exec(sales),
  chainEverySale,
  (db) => db.exec(readers),
  giveWorkOwners,
  takeOrders,
];

/** The schema that this program knows. */
export const schemaVersion = migrations.length;

/**
 * Brings the file to the present schema, each version in one transaction: a migration that is cut off leaves the
 * version before it. Refuses, by DatabaseRefused, a file that a newer program wrote.
 */
export function migrate(db: Database.Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > schemaVersion) {
    throw new DatabaseRefused(
      file,
      `${path.basename(file)} was written by a newer Foyer (${version}). Install that version; nothing was changed.`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    db.transaction(() => {
      step(db);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${index + 1}`);
    }).immediate();
  }
}
