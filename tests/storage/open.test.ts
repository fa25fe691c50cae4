import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { applicationId, DatabaseRefused, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const newFile = (): string => path.join(tempFolder(), 'foyer.db');

/** A kiosk's file with one sale, closed in order. */
function usedFile(): string {
  const file = newFile();
  const database = openDatabase(file);
  sqliteLedger(database, { boot: 'boot_0000000001' }).addSale(aSale(), 1_000);
  database.close();
  return file;
}

/** What staff read when the file is refused. */
function refusalOf(file: string): DatabaseRefused {
  try {
    openDatabase(file).close();
  } catch (error) {
    if (error instanceof DatabaseRefused) return error;
    throw error;
  }
  throw new Error('the file was opened');
}

describe('a kiosk’s file', () => {
  it('is made with its folder, and bears our name', () => {
    const file = path.join(tempFolder(), 'not', 'there', 'yet', 'foyer.db');

    openDatabase(file).close();

    const reader = new Database(file, { readonly: true });
    expect(reader.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(reader.pragma('user_version', { simple: true })).toBe(5);
    reader.close();
  });

  it('syncs every commit: each pragma that money depends on is in force', () => {
    const database = openDatabase(newFile());
    const inForce = (name: string): unknown => database.db.pragma(name, { simple: true });

    expect(inForce('journal_mode')).toBe('wal');
    expect(inForce('synchronous')).toBe(2);
    expect(inForce('fullfsync')).toBe(1);
    expect(inForce('checkpoint_fullfsync')).toBe(1);
    expect(inForce('foreign_keys')).toBe(1);
    expect(inForce('trusted_schema')).toBe(0);
    expect(inForce('cell_size_check')).toBe(1);
    database.close();
  });

  it('opens again with what was in it', () => {
    const database = openDatabase(usedFile());

    expect(sqliteLedger(database, { boot: 'boot_0000000001' }).unfinishedSales()).toEqual([
      aSale(),
    ]);
    database.close();
  });

  it('is used although a power cut left it empty', () => {
    const file = newFile();
    writeFileSync(file, '');

    const database = openDatabase(file);

    expect(sqliteLedger(database, { boot: 'boot_0000000001' }).unfinishedSales()).toEqual([]);
    database.close();
  });
});

describe('a file that is refused', () => {
  it('because it is no database, is left as it is', () => {
    for (const bytes of ['hello', '{"json": true}', 'x'.repeat(5_000)]) {
      const file = newFile();
      writeFileSync(file, bytes);

      expect(refusalOf(file).message).toMatch(/^foyer\.db is not a database\..*left as it is/);
      expect(readFileSync(file, 'utf8')).toBe(bytes);
      expect(existsSync(`${file}-wal`)).toBe(false);
    }
  });

  it('because it bears another program’s name, is left as it is', () => {
    const file = newFile();
    const other = new Database(file);
    other.pragma('application_id = 42');
    other.exec('create table notes (text)');
    other.close();
    const before = readFileSync(file);

    expect(refusalOf(file).message).toContain('belongs to another program');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('because a newer Foyer wrote it, is left as it is', () => {
    const file = usedFile();
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    newer.close();
    const before = readFileSync(file);

    expect(refusalOf(file).message).toContain('newer Foyer (99)');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('because its header is cut short, is left as it is', () => {
    const file = usedFile();
    truncateSync(file, 80);

    expect(refusalOf(file).message).toContain('is not a database');
    expect(readFileSync(file)).toHaveLength(80);
  });

  it('because it is a folder, is explained', () => {
    const file = newFile();
    mkdirSync(file);

    expect(refusalOf(file).message).toContain('can’t be opened'.replace('’', "'"));
  });

  it('because another Foyer writes it, says so and frees nothing of the other’s', () => {
    const file = newFile();
    const first = openDatabase(file);

    expect(refusalOf(file).message).toContain('in use by another Foyer');

    sqliteLedger(first, { boot: 'boot_0000000001' }).addSale(aSale(), 1_000);
    first.close();
    const second = openDatabase(file);
    expect(sqliteLedger(second, { boot: 'boot_0000000001' }).unfinishedSales()).toHaveLength(1);
    second.close();
  });

  it('because another program holds it exclusively, says so', () => {
    const file = usedFile();
    const other = new Database(file);
    other.pragma('locking_mode = exclusive');
    other.exec('begin exclusive');

    expect(refusalOf(file).message).toContain('locked by another program');

    other.close();
    openDatabase(file).close();
  });

  it('frees the writer’s lock, so that the mended file opens at once', () => {
    const file = newFile();
    writeFileSync(file, 'hello');
    refusalOf(file);
    writeFileSync(file, '');

    expect(() => {
      openDatabase(file).close();
    }).not.toThrow();
  });
});
