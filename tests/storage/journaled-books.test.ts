import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardSetup } from '../../main/domain/card-setup.ts';
import { type SetupEvent, setupTransition } from '../../main/domain/card-setup-transition.ts';
import { attemptIdOf, refundId, setupId, stripeRefundId } from '../../main/domain/ids.ts';
import type { Refund } from '../../main/domain/refund.ts';
import { type RefundEvent, refundTransition } from '../../main/domain/refund-transition.ts';
import type { CardBook } from '../../main/ports/card-book.ts';
import type { RefundBook } from '../../main/ports/refund-book.ts';
import { checkFile } from '../../main/storage/check-file.ts';
import { DamagedRecord } from '../../main/storage/damaged-record.ts';
import { mendSale } from '../../main/storage/mend-sale.ts';
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
  refundFacts,
  setupFacts,
} from '../support/fakes/card-records.ts';
import { aSale, otherSale, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let setups: CardBook;
let refunds: RefundBook;

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  setups = sqliteCardBook(database);
  refunds = sqliteRefundBook(database);
}

function nextSetup(before: CardSetup, event: SetupEvent): CardSetup {
  const next = setupTransition(before, event);
  if (next.kind !== 'moved') throw new Error(next.why);
  setups.saveSetupStep(before, next.setup, event, 10 + before.revision);
  return next.setup;
}

function nextRefund(before: Refund, event: RefundEvent): Refund {
  const next = refundTransition(before, event);
  if (next.kind !== 'moved') throw new Error(next.why);
  refunds.saveRefundStep(before, next.refund, event, 10 + before.revision);
  return next.refund;
}

/** A refund that was asked for twice without an answer, and is pending at Stripe. */
function pendingRefund(): Refund {
  const { refund } = aRefund();
  refunds.addRefund(refund, 5);
  const once = nextRefund(refund, { kind: 'unanswered' });
  return nextRefund(once, { kind: 'refund_read', stripeRefund: refundFacts() });
}

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
  sqliteLedger(database, { boot: 'boot_0000000001' }).addSale(aSale(), 1);
  setups.saveMember(aMember(), 1);
  setups.addConsent(aConsent());
});

afterEach(() => {
  database.close();
});

describe('a setup', () => {
  it('is read back after a restart as its last step left it, with the attempt that is live', () => {
    setups.addSetup(aSetup(), 5);
    const asked = nextSetup(aSetup(), {
      kind: 'setup_intent_created',
      setupIntent: setupFacts(),
    });
    const called = nextSetup(asked, {
      kind: 'reader_called',
      attemptId: attemptIdOf(ourSetup, 1),
      steps: 'one_step',
    });

    database.close();
    open();

    expect(setups.findSetup(ourSetup)).toEqual(called);
    expect(called.attempt).toMatchObject({ serverDriven: 'one_step' });
    expect(setups.unfinishedSetups()).toEqual([called]);
    expect(checkFile(file).faults).toEqual([]);
  });

  it('is not among the unfinished once it has ended', () => {
    setups.addSetup(aSetup(), 5);
    nextSetup(aSetup(), { kind: 'step_refused', step: 'create', code: 'no' });

    expect(setups.findSetup(ourSetup)?.state).toBe('canceled');
    expect(setups.unfinishedSetups()).toEqual([]);
  });

  it('refuses a step that was decided on what it was before', () => {
    setups.addSetup(aSetup(), 5);
    nextSetup(aSetup(), { kind: 'customer_left' });

    expect(() => nextSetup(aSetup(), { kind: 'customer_left' })).toThrow('decided on');
  });

  it('is refused with a consent that is another member’s, or was never given', () => {
    const eve = aMember('M-2');
    setups.saveMember(eve, 1);

    expect(() => {
      setups.addSetup({ ...aSetup(), memberKey: eve.key }, 5);
    }).toThrow('of its own member');
    expect(() => {
      setups.addSetup({ ...aSetup(), consentId: aConsent(9).id }, 5);
    }).toThrow('of its own member');
  });

  it('can not claim the SetupIntent of another', () => {
    const other = aSetup(setupId('setup_0mi1kqbas0000000000002'));
    const event = { kind: 'setup_intent_created', setupIntent: setupFacts() } as const;
    setups.addSetup(aSetup(), 5);
    setups.addSetup(other, 5);
    nextSetup(aSetup(), event);

    expect(() => nextSetup(other, event)).toThrow(/UNIQUE/);
  });
});

