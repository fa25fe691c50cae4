import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger, OutboxRow } from '../../main/ports/ledger.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, otherSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let ledger: Ledger;

const boot = 'boot_0000000001';
const nextBoot = 'boot_0000000002';
const create = { kind: 'payment_intent.create', ordinal: 1 } as const;
const readNow = { kind: 'payment_intent.read', afterMs: 0 } as const;
const capture = { kind: 'payment_intent.capture', ordinal: 1, afterMs: 0 } as const;
const cancel = { kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 } as const;

function open(): void {
  database = openDatabase(file);
  ledger = sqliteLedger(database);
}

function reopen(): void {
  database.close();
  open();
}

function claimed(by = boot, nowMs = 1_000): OutboxRow {
  const row = ledger.claim(by, nowMs);
  if (row === null) throw new Error('nothing is due');
  return row;
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
  ledger.addSale(aSale(), 1_000);
  ledger.addSale(aSale(otherSale), 1_000);
});

afterEach(() => {
  database.close();
});

describe('the key of a step', () => {
  it('is stored with the work, names the sale, the step and its number, and nothing else', () => {
    ledger.enqueue(ourSale, create, 1_000);

    expect(claimed().key).toBe(`foyer_${ourSale}_create_1`);
  });

  it('is the same after a crash and at every repeat', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const first = claimed();
    reopen();
    const second = claimed(nextBoot);
    ledger.postpone(second, nextBoot, 2_000, 'unanswered');
    const third = claimed(nextBoot, 2_000);

    expect(second.key).toBe(first.key);
    expect(third.key).toBe(first.key);
    expect([first.tries, second.tries, third.tries]).toEqual([0, 1, 2]);
  });

  it('can not be asked for twice: the same step with the same number is refused', () => {
    ledger.enqueue(ourSale, capture, 1_000);

    expect(() => {
      ledger.enqueue(ourSale, capture, 1_000);
    }).toThrow(/UNIQUE/);
  });

  it('differs from step to step, from number to number and from sale to sale', () => {
    ledger.enqueue(ourSale, create, 1_000);
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(ourSale, { ...capture, ordinal: 2 }, 1_000);
    ledger.enqueue(ourSale, cancel, 1_000);
    ledger.enqueue(otherSale, cancel, 1_000);

    const keys = database.db.prepare('select idempotency_key as key from outbox').all();
    expect(new Set(keys.map((row) => JSON.stringify(row))).size).toBe(5);
  });

  it('is not given to a read, which changes nothing', () => {
    ledger.enqueue(ourSale, readNow, 1_000);

    expect(claimed().key).toBeNull();
  });
});

describe('the order of work', () => {
  it('puts a capture before a cancellation, and both before what only informs', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.look_up' }, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(ourSale, cancel, 1_000);
    ledger.enqueue(ourSale, capture, 1_000);

    const order: string[] = [];
    for (let row = ledger.claim(boot, 1_000); row !== null; row = ledger.claim(boot, 1_000)) {
      order.push(row.work.kind);
      ledger.finish(row, boot, 'done', 1_000);
    }
    expect(order).toEqual([
      'payment_intent.capture',
      'payment_intent.cancel',
      'payment_intent.read',
      'payment_intent.look_up',
    ]);
  });

  it('hands out one row of a sale at a time, while another sale need not wait', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(otherSale, readNow, 1_000);

    expect(claimed().saleId).toBe(ourSale);
    expect(claimed().saleId).toBe(otherSale);
    expect(ledger.claim(boot, 1_000)).toBeNull();
  });

  it('hands out nothing before its time, and says when that is', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 5_000 }, 1_000);

    expect(ledger.claim(boot, 5_999)).toBeNull();
    expect(ledger.nextDueAtMs(0)).toBe(6_000);
    expect(claimed(boot, 6_000).work.kind).toBe('payment_intent.read');
    expect(ledger.nextDueAtMs(0)).toBeNull();
  });
});

