import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger, OutboxRow, WorkOwner } from '../../main/ports/ledger.ts';
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
const nobody: ReadonlySet<WorkOwner> = new Set();
const done = {
  outcome: 'done',
  status: 200,
  code: null,
  requestId: 'req_1',
  durationMs: 3,
} as const;
const silence = {
  outcome: 'unanswered',
  status: null,
  code: 'timeout',
  requestId: null,
  durationMs: 9_000,
} as const;
const create = { kind: 'payment_intent.create', ordinal: 1 } as const;
const readNow = { kind: 'payment_intent.read', afterMs: 0 } as const;
const capture = { kind: 'payment_intent.capture', ordinal: 1, afterMs: 0 } as const;
const cancel = { kind: 'payment_intent.cancel', ordinal: 1, afterMs: 0 } as const;

function open(by = boot): void {
  database = openDatabase(file);
  ledger = sqliteLedger(database, { boot: by });
}

function restart(): void {
  database.close();
  open(nextBoot);
}

function due(nowMs = 1_000, busy = nobody): OutboxRow {
  const row = ledger.nextDue(nowMs, busy);
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

    expect(due().key).toBe(`foyer_${ourSale}_create_1`);
  });

  it('is the same after a crash and at every repeat', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const first = due();
    restart();
    const second = due();
    ledger.postpone(second, 2_000, silence, 1_500);
    const third = due(2_000);

    expect(second.key).toBe(first.key);
    expect(third.key).toBe(first.key);
    expect([first.tries, second.tries, third.tries]).toEqual([0, 0, 1]);
    expect(third.storedAtMs).toBe(1_000);
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

    expect(due().key).toBeNull();
  });
});

describe('the order of work', () => {
  it('puts a capture before a cancellation, and both before what only informs', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.look_up' }, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(ourSale, cancel, 1_000);
    ledger.enqueue(ourSale, capture, 1_000);

    const order: string[] = [];
    for (let row = ledger.nextDue(1_000, nobody); row; row = ledger.nextDue(1_000, nobody)) {
      order.push(row.work.kind);
      ledger.finish(row, 'done', done, 1_000);
    }
    expect(order).toEqual([
      'payment_intent.capture',
      'payment_intent.cancel',
      'payment_intent.read',
      'payment_intent.look_up',
    ]);
  });

  it('takes the capture whose hold lapses first, whenever it was stored', () => {
    ledger.enqueue(otherSale, capture, 1_000);
    ledger.enqueue(ourSale, capture, 900);

    expect(due().owner).toBe(ourSale);
    expect(due(1_000, new Set([ourSale])).owner).toBe(otherSale);
  });

  it('passes over a sale that is busy, while another sale need not wait', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(otherSale, readNow, 1_000);

    expect(due(1_000, new Set([ourSale])).owner).toBe(otherSale);
    expect(ledger.nextDue(1_000, new Set([ourSale, otherSale]))).toBeNull();
    expect(ledger.nextDueAtMs(1_000, new Set([ourSale, otherSale]))).toBeNull();
  });

  it('hands out nothing before its time, and says when that is', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 5_000 }, 1_000);

    expect(ledger.nextDue(5_999, nobody)).toBeNull();
    expect(ledger.nextDueAtMs(1_000, nobody)).toBe(6_000);
    const row = due(6_000);
    expect(row.work.kind).toBe('payment_intent.read');
    ledger.finish(row, 'done', done, 6_000);
    expect(ledger.nextDueAtMs(6_000, nobody)).toBeNull();
  });

  it('hands out what seems to lie far ahead: the clock was set back since', () => {
    ledger.enqueue(ourSale, capture, 500_000_000);

    expect(due(1_000).work.kind).toBe('payment_intent.capture');
  });

  it('finds the capture that is due behind a thousand that wait out a delay', () => {
    for (let ordinal = 1; ordinal <= 1_000; ordinal += 1) {
      ledger.enqueue(otherSale, { ...capture, ordinal, afterMs: 60_000 }, 1_000);
    }
    ledger.enqueue(ourSale, capture, 1_500);

    expect(due(1_500).owner).toBe(ourSale);
  });

  it('lets everything fall due at once when it is told to hurry', () => {
    ledger.enqueue(ourSale, { ...capture, afterMs: 60_000 }, 1_000);
    ledger.enqueue(otherSale, { ...cancel, afterMs: 30_000 }, 1_000);

    ledger.hurry(2_000);

    expect(due(2_000).owner).toBe(ourSale);
    expect(due(2_000, new Set([ourSale])).owner).toBe(otherSale);
  });
});

