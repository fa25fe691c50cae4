import { readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { saleId } from '../../main/domain/ids.ts';
import { migrate, schemaVersion } from '../../main/storage/migrate.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { verifyJournals } from '../../main/storage/verify-journals.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const boot = 'boot_0000000001';
const nobody = new Set<never>();
const named = (name: string) => saleId(`sale_0mi1kqbas0${name.padEnd(12, '0')}`);

/** A file as the first version left it when it was killed. */
function formerFile(): string {
  const file = path.join(tempFolder(), 'foyer.db');
  const db = new Database(file);
  db.exec(readFileSync(new URL('former/version-1.sql', import.meta.url), 'utf8'));
  db.close();
  return file;
}

function withMigrated(look: (database: OpenDatabase, file: string) => void): void {
  const file = formerFile();
  const database = openDatabase(file);
  try {
    look(database, file);
  } finally {
    database.close();
  }
}

function everythingIn(db: Database.Database): string {
  const tables = db
    .prepare<[], string>(`select name from sqlite_schema where type = 'table' order by name`)
    .pluck()
    .all();
  return JSON.stringify(tables.map((table) => db.prepare(`select * from ${table}`).all()));
}

it('a file of the first version is read back whole: each sale, its state and its chain', () => {
  withMigrated((database, file) => {
    const ledger = sqliteLedger(database, { boot });
    const states = ['paid', 'canceled', 'open', 'presenting', 'authorizing', 'creating'] as const;
    for (const state of states) expect(ledger.findSale(named(state))?.state).toBe(state);

    const paid = ledger.historyOf(named('paid'));
    expect(paid.entries[0]).toMatchObject({ revision: 0, event: { kind: 'opened' } });
    expect(paid.entries.at(-1)).toMatchObject({ state: 'paid' });
    expect(ledger.salePaidAtMs(named('paid'))).toBe(paid.entries.at(-1)?.atMs);
    expect(verifyJournals(file, { afterSaleId: '', limit: 100 }).broken).toEqual([]);
    expect(database.db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.db.pragma('foreign_key_check')).toEqual([]);
  });
});

it('a sale of the first version goes on as one of this', () => {
  withMigrated((database) => {
    const ledger = sqliteLedger(database, { boot });
    const sale = ledger.findSale(named('presenting'));

    expect(sale).toMatchObject({ tender: null, staffDecision: null });
    expect(sale?.paymentIntent).toMatchObject({ amountRefunded: 0, disputed: false });
  });
});

it('a capture that was under way waits again under its key, and may have been sent', () => {
  withMigrated((database) => {
    const ledger = sqliteLedger(database, { boot });
    const row = ledger.nextDue(1_000_000, nobody);

    expect(row).toMatchObject({
      saleId: named('authorized'),
      work: { kind: 'payment_intent.capture' },
      key: `foyer_${named('authorized')}_capture_1`,
      mayHaveBeenSent: true,
      tries: 1,
    });
  });
});

it('a sale that could not be read is kept in quarantine with all its rows, and named', () => {
  withMigrated((database) => {
    const [damaged] = sqliteBooks(database).quarantined();
    const rows = database.db.prepare<[], string>('select rows from quarantine').pluck().get() ?? '';

    expect(damaged?.saleId).toBe(named('damaged'));
    expect(sqliteLedger(database, { boot }).findSale(named('damaged'))).toBeNull();
    expect(rows).toContain('pi_v1_damaged');
    expect(Object.keys(JSON.parse(rows) as object)).toEqual([
      'sales',
      'payment_attempts',
      'sale_events',
      'outbox',
    ]);
  });
});

it('a migration that is cut off anywhere leaves the first version as it was', () => {
  const file = formerFile();
  const db = new Database(file);
  const before = everythingIn(db);
  // Fails at the Nth statement, for every N until the migration runs to its end.
  let failures = 0;
  for (let at = 1; ; at += 1) {
    let left = at;
    const failing = new Proxy(db, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if ((name === 'prepare' || name === 'exec') && (left -= 1) < 0) {
          return () => {
            throw new Error('the power went');
          };
        }
        return value.bind(target) as unknown;
      },
    });
    try {
      migrate(failing, file);
      break;
    } catch {
      failures += 1;
      expect(db.pragma('user_version', { simple: true })).toBe(1);
      expect(everythingIn(db)).toBe(before);
    }
  }
  expect(failures).toBeGreaterThan(20);
  expect(db.pragma('user_version', { simple: true })).toBe(schemaVersion);
  db.close();
});