describe('the lease', () => {
  it('of this boot is its own until the row is given back', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = claimed();

    expect(ledger.claim(boot, 9_999_999)).toBeNull();
    ledger.postpone(row, boot, 2_000, 'unanswered');
    expect(ledger.claim(boot, 1_999)).toBeNull();
    expect(claimed(boot, 2_000).id).toBe(row.id);
  });

  it('of a former boot is free at once: that process is gone', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = claimed();
    reopen();

    expect(claimed(nextBoot, 1_000).id).toBe(row.id);
  });

  it('keeps a boot that was thought gone from ending or giving back the row', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = claimed(boot);
    claimed(nextBoot);

    expect(() => {
      ledger.finish(row, boot, 'done', 1_000);
    }).toThrow('Broken assumption');
    expect(() => {
      ledger.postpone(row, boot, 1_000, 'unanswered');
    }).toThrow('Broken assumption');
    expect(() => {
      ledger.setAside(row, boot, 'a fault', 1_000);
    }).toThrow('Broken assumption');
    ledger.finish(row, nextBoot, 'done', 1_000);
  });

  it('can not be ended twice', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = claimed();
    ledger.finish(row, boot, 'done', 1_000);

    expect(() => {
      ledger.finish(row, boot, 'done', 1_000);
    }).toThrow('Broken assumption');
  });
});

describe('reads', () => {
  it('are not doubled: a second wish moves the first one forward', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 5_000 }, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);

    const row = claimed(boot, 1_000);
    ledger.finish(row, boot, 'done', 1_000);
    expect(ledger.claim(boot, 99_000)).toBeNull();
  });

  it('are never put off by a second wish', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 60_000 }, 1_000);

    expect(claimed(boot, 1_000).work.kind).toBe('payment_intent.read');
  });

  it('asked for while one is out are asked once more, also when that one got no answer', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    const out = claimed();
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.postpone(out, boot, 3_000, 'unanswered');

    const again = claimed(boot, 1_000);
    ledger.finish(again, boot, 'done', 1_000);
    expect(again.id).not.toBe(out.id);
    expect(ledger.claim(boot, 99_000)).toBeNull();
  });

  it('of one sale do not stand for another’s', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(otherSale, readNow, 1_000);

    expect(new Set([claimed().saleId, claimed().saleId])).toEqual(new Set([ourSale, otherSale]));
  });
});

describe('what is left', () => {
  it('is counted without the reads, and keeps its age', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(otherSale, cancel, 4_000);
    ledger.enqueue(otherSale, readNow, 500);

    expect(ledger.backlog()).toEqual({ count: 2, oldestAtMs: 1_000 });
    ledger.finish(claimed(boot, 5_000), boot, 'done', 5_000);
    expect(ledger.backlog()).toEqual({ count: 1, oldestAtMs: 4_000 });
  });

  it('keeps the reason of a row that was set aside', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.setAside(claimed(), boot, 'a fault of ours', 2_000);

    expect(database.db.prepare('select state, last_error from outbox').get()).toEqual({
      state: 'set_aside',
      last_error: 'a fault of ours',
    });
  });
});

describe('a receipt’s address', () => {
  const receipt = {
    kind: 'charge.receipt_email',
    ordinal: 1,
    email: 'mara@example.com',
    afterMs: 0,
  } as const;
  const stored = (): unknown =>
    database.db.prepare('select count(*) as n from outbox where email is not null').get();

  it('is kept until Stripe has it, and then removed from the row', () => {
    ledger.enqueue(ourSale, receipt, 1_000);
    expect(ledger.receiptEmailState(ourSale)).toBe('sending');
    const row = claimed();
    ledger.postpone(row, boot, 2_000, 'unanswered');
    expect(ledger.receiptEmailState(ourSale)).toBe('queued');
    expect(stored()).toEqual({ n: 1 });

    ledger.finish(claimed(boot, 2_000), boot, 'done', 2_000);

    expect(ledger.receiptEmailState(ourSale)).toBe('sent');
    expect(stored()).toEqual({ n: 0 });
  });

  it('is counted for each time it was asked', () => {
    ledger.enqueue(ourSale, receipt, 1_000);
    ledger.enqueue(ourSale, { ...receipt, ordinal: 2 }, 1_000);

    expect(ledger.receiptEmailsAsked(ourSale)).toBe(2);
    expect(ledger.receiptEmailState(otherSale)).toBe('none');
  });
});