describe('a refund', () => {
  it('is known by its id and by Stripe’s after a restart, with when it was asked for', () => {
    const refund = pendingRefund();

    database.close();
    open();

    expect(refunds.findRefund(ourRefund)).toEqual(refund);
    expect(refunds.findByStripeId(stripeRefundId('re_0001'))).toEqual(refund);
    expect(refunds.refundsOf(ourSale)).toEqual([{ refund, askedAtMs: 5, changedAtMs: 11 }]);
    expect(refunds.refundsOf(otherSale)).toEqual([]);
  });

  it('that is asked for twice under one id is one refund', () => {
    const refund = pendingRefund();

    refunds.addRefund(aRefund().refund, 99);

    expect(refunds.refundsOf(ourSale)).toMatchObject([{ refund, askedAtMs: 5 }]);
  });

  it('is refused for a sale that is not stored', () => {
    expect(() => {
      refunds.addRefund(aRefund({ saleId: otherSale }).refund, 5);
    }).toThrow('is stored');
  });

  it('refuses a step that was decided on what it was before', () => {
    pendingRefund();

    expect(() => nextRefund(aRefund().refund, { kind: 'unanswered' })).toThrow('decided on');
  });

  it('can not claim the Refund of another: one request is one Refund', () => {
    pendingRefund();
    const { refund: other } = aRefund({ id: refundId('refund_0mi1kqbas0000000000002') });
    refunds.addRefund(other, 6);

    expect(() =>
      nextRefund(other, { kind: 'refund_read', stripeRefund: refundFacts({ refundId: null }) }),
    ).toThrow(/UNIQUE/);
  });

  it('is shown while it is on its way, when it was asked for lately, and when it failed until that is acknowledged', () => {
    const pending = pendingRefund();
    const shown = (fromMs: number) => refunds.refundsToShow(fromMs).map(({ refund }) => refund.id);
    expect([shown(100), refunds.unfinishedRefunds()]).toEqual([[ourRefund], [pending]]);

    const status = 'failed';
    const failed = nextRefund(pending, {
      kind: 'refund_read',
      stripeRefund: refundFacts({ status, failureReason: 'expired_or_canceled_card' }),
    });
    expect([shown(100), refunds.unfinishedRefunds()]).toEqual([[ourRefund], []]);

    nextRefund(failed, { kind: 'staff_acknowledged', by: 'Mara', why: 'paid in cash' });
    expect([shown(100), shown(5)]).toEqual([[], [ourRefund]]);
  });

  it('stays known when nothing can be proved of its sale any more', () => {
    const refund = pendingRefund();
    db.exec(`update sales set amount = 1; update sale_events set event = '{}'`);
    expect(mendSale(database, ourSale, 9).kind).toBe('not_proved');

    expect(refunds.findRefund(ourRefund)).toEqual(refund);
    expect(checkFile(file).faults).toEqual([]);
  });
});

describe('a damaged row', () => {
  it.each([
    ['another amount', 'amount = 1'],
    ['another amount in its record', `record = replace(record, '500', '900')`],
    ['another state', `state = 'succeeded'`],
    ['no record at all', `record = '{}'`],
    ['the Refund of another request', `stripe_refund_id = 're_9999'`],
  ])(
    'of a refund, with %s, is made again from its journal and mended by the next step',
    (_what, edit) => {
      const refund = pendingRefund();
      db.exec(`update refunds set ${edit}`);
      expect(checkFile(file).faults).toContain('1 rows of refunds were changed');

      expect(refunds.findRefund(ourRefund)).toEqual(refund);
      expect(refunds.refundsOf(ourSale)).toMatchObject([{ refund, askedAtMs: 5, changedAtMs: 11 }]);

      nextRefund(refund, { kind: 'look_asked' });
      expect(checkFile(file).faults).toEqual([]);
    },
  );

  it('of a setup is made again from its journal', () => {
    setups.addSetup(aSetup(), 5);
    const setup = nextSetup(aSetup(), { kind: 'setup_intent_created', setupIntent: setupFacts() });
    db.exec(`update card_setups set setup_intent_id = 'seti_9999'`);

    expect(setups.findSetup(ourSetup)).toEqual(setup);
    expect(setups.unfinishedSetups()).toEqual([setup]);
  });

  it('whose journal is damaged too is not guessed at, and not asked for anew', () => {
    pendingRefund();
    db.exec(`update refunds set amount = 1`);
    db.exec(
      `drop trigger refund_events_stay; update refund_events set at_ms = 4 where revision = 1`,
    );

    expect(() => refunds.findRefund(ourRefund)).toThrow(DamagedRecord);
    expect(() => {
      refunds.addRefund(aRefund().refund, 9);
    }).toThrow(DamagedRecord);
    expect(refunds.refundsToShow(0)).toEqual([]);
    expect(checkFile(file).faults).toEqual([
      '1 rows of refunds were changed',
      '1 journals of refunds were changed',
    ]);
  });
});

describe('a journal', () => {
  it.each(['setup_events', 'refund_events'])('in %s can not be written over', (table) => {
    setups.addSetup(aSetup(), 5);
    pendingRefund();

    expect(() => db.exec(`update ${table} set at_ms = 1`)).toThrow('an entry is never changed');
    expect(() => db.exec(`delete from ${table}`)).toThrow('an entry is never removed');
  });

  it('that was changed behind a sound row is told of', () => {
    pendingRefund();
    db.exec(`drop trigger refund_events_remain; delete from refund_events where revision = 2`);

    expect(refunds.findRefund(ourRefund)?.state).toBe('pending');
    expect(checkFile(file).faults).toEqual(['1 journals of refunds were changed']);
  });
});
