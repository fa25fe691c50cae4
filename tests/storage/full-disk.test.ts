import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
const boot = 'boot_0000000001';
const small = { reserveBytes: 2 * 1024 * 1024, logPages: 0 };

/** A real file system of 24 megabytes, where this machine lets one be mounted. */
function smallDisk(): string | null {
  const folder = path.join(tempFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    return null;
  }
}

describe('a database that may not grow', () => {
  it('gives the reserve up, refuses the step, loses nothing, and goes on when it may grow', () => {
    const file = path.join(tempFolder(), 'foyer.db');
    const database = openDatabase(file, small);
    const ledger = sqliteLedger(database, { boot });
    const sale = liveSale(ledger, 1, 'authorized');
    expect(database.reserve.state).toEqual({ kind: 'ok' });
    const pages = Number(database.db.pragma('page_count', { simple: true }));
    database.db.pragma(`max_page_count = ${pages}`);

    let added = 0;
    expect(() => {
      for (; added < 100; added += 1) liveSale(ledger, 2 + added, 'paid');
    }).toThrow(/full/);

    expect(database.reserve.state).toEqual({ kind: 'given_up' });
    expect(existsSync(`${file}-reserve`)).toBe(false);
    expect(ledger.findSale(nthSale(1))).toEqual(sale);
    database.db.pragma('max_page_count = 1000000');
    liveSale(ledger, 200, 'paid');
    database.reserve.take();
    expect(database.reserve.state).toEqual({ kind: 'ok' });
    database.close();
  });

  it('carries a transaction out again as a whole, or not at all', () => {
    const database = openDatabase(path.join(tempFolder(), 'foyer.db'), small);
    const ledger = sqliteLedger(database, { boot });
    let runs = 0;

    ledger.atomically(() => {
      runs += 1;
      ledger.addSale(aSale(), 1);
      const pages = Number(database.db.pragma('page_count', { simple: true }));
      database.db.pragma(`max_page_count = ${runs === 1 ? pages : 1_000_000}`);
      database.db.exec('create table filler (bytes blob)');
      database.db.prepare('insert into filler values (zeroblob(100000))').run();
    });

    expect(runs).toBe(2);
    expect(ledger.findSale(ourSale)).toEqual(aSale());
    database.close();
  });
});

describe('a disk that is really full', () => {
  it('lets the sale in hand end on the reserve', ({ skip }) => {
    const disk = smallDisk();
    if (disk === null) {
      skip('no file system can be mounted here');
      return;
    }
    try {
      const database = openDatabase(path.join(disk, 'foyer.db'));
      database.lengthenLog();
      const ledger = sqliteLedger(database, { boot });
      const sale = liveSale(ledger, 1, 'authorized');
      const before = ledger.waitingWork(5_000).length;
      fill(disk);

      for (let ordinal = 2; ordinal <= 1_200; ordinal += 1) {
        ledger.enqueue(
          sale.id,
          { kind: 'payment_intent.cancel', ordinal, afterMs: 0 },
          1_000 + ordinal,
        );
      }

      expect(ledger.findSale(nthSale(1))).toEqual(sale);
      expect(ledger.waitingWork(5_000)).toHaveLength(before + 1_199);
      expect(database.reserve.state).toEqual({ kind: 'given_up' });
      database.reserve.take();
      expect(database.reserve.state).toEqual({ kind: 'given_up' });
      rmSync(path.join(disk, 'filler'));
      database.reserve.take();
      expect(database.reserve.state).toEqual({ kind: 'ok' });
      database.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});

/** Writes until nothing more fits. */
function fill(disk: string): void {
  for (let size = 4 * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try {
        writeFileSync(path.join(disk, 'filler'), Buffer.alloc(size, 1), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
