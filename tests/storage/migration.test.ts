import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { saleId } from '../../main/domain/ids.ts';
import { backupFolder } from '../../main/storage/backup-files.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { restoreNewestBackup } from '../../main/storage/lost-file.ts';
import { migrate, schemaVersion } from '../../main/storage/migrate.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../main/storage/sqlite-reader-book.ts';
import { verifyJournals } from '../../main/storage/verify-journals.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
const boot = 'boot_0000000001';
const nobody = new Set<never>();
const named = (name: string) => saleId(`sale_0mi1kqbas0${name.padEnd(12, '0')}`);

const formerVersions = [1, 2, 3, 4] as const;
type FormerVersion = (typeof formerVersions)[number];
const lean = { reserveBytes: 0, logPages: 0 };

/** A file as that version left it when it was killed. */
function formerFile(version: FormerVersion): string {
  const file = path.join(tempFolder(), 'foyer.db');
  const db = new Database(file);
  db.exec(readFileSync(new URL(`former/version-${version}.sql`, import.meta.url), 'utf8'));
  db.close();
  return file;
}

function withMigrated(
  version: FormerVersion,
  look: (database: OpenDatabase, file: string) => void,
): void {
  const file = formerFile(version);
  const database = openDatabase(file, lean);
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
  const schema = db.prepare('select name, sql from sqlite_schema').all();
  return JSON.stringify([
    schema,
    ...tables.map((table) => db.prepare(`select * from ${table}`).all()),
  ]);
}

