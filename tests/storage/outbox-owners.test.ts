import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memberKey, paymentMethodId, refundId, setupId } from '../../main/domain/ids.ts';
import type { Ledger, OutboxRow, OutboxWork, WorkOwner } from '../../main/ports/ledger.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteCardBook } from '../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteRefundBook } from '../../main/storage/sqlite-refund-book.ts';
import {
  aConsent,
  aMember,
  aRefund,
  aSetup,
  ourRefund,
  ourSetup,
} from '../support/fakes/card-records.ts';
import { aSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let ledger: Ledger;

const card = paymentMethodId('pm_card_1');
const member = aMember().key;
const consent = aConsent().id;
const nobody: ReadonlySet<WorkOwner> = new Set();
const done = {
  outcome: 'done',
  status: 200,
  code: null,
  requestId: 'req_1',
  durationMs: 3,
} as const;
const at = { ordinal: 1, afterMs: 0 } as const;
const letter = { ...at, email: 'ada@example.com' };

/** Every kind of work with whose it is, in the order in which it is done, and what its key ends in. */
const everything: readonly (readonly [WorkOwner, OutboxWork, string | null])[] = [
  [ourSale, { kind: 'payment_intent.capture', ...at }, 'capture_1'],
  [ourSale, { kind: 'payment_intent.cancel', ...at }, 'cancel_1'],
  [ourSale, { kind: 'payment_intent.create', ordinal: 1 }, 'create_1'],
  [ourSale, { kind: 'payment_intent.confirm', ...at }, 'confirm_1'],
  [ourSale, { kind: 'payment_intent.read', afterMs: 0 }, null],
  [ourSale, { kind: 'payment_intent.look_up' }, null],
  [ourRefund, { kind: 'refund.create', ...at }, 'refund_1'],
  [ourRefund, { kind: 'refund.look_up', afterMs: 0 }, null],
  [ourRefund, { kind: 'refund.read', afterMs: 0 }, null],
  [ourSetup, { kind: 'setup_intent.read', afterMs: 0 }, null],
  [ourSetup, { kind: 'setup_intent.create', ...at }, 'setup_1'],
  [ourSetup, { kind: 'setup_intent.cancel', ...at }, 'setup_cancel_1'],
  [ourSetup, { kind: 'card.save', ...at }, 'save_1'],
  [card, { kind: 'card.detach', ...at }, 'detach_1'],
  [member, { kind: 'customer.update', ...at }, 'customer_1'],
  [ourSale, { kind: 'charge.receipt_email', ...letter }, 'receipt_1'],
  [consent, { kind: 'consent.email', ...letter }, 'consent_1'],
];

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
}

function due(nowMs = 1_000, busy = nobody): OutboxRow {
  const row = ledger.nextDue(nowMs, busy);
  if (row === null) throw new Error('nothing is due');
  return row;
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
  const cards = sqliteCardBook(database);
  ledger.addSale(aSale(), 1);
  cards.saveMember(aMember(), 1);
  cards.addConsent(aConsent());
  cards.addSetup(aSetup(), 1);
  sqliteRefundBook(database).addRefund(aRefund().refund, 1);
});

afterEach(() => {
  database.close();
});

