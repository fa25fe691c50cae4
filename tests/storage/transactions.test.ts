import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaleId } from '../../main/domain/ids.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, otherSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const nobody: ReadonlySet<SaleId> = new Set();
const capture = { kind: 'payment_intent.capture', ordinal: 1, afterMs: 0 } as const;
let database: OpenDatabase;
let ledger: Ledger;

beforeEach(() => {
  database = openDatabase(path.join(tempFolder(), 'foyer.db'), { logPages: 0 });
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
});

afterEach(() => {
  database.close();
});

describe('a transaction within another', () => {
  it('is undone with it', () => {
    expect(() => {
      ledger.atomically(() => {
        ledger.addSale(aSale(), 1_000);
        throw new Error('a fault');
      });
    }).toThrow('a fault');

    expect(ledger.findSale(ourSale)).toBeNull();
  });

  it('takes all of it back when it fails, even where its fault is swallowed', () => {
    ledger.addSale(aSale(), 1_000);

    expect(() => {
      ledger.atomically(() => {
        ledger.addSale(aSale(otherSale), 2_000);
        try {
          ledger.addSale(aSale(), 2_000);
        } catch {
          // Whoever does this must not have half of a step stored.
        }
      });
    }).toThrow('all of it is undone');

    expect(ledger.findSale(otherSale)).toBeNull();
    ledger.addSale(aSale(otherSale), 3_000);
    expect(ledger.findSale(otherSale)).toEqual(aSale(otherSale));
  });

  it('has the number of the one it is part of; the next has another, and outside there is none', () => {
    const { transactions } = database;
    const numbers = [1, 2].map(() =>
      transactions.run(() => [transactions.current, transactions.run(() => transactions.current)]),
    );

    expect(numbers[0]?.[0]).toBe(numbers[0]?.[1]);
    expect(numbers[0]?.[0]).not.toBe(numbers[1]?.[0]);
    expect(transactions.current).toBeNull();
  });
});

describe('what was undone', () => {
  it('is not taken for stored by the step that comes next', () => {
    const before = aSale();
    const after = { ...before, revision: 1, attended: false };
    ledger.addSale(before, 1_000);
    expect(() => {
      ledger.atomically(() => {
        ledger.saveStep(before, after, { kind: 'customer_left' }, 2_000);
        throw new Error('a fault');
      });
    }).toThrow('a fault');

    ledger.saveStep(before, after, { kind: 'customer_left' }, 3_000);

    expect(ledger.findSale(ourSale)).toEqual(after);
    expect(ledger.historyOf(ourSale).entries).toHaveLength(2);
  });

  it('is not handed out, nor counted as what falls due next', () => {
    ledger.addSale(aSale(), 1_000);
    expect(ledger.nextDue(1_000, nobody)).toBeNull();
    expect(() => {
      ledger.atomically(() => {
        ledger.enqueue(ourSale, capture, 1_000);
        expect(ledger.nextDueAtMs(1_000, nobody)).toBe(1_000);
        throw new Error('a fault');
      });
    }).toThrow('a fault');

    expect(ledger.nextDue(1_000, nobody)).toBeNull();
    expect(ledger.nextDueAtMs(1_000, nobody)).toBeNull();
  });
});

describe('a row that ended behind the queue’s back', () => {
  it('is not handed out, and the row behind it is found', () => {
    ledger.addSale(aSale(), 1_000);
    ledger.addSale(aSale(otherSale), 1_000);
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(otherSale, { ...capture, afterMs: 10 }, 1_000);
    expect(ledger.nextDueAtMs(1_000, nobody)).toBe(1_000);

    database.db.prepare('delete from outbox where owner = ?').run(ourSale);

    expect(ledger.nextDue(1_010, nobody)?.owner).toBe(otherSale);
  });
});