it('a file of the first version is read back whole: each sale, its state and its chain', () => {
  withMigrated(1, (database, file) => {
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
  withMigrated(1, (database) => {
    const ledger = sqliteLedger(database, { boot });
    const sale = ledger.findSale(named('presenting'));

    expect(sale).toMatchObject({ tender: null, staffDecision: null });
    expect(sale?.paymentIntent).toMatchObject({ amountRefunded: 0, disputed: false });
  });
});

it('a capture that was under way waits again under its key, and may have been sent', () => {
  withMigrated(1, (database) => {
    const ledger = sqliteLedger(database, { boot });
    const row = ledger.nextDue(1_000_000, nobody);

    expect(row).toMatchObject({
      owner: named('authorized'),
      work: { kind: 'payment_intent.capture' },
      key: `foyer_${named('authorized')}_capture_1`,
      mayHaveBeenSent: true,
      tries: 1,
    });
  });
});

it('a sale that could not be read is kept in quarantine with all its rows, and named', () => {
  withMigrated(1, (database) => {
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

it('a file of the second version is read back whole, and its books with it', () => {
  withMigrated(2, (database, file) => {
    const ledger = sqliteLedger(database, { boot });
    const books = sqliteBooks(database);
    const readers = sqliteReaderBook(database);

    expect(ledger.findSale(nthSale(1))?.state).toBe('paid');
    expect(ledger.findSale(nthSale(2))?.state).toBe('authorized');
    expect(ledger.historyOf(nthSale(1)).calls.length).toBeGreaterThan(3);
    expect(ledger.nextDue(2_000_000_000, nobody)).toMatchObject({
      owner: nthSale(2),
      key: `foyer_${nthSale(2)}_capture_1`,
      tries: 1,
    });
    expect(books.lastDayClose()).toEqual({ atMs: 9, by: 'Mara', report: '{"total":2800}' });
    expect(books.eventCursor()).toEqual({ id: 'evt_1', createdAtMs: 5 });
    expect([readers.choice(), readers.openPrompts()]).toEqual([null, []]);
    expect(checkFile(file)).toEqual({ faults: [], broken: [] });
  });
});

it('a file of the third version is read back whole: work, calls and prompts have their owner, key and seal', () => {
  withMigrated(3, (database, file) => {
    const ledger = sqliteLedger(database, { boot });
    const [held, open] = [nthSale(2), nthSale(3)];

    expect(ledger.findSale(nthSale(1))?.state).toBe('paid');
    expect(ledger.historyOf(open).calls).toMatchObject([
      { work: 'payment_intent.create' },
      { work: 'reader.collect_payment_method', requestId: 'req_9' },
    ]);
    expect(ledger.nextDue(2_000_000_000, nobody)).toMatchObject({
      owner: held,
      key: `foyer_${held}_capture_1`,
      tries: 1,
    });
    expect(sqliteReaderBook(database).openPrompts()).toMatchObject([
      { owner: open, object: 'pi_0003', key: `foyer_${open}_reader_1_1`, placedAtMs: 4_000_000 },
    ]);
    expect(sqliteReaderBook(database).choice()?.main.readerId).toBe('tmr_front');
    expect(checkFile(file)).toEqual({ faults: [], broken: [] });
  });
});

it('every row of the third version’s work is there, and only what a receipt waits behind has changed', () => {
  const file = formerFile(3);
  const before = new Database(file);
  const former = ['outbox', 'calls', 'reader_prompts'].map((table) =>
    before.prepare<[], Record<string, unknown>>(`select * from ${table}`).all(),
  );
  before.close();
  const database = openDatabase(file, lean);
  const now = ['outbox', 'calls', 'reader_prompts'].map((table) =>
    database.db.prepare<[], Record<string, unknown>>(`select * from ${table}`).all(),
  );
  database.close();

  const renamed = former.map((rows) =>
    rows.map(({ sale_id: owner, payment_intent_id: object, ...row }) => ({
      ...row,
      owner,
      ...(object === undefined ? {} : { object }),
      ...(row['kind'] === 'charge.receipt_email' ? { urgency: 11 } : {}),
    })),
  );
  expect(former.map((rows) => rows.length)).toEqual([10, 9, 2]);
  expect(now).toEqual(renamed);
});

it('a file of the fourth version is read back whole, and its work takes orders from now on', () => {
  withMigrated(4, (database, file) => {
    const ledger = sqliteLedger(database, { boot });

    expect(ledger.findSale(nthSale(1))?.state).toBe('paid');
    expect(ledger.nextDue(2_000_000_000, nobody)).toMatchObject({
      owner: nthSale(2),
      key: `foyer_${nthSale(2)}_capture_1`,
    });
    expect(database.db.prepare('select count(*) from outbox').pluck().get()).toBe(11);
    expect(checkFile(file)).toEqual({ faults: [], broken: [] });

    ledger.enqueue(nthSale(1), { kind: 'order.record', ordinal: 1, afterMs: 0 }, 6_000_000);
    expect(ledger.waitingWork(20).map(({ kind }) => kind)).toContain('order.record');
  });
});

it('a receipt that waited in the third version keeps its address and is sent under its key', () => {
  withMigrated(3, (database) => {
    const ledger = sqliteLedger(database, { boot: 'boot_0000000002' });
    const row = ledger.nextDue(5_000_000, new Set([nthSale(2), nthSale(3)]));

    expect(row).toMatchObject({
      owner: nthSale(1),
      work: { kind: 'charge.receipt_email', email: 'mara@example.com' },
      key: `foyer_${nthSale(1)}_receipt_1`,
      mayHaveBeenSent: true,
    });
  });
});

it('a former row that the tables refuse now is kept in quarantine, and the others are taken over', () => {
  const file = formerFile(3);
  const hand = new Database(file);
  hand.pragma('ignore_check_constraints = 1');
  hand.pragma('foreign_keys = 0');
  hand.exec(`update outbox set kind = 'payment_intent.erase' where id = 10`);
  hand.exec(`update calls set sale_id = 'tale_1' where sale_id = '${nthSale(3)}' and number = 2`);
  hand.close();

  const database = openDatabase(file, lean);
  const rows = database.db
    .prepare<[], string>('select rows from quarantine where id > 1 order by id')
    .pluck()
    .all();
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('payment_intent.erase');
  expect(rows[1]).toContain('tale_1');
  expect(database.db.prepare('select count(*) from outbox').pluck().get()).toBe(9);
  expect(sqliteLedger(database, { boot }).historyOf(nthSale(3)).calls).toHaveLength(1);
  database.close();
});

it.each([2, 3, 4] as const)(
  'a backup of version %s takes the place of a lost file, and one that was changed does not',
  (version) => {
    const file = formerFile(version);
    const folder = backupFolder(file);
    mkdirSync(folder);
    const backup = path.join(folder, 'foyer-week-2026-11-16.db');
    renameSync(file, backup);
    const hand = new Database(backup);
    hand.exec(`update sales set amount = 1 where id = '${nthSale(1)}'`);
    expect(restoreNewestBackup(file)).toEqual({ kind: 'none' });
    hand.exec(`update sales set amount = 2800 where id = '${nthSale(1)}'`);
    hand.close();

    expect(restoreNewestBackup(file)).toMatchObject({ kind: 'restored' });

    const database = openDatabase(file, lean);
    expect(sqliteLedger(database, { boot }).findSale(nthSale(1))?.state).toBe('paid');
    database.close();
  },
);

it.each(formerVersions)(
  'a migration of version %s that is cut off anywhere leaves a version whole, and the next start goes on',
  (version) => {
    const file = formerFile(version);
    const db = new Database(file);
    const whole = new Map<number, string>([[version, everythingIn(db)]]);
    const versionNow = () => Number(db.pragma('user_version', { simple: true }));
    // Fails at the Nth statement of each version's step, for every N until the migration runs to its end.
    let failures = 0;
    let reachedBefore: number = version;
    for (let at = 1; ; at += 1) {
      try {
        migrate(failingAt(db, at), file);
        break;
      } catch {
        failures += 1;
        const reached = versionNow();
        if (reached !== reachedBefore) at = 0;
        reachedBefore = reached;
        const now = everythingIn(db);
        expect(now).toBe(whole.get(reached) ?? now);
        whole.set(reached, now);
      }
    }
    expect(failures).toBeGreaterThan(version === 1 ? 20 : 3);
    expect([...whole.keys()]).toEqual(formerVersions.filter((one) => one >= version));
    expect(versionNow()).toBe(schemaVersion);
    db.close();
  },
);

/** The connection, but its Nth statement fails. */
function failingAt(db: Database.Database, at: number): Database.Database {
  let left = at;
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      if (['prepare', 'exec', 'pragma'].includes(String(name)) && (left -= 1) <= 0) {
        return () => {
          throw new Error('the power went');
        };
      }
      return value.bind(target) as unknown;
    },
  });
}