describe('a row that is handed out', () => {
  it('has not been sent when this run stored it and nobody had it before', () => {
    ledger.enqueue(ourSale, capture, 1_000);

    expect(due().mayHaveBeenSent).toBe(false);
    expect(due().mayHaveBeenSent).toBe(true);
  });

  it('may have been sent when an earlier run stored it', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    restart();

    expect(due().mayHaveBeenSent).toBe(true);
  });

  it('is free at once when its process is gone', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = due();
    restart();

    expect(due().id).toBe(row.id);
  });

  it('is open until it is ended, and can be ended once', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = due();
    expect(ledger.isOpen(row)).toBe(true);
    ledger.finish(row, 'done', done, 1_000);

    expect(ledger.isOpen(row)).toBe(false);
    expect(() => {
      ledger.finish(row, 'done', done, 1_000);
    }).toThrow('Broken assumption');
    expect(() => {
      ledger.postpone(row, 2_000, silence, 1_000);
    }).toThrow('Broken assumption');
    expect(() => {
      ledger.setAside(row, 'a fault', 1_000);
    }).toThrow('Broken assumption');
    expect(ledger.historyOf(ourSale).calls).toHaveLength(1);
  });

  const changes = [
    ['its key is another step’s', "idempotency_key = 'foyer_other_capture_1'"],
    ['it names another sale', `owner = '${otherSale}'`],
    ['it has another number', 'ordinal = 7'],
    ['it was stored at another time', 'stored_at_ms = 999999'],
    ['its deadline was moved', 'deadline_ms = 1'],
  ] as const;

  it.each(changes)('is set aside with its reason when %s', (_what, change) => {
    ledger.enqueue(ourSale, capture, 1_000);
    database.db.exec(`update outbox set ${change}`);

    expect(ledger.nextDue(1_000, nobody)).toBeNull();
    expect(ledger.waitingWork(10)).toMatchObject([
      { setAside: true, lastAnswer: expect.stringMatching(/key|seal/) as string },
    ]);
  });
});

describe('reads', () => {
  it('are not doubled: a second wish moves the first one forward', () => {
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 5_000 }, 1_000);
    ledger.enqueue(ourSale, readNow, 1_000);

    ledger.finish(due(), 'done', done, 1_000);
    expect(ledger.nextDue(99_000, nobody)).toBeNull();
  });

  it('are never put off by a second wish', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 60_000 }, 1_000);

    expect(due().work.kind).toBe('payment_intent.read');
  });

  it('asked for while one is out are asked once more, for that one may have left too early', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    const out = due();
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.finish(out, 'done', done, 1_000);

    const again = due();
    ledger.finish(again, 'done', done, 1_000);
    expect(again.id).not.toBe(out.id);
    expect(ledger.hasOpenWork(ourSale)).toBe(false);
  });

  it('asked for while one is out stand for it when that one got no answer', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    const out = due();
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.postpone(out, 3_000, silence, 1_500);

    const again = due();
    ledger.finish(again, 'done', done, 1_000);
    expect(again.id).not.toBe(out.id);
    expect(ledger.nextDue(99_000, nobody)).toBeNull();
  });

  it('of one sale do not stand for another’s', () => {
    ledger.enqueue(ourSale, readNow, 1_000);
    ledger.enqueue(otherSale, readNow, 1_000);

    expect(due().owner).not.toBe(due(1_000, new Set([due().owner])).owner);
  });
});

describe('what is left', () => {
  it('is counted without the reads, and keeps its age', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.enqueue(otherSale, cancel, 4_000);
    ledger.enqueue(otherSale, readNow, 500);

    expect(ledger.backlog()).toEqual({ count: 2, oldestAtMs: 1_000 });
    ledger.finish(due(5_000), 'done', done, 5_000);
    expect(ledger.backlog()).toEqual({ count: 1, oldestAtMs: 4_000 });
  });

  it('keeps the reason of a row that was set aside', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    ledger.setAside(due(), 'a fault of ours', 2_000);

    expect(ledger.waitingWork(10)).toEqual([
      {
        owner: ourSale,
        kind: 'payment_intent.capture',
        storedAtMs: 1_000,
        nextAtMs: 1_000,
        tries: 0,
        lastAnswer: 'a fault of ours',
        setAside: true,
      },
    ]);
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
    ledger.postpone(due(), 2_000, silence, 1_500);
    expect(ledger.receiptEmailState(ourSale)).toBe('queued');
    expect(stored()).toEqual({ n: 1 });

    ledger.finish(due(2_000), 'done', done, 2_000);

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

describe('the answers of calls', () => {
  it('are kept in order with what they came to', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = due();
    ledger.postpone(row, 2_000, { ...silence, outcome: 'uncertain', status: 500 }, 1_100);
    ledger.finish(row, 'done', done, 2_050);

    expect(ledger.historyOf(ourSale).calls).toEqual([
      {
        work: 'payment_intent.capture',
        ordinal: 1,
        outcome: 'uncertain',
        status: 500,
        code: 'timeout',
        requestId: null,
        durationMs: 9_000,
        firstAtMs: 1_100,
        lastAtMs: 1_100,
        times: 1,
      },
      {
        work: 'payment_intent.capture',
        ordinal: 1,
        outcome: 'done',
        status: 200,
        code: null,
        requestId: 'req_1',
        durationMs: 3,
        firstAtMs: 2_050,
        lastAtMs: 2_050,
        times: 1,
      },
    ]);
  });

  it('that say the same nothing again and again are one line with a count', () => {
    ledger.enqueue(ourSale, capture, 1_000);
    const row = due();
    for (const atMs of [1_000, 2_000, 3_000]) ledger.postpone(row, atMs + 500, silence, atMs);

    expect(ledger.historyOf(ourSale).calls).toMatchObject([
      { outcome: 'unanswered', firstAtMs: 1_000, lastAtMs: 3_000, times: 3 },
    ]);
  });
});