describe('work of every owner', () => {
  it('comes back after a crash as it was asked for, under its key, the most urgent first', () => {
    // The last is asked for first, but within one urgency each falls due in its place of the list.
    for (const [place, [owner, work]] of [...everything.entries()].toReversed()) {
      ledger.enqueue(owner, work, 1_000 + place);
    }

    database.close();
    open();

    const seen: unknown[] = [];
    for (let row = ledger.nextDue(2_000, nobody); row; row = ledger.nextDue(2_000, nobody)) {
      seen.push([row.owner, row.work, row.key]);
      ledger.finish(row, 'done', done, 2_000);
    }
    expect(seen).toEqual(
      everything.map(([owner, work, end]) => [
        owner,
        work,
        end === null ? null : `foyer_${owner}_${end}`,
      ]),
    );
  });

  it.each([
    [ourSale, 'refund.create'],
    [ourSale, 'card.detach'],
    [ourSetup, 'payment_intent.create'],
    [ourRefund, 'payment_intent.cancel'],
    [member, 'card.detach'],
    [card, 'customer.update'],
  ] as const)('is refused where it can not be theirs: %s, %s', (owner, kind) => {
    expect(() => {
      ledger.enqueue(owner, { kind, ...at }, 1_000);
    }).toThrow(/CHECK/);
  });

  it.each([
    setupId('setup_0mi1kqbas0000000000009'),
    refundId('refund_0mi1kqbas0000000000009'),
    memberKey(`member_${'0'.repeat(32)}`),
  ])('is refused for an owner that is not stored: %s', (owner) => {
    const kinds = { s: 'card.save', r: 'refund.create', m: 'customer.update' } as const;
    expect(() => {
      ledger.enqueue(owner, { kind: kinds[owner.charAt(0) as 's' | 'r' | 'm'], ...at }, 1_000);
    }).toThrow('what work is for is stored');
  });

  it('whose owner is gone from the file is told of by its check', () => {
    ledger.enqueue(member, { kind: 'customer.update', ...at }, 1_000);
    expect(checkFile(file).faults).toEqual([]);

    db.exec(`update outbox set owner = 'member_${'0'.repeat(32)}'`);

    expect(checkFile(file).faults).toEqual(['1 rows belong to nothing that is stored']);
  });

  it('does not wait for another owner’s, and waits for its own', () => {
    ledger.enqueue(ourSale, { kind: 'card.save', ...at }, 1_000);
    ledger.enqueue(ourRefund, { kind: 'refund.create', ...at }, 1_000);

    expect(due(1_000, new Set([ourRefund])).owner).toBe(ourSale);
    expect(ledger.nextDue(1_000, new Set([ourRefund, ourSale]))).toBeNull();
    expect([ourSale, ourRefund, member].map((owner) => ledger.hasOpenWork(owner))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('tells the highest number that a kind of it has had, whatever became of it', () => {
    expect(ledger.lastOrdinal(member, 'customer.update')).toBe(0);
    ledger.enqueue(member, { kind: 'customer.update', ordinal: 4, afterMs: 0 }, 1_000);
    ledger.finish(due(), 'refused', done, 1_000);

    expect(ledger.lastOrdinal(member, 'customer.update')).toBe(4);
    expect(ledger.lastOrdinal(consent, 'consent.email')).toBe(0);
  });

  it('has its calls told by its own history, not by another’s', () => {
    ledger.enqueue(ourRefund, { kind: 'refund.create', ...at }, 1_000);
    ledger.finish(due(), 'done', done, 1_100);
    ledger.addReaderCall(ourRefund, 'reader.refund_payment', 1, done, 1_200);
    ledger.addReaderCall(ourSetup, 'reader.process_setup_intent', 1, done, 1_300);

    expect(ledger.callsOf(ourRefund)).toMatchObject([
      { work: 'refund.create', ordinal: 1, outcome: 'done', firstAtMs: 1_100 },
      { work: 'reader.refund_payment', firstAtMs: 1_200 },
    ]);
    expect(ledger.callsOf(ourSetup)).toMatchObject([{ work: 'reader.process_setup_intent' }]);
    expect(ledger.callsOf(member)).toEqual([]);
  });
});

describe('a wish that one waiting row is enough for', () => {
  it.each([
    [ourSale, 'payment_intent.read'],
    [ourSetup, 'setup_intent.read'],
    [ourRefund, 'refund.read'],
    [ourRefund, 'refund.look_up'],
  ] as const)('is moved forward and not doubled: %s, %s', (owner, kind) => {
    ledger.enqueue(owner, { kind, afterMs: 3_600_000 }, 1_000);
    ledger.enqueue(owner, { kind, afterMs: 0 }, 1_000);
    ledger.enqueue(owner, { kind, afterMs: 60_000 }, 1_000);

    const row = due();
    expect(row.work.kind).toBe(kind);
    ledger.finish(row, 'done', done, 1_000);
    expect(ledger.hasOpenWork(owner)).toBe(false);
  });

  it('of a refund is asked again when it comes while a look is out', () => {
    ledger.enqueue(ourRefund, { kind: 'refund.look_up', afterMs: 0 }, 1_000);
    const out = due();
    ledger.enqueue(ourRefund, { kind: 'refund.look_up', afterMs: 0 }, 1_000);
    ledger.postpone(out, 9_000, { ...done, outcome: 'unanswered' }, 1_100);

    const again = due(1_200);
    expect(again.id).not.toBe(out.id);
    ledger.finish(again, 'done', done, 1_200);
    expect(ledger.hasOpenWork(ourRefund)).toBe(false);
  });

  it('does not stand for a wish of another kind', () => {
    ledger.enqueue(ourRefund, { kind: 'refund.look_up', afterMs: 0 }, 1_000);
    ledger.enqueue(ourRefund, { kind: 'refund.read', afterMs: 0 }, 1_000);

    expect(ledger.waitingWork(10)).toHaveLength(2);
  });
});

describe('what is left', () => {
  it('is counted without the reads of any owner', () => {
    ledger.enqueue(ourRefund, { kind: 'refund.read', afterMs: 3_600_000 }, 1_000);
    ledger.enqueue(ourSetup, { kind: 'setup_intent.read', afterMs: 0 }, 1_000);
    ledger.enqueue(ourSale, { kind: 'payment_intent.read', afterMs: 0 }, 1_000);
    expect(ledger.backlog()).toEqual({ count: 0, oldestAtMs: null });

    ledger.enqueue(ourRefund, { kind: 'refund.create', ...at }, 2_000);
    ledger.enqueue(card, { kind: 'card.detach', ...at }, 3_000);

    expect(ledger.backlog()).toEqual({ count: 2, oldestAtMs: 2_000 });
  });
});

describe('a consent’s letter', () => {
  it.each(['done', 'refused', 'set_aside'] as const)(
    'keeps its address until it is %s, and no longer',
    (end) => {
      ledger.enqueue(consent, { kind: 'consent.email', ...letter }, 1_000);
      const addresses = () =>
        db.prepare('select email from outbox where email is not null').pluck().all();
      expect(addresses()).toEqual(['ada@example.com']);

      if (end === 'set_aside') ledger.setAside(due(), 'a fault', 1_000);
      else ledger.finish(due(), end, done, 1_000);

      expect(addresses()).toEqual([]);
    },
  );
});
